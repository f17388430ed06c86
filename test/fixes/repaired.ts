// Owns how the fix tests apply a recipe to a text and look at what changed.

import { expect } from 'vitest';
import { parse } from 'yaml';
import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import { repair } from '../../server/src/fixes/repair.ts';

/** Applies an offer to one file and gives its new text. Fails the test when the recipe refuses. */
export function repaired(file: string, text: string, id: string, data: Record<string, unknown>): string {
  const result = repair({ id, data: { file, ...data } }, (path) => (path === file ? text : undefined));
  if ('refused' in result) throw new Error(`refused: ${result.refused}`);
  expect(result.files.map((edit) => edit.file)).toEqual([file]);
  return applyTextEdits(text, result.files[0]!.edits);
}

/** Why a recipe refuses; fails the test when it does not. */
export function refusal(file: string, text: string, id: string, data: Record<string, unknown>): string {
  const result = repair({ id, data: { file, ...data } }, (path) => (path === file ? text : undefined));
  if (!('refused' in result)) throw new Error('the recipe did not refuse');
  return result.refused;
}

/** The added lines, after asserting that every line of the old text is still there, in order and untouched. */
export function addedLines(before: string, after: string): string[] {
  const old = before.split('\n');
  const added: string[] = [];
  let at = 0;
  for (const line of after.split('\n')) {
    if (at < old.length && line === old[at]) at++;
    else added.push(line);
  }
  expect(old.slice(at), 'lines of the old text that are gone').toEqual([]);
  return added;
}

/** The plain data of a YAML or JSON text, or what stands below the keys in it; throws when the text does not parse. */
export function dataOf(text: string, ...keys: string[]): unknown {
  let data: unknown = parse(text, { uniqueKeys: true });
  for (const key of keys) data = (data as Record<string, unknown>)[key];
  return data;
}
