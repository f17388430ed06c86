// Owns the request `textDocument/documentSymbol`: the outline of a contract's file. It must not know what is in an outline.

import {
  type CancellationToken,
  type DocumentSymbol,
  type DocumentSymbolParams,
  SymbolKind,
} from 'vscode-languageserver';
import { type OutlineSymbol, outlineOf } from '../../features/contract-navigation.ts';
import { plainLine } from '../../features/plain-text.ts';
import { pathOf } from '../addresses.ts';
import { rangeOf } from '../reports.ts';
import type { Session } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';

const kinds: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  path: SymbolKind.Interface,
  operation: SymbolKind.Method,
  component: SymbolKind.Class,
  tag: SymbolKind.String,
};

export async function documentSymbol(
  session: Session,
  params: DocumentSymbolParams,
  token: CancellationToken,
): Promise<DocumentSymbol[] | null> {
  const shown = await unlessCancelled(session.ready(), token);
  const path = pathOf(params.textDocument.uri);
  if (shown === 'cancelled' || !shown || path === undefined) return null;
  const { analysis } = shown;
  const written = (symbol: OutlineSymbol): DocumentSymbol => ({
    // An empty key is allowed in a contract, and no client shows a symbol without a name.
    name: plainLine(symbol.name) || '""',
    detail: symbol.detail && plainLine(symbol.detail),
    kind: kinds[symbol.kind],
    range: rangeOf(analysis.lines, symbol.whole),
    selectionRange: rangeOf(analysis.lines, symbol.place),
    children: symbol.children.map(written),
  });
  return outlineOf(analysis, path)?.map(written) ?? null;
}
