// Owns the request `textDocument/diagnostic`: what one document shows, or that it is what the client has already.
// It must not know how findings are made.

import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from 'vscode-languageserver';
import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { pathOf } from '../addresses.ts';
import { nothingId } from '../reports.ts';
import type { Session } from '../session.ts';

export async function documentDiagnostic(
  session: Session,
  params: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const { uri } = params.textDocument;
  const path = pathOf(uri);
  const shown = await unlessCancelled(path === undefined ? session.ready() : session.reportsFor(path), token);
  // Also for a request that was given up: the client passed over what it heard of the document until then.
  if (path !== undefined) session.askedAlone.set(path, uri);
  if (shown === 'cancelled') throw nobodyWaits();
  const report = path === undefined ? undefined : shown?.reports.get(path);
  const resultId = report?.resultId ?? nothingId;
  if (params.previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: report?.items ?? [] };
}

/** The answer to a request that its client has given up. */
export function nobodyWaits(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
}

/** The promise's value, or `cancelled` as soon as nobody waits for it any more. */
export async function unlessCancelled<T>(promise: Promise<T>, token: CancellationToken): Promise<T | 'cancelled'> {
  if (token.isCancellationRequested) return 'cancelled';
  let stop = (): void => {};
  const cancelled = new Promise<'cancelled'>((resolve) => {
    const listening = token.onCancellationRequested(() => resolve('cancelled'));
    stop = () => listening.dispose();
  });
  try {
    return await Promise.race([promise, cancelled]);
  } finally {
    stop();
  }
}
