// Owns the requests `textDocument/codeLens` and `codeLens/resolve`. It must not know what a lens says.

import type { CancellationToken, CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { Analysis } from '../../features/analysis.ts';
import { type LensKind, lensesIn, lensText, speaksOfOperations } from '../../features/lenses.ts';
import { plainLine } from '../../features/plain-text.ts';
import { pathOf } from '../addresses.ts';
import { asked, locationOf } from '../asking.ts';
import { callsWithin, gatherCalls } from '../calling.ts';
import { rangeOf } from '../reports.ts';
import type { Session } from '../session.ts';
import { refreshLenses } from '../show.ts';

/** What a lens carries until it is seen. It comes back from the client, so that nothing in it is trusted. */
interface LensData {
  readonly uri: string;
  readonly operation: string;
  readonly kind: LensKind;
}

const kinds: readonly LensKind[] = ['handlers', 'calls', 'links', 'verified', 'drift', 'version', 'contract'];

export async function codeLens(
  session: Session,
  params: CodeLensParams,
  token: CancellationToken,
): Promise<CodeLens[]> {
  const at = session.settings.codeLens ? await asked(session, params, token) : undefined;
  if (!at) return [];
  if (speaksOfOperations(at.analysis, at.path)) await callsShown(session, at.analysis);
  if (token.isCancellationRequested) return [];
  return lensesIn(at.analysis, at.path).map(({ kind, place, operation }): CodeLens => {
    const data: LensData = { uri: params.textDocument.uri, operation, kind };
    return { range: rangeOf(at.analysis.lines, place), data };
  });
}

/** How long lenses wait for callers, in milliseconds. A client that can be told is told when they are known, any other has to wait. */
const patience = 300;

async function callsShown(session: Session, analysis: Analysis): Promise<void> {
  const reading = gatherCalls(session, analysis);
  if (!session.abilities.refreshesLenses) await reading;
  else if (!(await callsWithin(session, analysis, patience)))
    void reading.then((read) => read && refreshLenses(session));
}

export async function resolveCodeLens(session: Session, lens: CodeLens): Promise<CodeLens> {
  const shown = await session.ready();
  const data = lens.data as Partial<LensData> | undefined;
  const path = typeof data?.uri === 'string' ? pathOf(data.uri) : undefined;
  const kind = kinds.find((one) => one === data?.kind);
  if (!shown || path === undefined || !kind || typeof data?.operation !== 'string') return lens;
  if (kind === 'calls') await gatherCalls(session, shown.analysis);
  const found = lensText(shown.analysis, path, data.operation, kind, session.say);
  const text = found && { ...found, title: plainLine(found.title, 120) };
  if (!text) return { ...lens, command: { title: '', command: '' } };
  const compare = session.options.commands?.compareContract;
  if (typeof compare === 'string' && text.contract !== undefined)
    return { ...lens, command: { title: text.title, command: compare, arguments: [data.uri, ''] } };
  const show = session.options.commands?.showPlaces;
  if (typeof show !== 'string' || text.places.length === 0)
    return { ...lens, command: { title: text.title, command: '' } };
  const locations = text.places.map((place) => locationOf(session, shown.analysis, place));
  return { ...lens, command: { title: text.title, command: show, arguments: [data.uri, lens.range.start, locations] } };
}
