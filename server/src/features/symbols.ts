// Owns the names of a workspace that a search finds: operations by method, path and id, and the shared parts of contracts.
// It must not know a protocol.

import type { Place } from '../base/place.ts';
import type { Analysis } from './analysis.ts';
import { componentsOf } from './subject.ts';

export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: 'operation' | 'schema' | 'component';
  /** The contract that it belongs to. */
  readonly container: string;
  readonly place: Place;
}

/** More than anybody reads; editors ask again with every letter. */
const most = 400;

/** The symbols whose names hold the letters of a query in their order, as editors filter; all for an empty one. */
export function symbolsFor(analysis: Analysis, query: string): readonly WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const found: WorkspaceSymbol[] = [];
  for (const contract of new Set(analysis.projects.flatMap(({ model }) => model.contracts))) {
    const container = contract.title === '' ? contract.file.slice(contract.file.lastIndexOf('/') + 1) : contract.title;
    for (const { operationId, key, place } of contract.operations) {
      const name = operationId === undefined ? key : `${operationId} (${key})`;
      if (matches(wanted, name)) found.push({ name, kind: 'operation', container, place });
      if (found.length >= most) return found;
    }
    for (const { name, group, section } of componentsOf(contract)) {
      if (!matches(wanted, name)) continue;
      const kind = group === 'schemas' || group === 'definitions' ? 'schema' : 'component';
      found.push({ name, kind, container, place: section.keyPlace });
      if (found.length >= most) return found;
    }
  }
  return found;
}

function matches(wanted: string, name: string): boolean {
  let at = 0;
  for (const letter of name.toLowerCase()) if (letter === wanted[at]) at++;
  return at >= wanted.length;
}
