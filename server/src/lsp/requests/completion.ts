// Owns the request `textDocument/completion`. It must not know what can be written where.

import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
} from 'vscode-languageserver';
import { type Proposal, proposalsAt } from '../../features/completion.ts';
import { asked } from '../asking.ts';
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
  const found = at && proposalsAt(at.analysis, at.path, at.offset);
  if (!found) return null;
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
