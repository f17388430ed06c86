// Owns the request `textDocument/completion`. It must not know what can be written where.

import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextMode,
} from 'vscode-languageserver';
import { type Proposal, proposalsAt } from '../../features/completion.ts';
import { configurationProposalsAt, isConfiguration } from '../../features/configuration-help.ts';
import { referenceTargetsAt } from '../../features/contract-navigation.ts';
import { isPlain, plainLine, plainText } from '../../features/plain-text.ts';
import { type Asked, asked } from '../asking.ts';
import { rangeOf } from '../reports.ts';
import type { Session } from '../session.ts';

/** Characters behind which there may be something to propose. */
export const completionTriggers = ['@', ' ', '#', '/', '.'];

const kinds: Readonly<Record<Proposal['kind'], CompletionItemKind>> = {
  operation: CompletionItemKind.Method,
  file: CompletionItemKind.File,
  part: CompletionItemKind.Field,
  tag: CompletionItemKind.Keyword,
};

export async function completion(
  session: Session,
  params: CompletionParams,
  token: CancellationToken,
): Promise<CompletionList | null> {
  const at = await asked(session, params, token);
  if (!at) return null;
  if (isConfiguration(at.path)) return configurationItems(session, at);
  const found = proposalsAt(at.analysis, at.path, at.offset);
  if (!found) return referenceTargets(at);
  const range = rangeOf(at.analysis.lines, found.place);
  // What could not be seen in the code is not written into it.
  const seen = found.proposals.filter(({ text }) => isPlain(text));
  const items = seen.map(({ label, kind, detail, documentation, text, more }): CompletionItem => {
    const item: CompletionItem = {
      label: plainLine(label),
      kind: kinds[kind],
      detail: plainLine(detail),
      filterText: text,
      textEdit: { range, newText: text },
    };
    // Plain text: what a contract says of itself is never markup here.
    if (documentation !== undefined) item.documentation = { kind: 'plaintext', value: plainText(documentation, 1_000) };
    return more ? askedAgain(session, item) : item;
  });
  return { isIncomplete: false, items };
}

/** The components that a `$ref` may name, while one is being typed. */
function referenceTargets({ analysis, path, offset }: Asked): CompletionList | null {
  const found = referenceTargetsAt(analysis, path, offset);
  if (!found) return null;
  const range = rangeOf(analysis.lines, found.place);
  const items = found.targets
    .filter(({ text }) => isPlain(text))
    .map(({ text, kind }): CompletionItem => {
      return { label: text, kind: CompletionItemKind.Reference, detail: kind, textEdit: { range, newText: text } };
    });
  return { isIncomplete: false, items };
}

function configurationItems(session: Session, { analysis, path, offset }: Asked): CompletionList | null {
  const found = configurationProposalsAt(analysis, path, offset);
  if (!found) return null;
  const range = rangeOf(analysis.lines, found.place);
  const items = found.proposals.map(({ label, kind, documentation, text, more }): CompletionItem => {
    const item: CompletionItem = {
      label,
      kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
      // The text's own indentation is right: an editor must not add the line's.
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText: text },
    };
    if (documentation !== '') item.documentation = { kind: 'plaintext', value: documentation };
    return more ? askedAgain(session, item) : item;
  });
  return { isIncomplete: false, items };
}

/** An item behind which the next proposals follow, where the editor has a command for that. */
function askedAgain(session: Session, item: CompletionItem): CompletionItem {
  const again = session.options.commands?.suggestAgain;
  return typeof again === 'string' ? { ...item, command: { title: '', command: again } } : item;
}
