// Owns the request `textDocument/codeAction`: which actions there are for a range. Edits come later, with the resolving.
// It must not know how an edit is made.

import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver';
import { actionsAt, type OfferedAction } from '../../features/actions.ts';
import { changeActions } from '../../features/change-actions.ts';
import { plainLine } from '../../features/plain-text.ts';
import { pathOf } from '../addresses.ts';
import type { DiagnosticData } from '../reports.ts';
import type { Session, Shown } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';
import { withEdit } from './resolve-code-action.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.contractFidelity`;

export const actionKinds = [CodeActionKind.QuickFix, fixAllKind] as const;

/** What an action carries until it is resolved. It comes back from the client, so that nothing in it is trusted. */
export interface ActionData {
  readonly uri: string;
  readonly kind: OfferedAction['kind'] | 'fix-all';
  readonly offer?: OfferedAction['offer'];
}

export async function codeAction(
  session: Session,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const shown = await unlessCancelled(session.ready(), token);
  const path = pathOf(params.textDocument.uri);
  if (shown === 'cancelled' || !shown || path === undefined) return [];
  const lines = shown.analysis.lines(path);
  if (!lines) return [];
  const { only } = params.context;
  const wants = (kind: string): boolean =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const start = lines.offset({ line: params.range.start.line, column: params.range.start.character });
    const end = lines.offset({ line: params.range.end.line, column: params.range.end.character });
    const truth = session.settings.sourceOfTruth;
    const offers = [
      ...actionsAt(shown.analysis, path, start, end, truth === 'ask' ? undefined : truth),
      ...changeActions(shown.analysis, path, start, end, session.today()),
    ];
    for (const offered of offers) {
      if (offered.creates && !session.abilities.createsFiles) continue;
      const action = toAction(session, shown, params, path, offered);
      if (action) actions.push(action);
    }
  }
  // A source action is only for those who ask: it would otherwise stand in every light bulb.
  if (only !== undefined && wants(fixAllKind)) {
    const data: ActionData = { uri: params.textDocument.uri, kind: 'fix-all' };
    actions.push({ title: session.say('Apply all safe fixes of Contract Fidelity'), kind: fixAllKind, data });
  }
  if (session.abilities.resolvesEdits) return actions;
  return actions.map((action) => withEdit(session, shown, action)).filter((action) => !action.disabled);
}

function toAction(
  session: Session,
  shown: Shown,
  params: CodeActionParams,
  path: string,
  offered: OfferedAction,
): CodeAction | undefined {
  const mine = new Set(offered.fingerprints);
  const own = shown.reports.get(path)?.items ?? [];
  const given = params.context.diagnostics.length > 0 ? params.context.diagnostics : own;
  const diagnostics = given.filter((diagnostic) => mine.has(fingerprintOf(diagnostic) ?? ''));
  const title = plainLine(session.say(offered.title));
  const shared = { title, kind: CodeActionKind.QuickFix, diagnostics };
  if (offered.kind === 'explain') {
    const command = session.options.commands?.explainRule;
    if (typeof command !== 'string') return undefined;
    return { ...shared, command: { title, command, arguments: [offered.rule] } };
  }
  const data: ActionData = { uri: params.textDocument.uri, kind: offered.kind, offer: offered.offer };
  return { ...shared, ...(offered.preferred ? { isPreferred: true } : {}), data };
}

function fingerprintOf(diagnostic: Diagnostic): string | undefined {
  const data = diagnostic.data as Partial<DiagnosticData> | undefined;
  return typeof data?.fingerprint === 'string' ? data.fingerprint : undefined;
}
