// Owns the request `workspace/diagnostic`: what all files show. The request is held while nothing differs from what the client
// has, so that an idle editor asks once and not every two seconds.

import type {
  ResultProgressReporter,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDiagnosticReportPartialResult,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { type CancellationToken, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { pathOf } from '../addresses.ts';
import { nothingId } from '../reports.ts';
import type { Session, Shown } from '../session.ts';
import { nobodyWaits, unlessCancelled } from './document-diagnostic.ts';

/** Reports per partial result. */
const CHUNK = 100;

export async function workspaceDiagnostic(
  session: Session,
  params: WorkspaceDiagnosticParams,
  token: CancellationToken,
  progress: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
): Promise<WorkspaceDiagnosticReport> {
  const known: Known = new Map(params.previousResultIds.map(({ uri, value }) => [pathOf(uri) ?? uri, { uri, value }]));
  // While a client asks for one document, it passes over what the workspace's answer says of it, yet keeps the answer's result id;
  // and when the document's tab is closed by then, it passes over the other answer too. So nobody knows what it shows.
  for (const [path, uri] of session.askedAlone) known.set(path, { uri, value: undefined });
  session.askedAlone.clear();
  let shown = await unlessCancelled(session.ready(), token);
  for (;;) {
    if (shown === 'cancelled') throw nobodyWaits();
    const items = differences(session, shown, known);
    if (items.length > 0 || known.size === 0) return answer(items, progress);
    shown = await unlessCancelled(nextAnalysis(session), token);
  }
}

/** What the client has of each file, by path: the result id that it names, undefined when that cannot be relied upon. */
type Known = Map<string, { readonly uri: string; readonly value: string | undefined }>;

/** Reports of the files that differ from what the client has, files that have become clean included. */
function differences(session: Session, shown: Shown | undefined, known: Known): WorkspaceDocumentDiagnosticReport[] {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const version = (path: string): number | null => session.documents.at(path)?.document.version ?? null;
  for (const report of shown?.reports.values() ?? []) {
    if (known.get(report.path)?.value === report.resultId) continue;
    const { uri, resultId, items: diagnostics, path } = report;
    items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: version(path), resultId, items: diagnostics });
  }
  for (const [path, { uri, value }] of known) {
    if (value === nothingId || shown?.reports.has(path)) continue;
    items.push({
      kind: DocumentDiagnosticReportKind.Full,
      uri,
      version: version(path),
      resultId: nothingId,
      items: [],
    });
  }
  return items;
}

function nextAnalysis(session: Session): Promise<Shown> {
  return new Promise((resolve) => {
    const listener = (shown: Shown): void => {
      session.listeners.delete(listener);
      resolve(shown);
    };
    session.listeners.add(listener);
  });
}

function answer(
  items: WorkspaceDocumentDiagnosticReport[],
  progress: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
): WorkspaceDiagnosticReport {
  if (!progress) return { items };
  // Once there are partial results, the final answer has to be empty.
  for (let at = 0; at < items.length; at += CHUNK) progress.report({ items: items.slice(at, at + CHUNK) });
  return { items: [] };
}
