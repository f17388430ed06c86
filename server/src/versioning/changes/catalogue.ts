// Owns the list of all kinds of change. It must not know how they are found.

import { contractRows } from './contract-rows.ts';
import type { ChangeRow } from './row.ts';
import { schemaRows } from './schema-rows.ts';

/** Every kind of change, schemas first. */
export const changeRows: readonly ChangeRow[] = [...schemaRows, ...contractRows];

const byId: ReadonlyMap<string, ChangeRow> = new Map(changeRows.map((row) => [row.id, row]));

/** The row of an id; throws for an id that the catalogue lacks, which is a fault of the tool. */
export function changeRow(id: string): ChangeRow {
  const row = byId.get(id);
  if (!row) throw new Error(`There is no change "${id}".`);
  return row;
}

/** Whether an id is a kind of change, for those who ask about any id. */
export const isChangeId = (id: string): boolean => byId.has(id);
