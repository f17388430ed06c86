// Owns the requests `textDocument/definition` and `textDocument/implementation`. It must not know where anything leads.

import type {
  CancellationToken,
  DefinitionParams,
  ImplementationParams,
  Location,
  LocationLink,
} from 'vscode-languageserver';
import { namedPartAt } from '../../features/contract-navigation.ts';
import { definitionAt, implementationAt } from '../../features/navigation.ts';
import { asked, waysOf } from '../asking.ts';
import type { Session } from '../session.ts';

export async function definition(
  session: Session,
  params: DefinitionParams,
  token: CancellationToken,
): Promise<Location[] | LocationLink[] | null> {
  const at = await asked(session, params, token);
  if (!at) return null;
  const { analysis, path, offset } = at;
  const toCode = definitionAt(analysis, path, offset);
  const way = toCode && toCode.targets.length > 0 ? toCode : namedPartAt(analysis, path, offset);
  return waysOf(session, at.analysis, way, session.abilities.definitionLinks);
}

export async function implementation(
  session: Session,
  params: ImplementationParams,
  token: CancellationToken,
): Promise<Location[] | LocationLink[] | null> {
  const at = await asked(session, params, token);
  if (!at) return null;
  const way = implementationAt(at.analysis, at.path, at.offset);
  return waysOf(session, at.analysis, way, session.abilities.implementationLinks);
}
