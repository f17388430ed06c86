// Owns the request `workspace/symbol`. It must not know what has a name.

import {
  type CancellationToken,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';
import { plainLine } from '../../features/plain-text.ts';
import { symbolsFor, type WorkspaceSymbol } from '../../features/symbols.ts';
import { locationOf } from '../asking.ts';
import type { Session } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';

const symbolKinds: Readonly<Record<WorkspaceSymbol['kind'], SymbolKind>> = {
  operation: SymbolKind.Method,
  schema: SymbolKind.Struct,
  component: SymbolKind.Object,
};

export async function workspaceSymbol(
  session: Session,
  params: WorkspaceSymbolParams,
  token: CancellationToken,
): Promise<SymbolInformation[]> {
  const shown = await unlessCancelled(session.ready(), token);
  if (shown === 'cancelled' || !shown) return [];
  return symbolsFor(shown.analysis, params.query).map(({ name, kind, container, place }) => ({
    name: plainLine(name),
    kind: symbolKinds[kind],
    containerName: plainLine(container),
    location: locationOf(session, shown.analysis, place),
  }));
}
