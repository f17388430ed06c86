// Owns the request `textDocument/references`. It must not know what refers to what.

import type { CancellationToken, Location, ReferenceParams } from 'vscode-languageserver';
import { referencesAt } from '../../features/navigation.ts';
import { asked, locationOf } from '../asking.ts';
import type { Session } from '../session.ts';

export async function references(
  session: Session,
  params: ReferenceParams,
  token: CancellationToken,
): Promise<Location[]> {
  const at = await asked(session, params, token);
  if (!at) return [];
  const { analysis, path, offset } = at;
  const places = referencesAt(analysis, path, offset, params.context.includeDeclaration);
  return places.map((place) => locationOf(session, analysis, place));
}
