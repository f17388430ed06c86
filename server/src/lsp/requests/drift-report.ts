// Owns the drift report for an editor: as a page for a panel, as the parts that change in it, or as a file in any of its formats.
// It must not know what an editor does with it.

import type { CancellationToken } from 'vscode-languageserver';
import { digest } from '../../base/hash.ts';
import { presentationOf, workspaceDrift, workspaceReport } from '../../features/drift-report.ts';
import type { LineageSeen } from '../../features/version.ts';
import { readReportPage } from '../../host/report-page.ts';
import { writeDriftMarkdown } from '../../report/drift/markdown.ts';
import { driftPageBody, embedded, writeDriftPage } from '../../report/drift/page.ts';
import { readPreset } from '../../report/drift/presets.ts';
import { languageOf } from '../../report/drift/words.ts';
import { writeJson } from '../../report/writers/json.ts';
import { writeSarif } from '../../report/writers/sarif.ts';
import { uriOf } from '../addresses.ts';
import type { DriftReportAnswer, DriftReportParams } from '../protocol.ts';
import type { Session, Shown } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';
import { lineageSeen } from './hover.ts';

export async function driftReport(
  session: Session,
  argument: unknown,
  token: CancellationToken,
): Promise<DriftReportAnswer | null> {
  const wanted = paramsOf(argument);
  const shown = await unlessCancelled(session.ready(), token);
  if (shown === 'cancelled' || !shown || session.folders.length === 0) return null;
  const known = workspaceReport(shown.analysis, session.folders, session.version);
  const root = uriOf(known.root);
  const presentation = presentationOf(known, (rule) => session.pages.text(rule) ?? '');
  if (wanted.format === 'json') return { root, text: writeJson(known.report, presentation) };
  if (wanted.format === 'sarif') return { root, text: writeSarif(known.report, presentation) };
  const lineages = await lineagesSeen(session, shown, token);
  const drift = workspaceDrift(shown.analysis, known, readPreset(wanted.preset ?? '') ?? 'overview', lineages);
  if (wanted.format === 'data') return { root, text: JSON.stringify(drift) };
  if (wanted.format === 'markdown') return { root, text: writeDriftMarkdown(drift) };
  const language = languageOf(session.locale);
  if (wanted.format === 'parts') return { root, text: embedded(drift), body: driftPageBody(drift, language) };
  const assets = readReportPage();
  if (!assets) return null;
  const host = wanted.format === 'page' ? 'editor' : 'file';
  const nonce = host === 'editor' ? wanted.nonce : undefined;
  const safe = nonce !== undefined && /^[A-Za-z0-9+/=_-]{8,}$/.test(nonce);
  const own = digest([assets.style, assets.script, embedded(drift)]);
  return { root, text: writeDriftPage(drift, assets, { nonce: safe ? nonce : own, host, language }) };
}

/** The versions of each contract that this code owns, as far as the history tells them soon enough. */
async function lineagesSeen(
  session: Session,
  { analysis }: Shown,
  token: CancellationToken,
): Promise<ReadonlyMap<string, LineageSeen | undefined>> {
  const contracts = analysis.projects.flatMap(({ standings }) => standings.map(({ contract }) => contract));
  const seen = contracts.map(async (contract) => [contract, await lineageSeen(session, contract, token)] as const);
  return new Map(await Promise.all(seen));
}

const formats = ['page', 'parts', 'data', 'html', 'markdown', 'json', 'sarif'] as const;

/** Any editor may call the command, with anything. */
function paramsOf(argument: unknown): DriftReportParams {
  const given = typeof argument === 'object' && argument !== null ? (argument as Partial<DriftReportParams>) : {};
  return {
    format: formats.find((format) => format === given.format) ?? 'markdown',
    ...(typeof given.preset === 'string' && { preset: given.preset }),
    ...(typeof given.nonce === 'string' && { nonce: given.nonce }),
  };
}
