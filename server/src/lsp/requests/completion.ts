// Owns the request `textDocument/completion`. It must not know what can be written where.

import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
} from 'vscode-languageserver';
import { type Proposal, proposalsAt } from '../../features/completion.ts';
import { referenceTargetsAt } from '../../features/contract-navigation.ts';
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
  const found = proposalsAt(at.analysis, at.path, at.offset);
  if (!found) return referenceTargets(at);
  const range = rangeOf(at.analysis.lines, found.place);
  const items = found.proposals.map(({ label, kind, detail, documentation, text, more }): CompletionItem => {
    const item: CompletionItem = {
      label,
      kind: kinds[kind],
      detail,
      filterText: text,
      textEdit: { range, newText: text },
    };
    // Plain text: what a contract says of itself is never markup here.
    if (documentation !== undefined) item.documentation = { kind: 'plaintext', value: documentation.slice(0, 1_000) };
    const again = session.options.commands?.suggestAgain;
    if (more && typeof again === 'string') item.command = { title: '', command: again };
    return item;
  });
  return { isIncomplete: false, items };
}

/** The components that a `$ref` may name, while one is being typed. */
function referenceTargets({ analysis, path, offset }: Asked): CompletionList | null {
  const found = referenceTargetsAt(analysis, path, offset);
  if (!found) return null;
  const range = rangeOf(analysis.lines, found.place);
  const items = found.targets.map(({ text, kind }): CompletionItem => {
    return { label: text, kind: CompletionItemKind.Reference, detail: kind, textEdit: { range, newText: text } };
  });
  return { isIncomplete: false, items };
}
