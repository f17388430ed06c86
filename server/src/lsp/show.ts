// Owns the way of new diagnostics to the editor: pushed to clients that cannot pull, and announced to those that can.
// It must not know how diagnostics are made.

import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { Looked } from './first-look.ts';
import type { Session, Shown } from './session.ts';

/** Shows every analysis from now on. */
export function showAnalyses(session: Session): void {
  const { abilities } = session;
  if (abilities.refreshesLenses) session.listeners.add(() => refreshLenses(session));
  if (!abilities.pullsDiagnostics) {
    session.listeners.add((shown, before) => push(session, shown, before));
    session.onLook = (looked) => push(session, looked, undefined);
  } else if (abilities.refreshesDiagnostics) {
    session.listeners.add((shown, before) => announce(session, shown, before));
  }
}

/** Lenses speak of other files than their own, so that the client cannot know when they are old. */
export function refreshLenses(session: Session): void {
  if (!session.settings.codeLens) return;
  session.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {
    // A client that is going away does not answer.
  });
}

function push(session: Session, shown: Looked, before: Looked | undefined): void {
  for (const path of changedFiles(shown, before)) {
    const report = shown.reports.get(path) ?? before?.reports.get(path);
    if (!report) continue;
    const version = session.documents.at(path)?.document.version;
    const diagnostics = shown.reports.get(path)?.items ?? [];
    void session.connection.sendDiagnostics({
      uri: report.uri,
      diagnostics,
      ...(version === undefined ? {} : { version }),
    });
  }
}

/** The client asks by itself for the document that changed; for all others it has to hear that asking is worth while. */
function announce(session: Session, shown: Shown, before: Looked | undefined): void {
  const changed = changedFiles(shown, before);
  const others = changed.filter((path) => path !== session.lastEdited);
  if (others.length === 0) return;
  session.connection.languages.diagnostics.refresh().catch(() => {
    // A client that is going away does not answer.
  });
}

function changedFiles(shown: Looked, before: Looked | undefined): string[] {
  const paths = new Set([...shown.reports.keys(), ...(before?.reports.keys() ?? [])]);
  return [...paths].filter((path) => shown.reports.get(path)?.resultId !== before?.reports.get(path)?.resultId);
}
