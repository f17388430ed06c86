// Owns the request `codeAction/resolve`: the edit of a chosen action, on the texts as they are now.
// It must not know recipes; it knows how the protocol writes edits.

import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  CodeAction,
  CreateFile,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import {
  editsOf,
  type FileEdit,
  type TextEdit as PlainEdit,
  type Repair,
  reasonToWrite,
} from '../../features/actions.ts';
import { fixAll } from '../../features/fix-all.ts';
import { isVersionOffer } from '../../features/version-offers.ts';
import { pathOf } from '../addresses.ts';
import { addressOf, rangeOf } from '../reports.ts';
import type { Session, Shown } from '../session.ts';
import type { ActionData } from './code-action.ts';

export async function resolveCodeAction(session: Session, action: CodeAction): Promise<CodeAction> {
  const shown = await session.ready();
  return shown ? withEdit(session, shown, action) : action;
}

/** The action with its edit, or disabled with the reason why there is none. */
export function withEdit(session: Session, shown: Shown, action: CodeAction): CodeAction {
  const data = action.data as Partial<ActionData> | undefined;
  const path = typeof data?.uri === 'string' ? pathOf(data.uri) : undefined;
  if (!data || path === undefined) return action;
  const repair = repairOf(session, shown, data, path);
  if (!repair) return action;
  if ('refused' in repair) return { ...action, disabled: { reason: repair.refused } };
  if (repair.files.some(({ create }) => create) && !session.abilities.createsFiles)
    return { ...action, disabled: { reason: 'this editor does not create files for a repair' } };
  return { ...action, edit: toWorkspaceEdit(session, shown, repair.files, path, data.kind === 'ignore') };
}

function repairOf(session: Session, shown: Shown, data: Partial<ActionData>, path: string): Repair | undefined {
  if (data.kind === 'fix-all') {
    const truth = session.settings.sourceOfTruth;
    const edit = fixAll(shown.analysis, path, truth === 'ask' ? undefined : truth);
    return edit ? { files: [edit] } : { refused: 'there is no safe fix in this file' };
  }
  const { offer } = data;
  if (!offer || typeof offer.id !== 'string' || typeof offer.data !== 'object' || offer.data === null) return undefined;
  const found = versionOffer(session, offer);
  if (!found) return editsOf(offer, shown.analysis.files);
  return 'refused' in found ? found : editsOf(found, shown.analysis.files);
}

/** What an offer that speaks of versions asks for, found now; undefined for all other offers. */
function versionOffer(
  session: Session,
  { id, data }: NonNullable<ActionData['offer']>,
): ReturnType<NonNullable<ReturnType<Session['projectFor']>>['versionOffer']> | undefined {
  const { contract } = data;
  if (!isVersionOffer(id) || typeof contract !== 'string') return undefined;
  return session.projectFor(contract)?.versionOffer(contract, id, data);
}

function toWorkspaceEdit(
  session: Session,
  shown: Shown,
  files: readonly FileEdit[],
  from: string,
  ignoring: boolean,
): WorkspaceEdit {
  const { abilities, documents } = session;
  if (!abilities.versionedEdits) {
    const changes = files.map(({ file, edits }) => [
      addressOf(session, file),
      edits.map((edit) => textEdit(shown, file, edit)),
    ]);
    return { changes: Object.fromEntries(changes) };
  }
  const created = files.flatMap(({ file, create }): CreateFile[] =>
    create ? [{ kind: 'create', uri: addressOf(session, file), options: { ignoreIfExists: true } }] : [],
  );
  const edited = files.map(({ file, edits }): TextDocumentEdit => {
    const textDocument = { uri: addressOf(session, file), version: documents.at(file)?.document.version ?? null };
    const written = edits.map((edit): TextEdit | AnnotatedTextEdit | SnippetTextEdit => {
      const plain = textEdit(shown, file, edit);
      if (file !== from && abilities.confirmsEdits) return { ...plain, annotationId: file };
      if (ignoring && abilities.snippetEdits && edit.text.includes(reasonToWrite)) {
        return { range: plain.range, snippet: { kind: 'snippet', value: snippetOf(edit.text) } };
      }
      return plain;
    });
    return { textDocument, edits: written };
  });
  const documentChanges = [...created, ...edited];
  const others = files.filter(({ file }) => file !== from);
  if (!abilities.confirmsEdits || others.length === 0) return { documentChanges };
  const annotations = others.map(({ file }): [string, ChangeAnnotation] => [
    file,
    {
      label: session.say(`Changes ${file.slice(file.lastIndexOf('/') + 1)}`),
      description: session.say('This is another file than the one in front of you.'),
      needsConfirmation: true,
    },
  ]);
  return { documentChanges, changeAnnotations: Object.fromEntries(annotations) };
}

function textEdit(shown: Shown, file: string, edit: PlainEdit): TextEdit {
  return { range: rangeOf(shown.analysis.lines, { file, start: edit.start, end: edit.end }), newText: edit.text };
}

/** The text with the reason selected, so that typing replaces it. */
function snippetOf(text: string): string {
  const escaped = text.replace(/[\\$}]/g, '\\$&');
  return escaped.replace(reasonToWrite, `\${1:${reasonToWrite}}`);
}
