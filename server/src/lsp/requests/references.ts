// Owns the request `textDocument/references`. It must not know what refers to what.

import type { CancellationToken, Location, ReferenceParams } from 'vscode-languageserver';
import { partAt, usesAt } from '../../features/contract-navigation.ts';
import { meansOperation, referencesAt } from '../../features/navigation.ts';
import { asked, locationOf } from '../asking.ts';
import { callsGathered } from '../calling.ts';
import type { Session } from '../session.ts';

export async function references(
  session: Session,
  params: ReferenceParams,
  token: CancellationToken,
): Promise<Location[]> {
  const at = await asked(session, params, token);
  if (!at) return [];
  const { analysis, path, offset } = at;
  const { includeDeclaration } = params.context;
  // Whatever names a part is asked about as the part itself, so that the tags in code are among the answers.
  const part = partAt(analysis, path, offset)?.part.place ?? { file: path, start: offset };
  if (meansOperation(analysis, part.file, part.start)) await callsGathered(session, analysis, token);
  const outside = referencesAt(analysis, part.file, part.start, includeDeclaration);
  const inside = usesAt(analysis, path, offset, includeDeclaration && outside.length === 0);
  const places = [...outside, ...inside];
  const distinct = new Map(places.map((place) => [`${place.file}:${place.start}`, place]));
  return [...distinct.values()].map((place) => locationOf(session, analysis, place));
}
