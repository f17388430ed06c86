// Owns what a repair recipe is: from the data of a fix offer to edits of files, or one sentence on why there can be none.
// It must not know rules' insides, nor who applies the edits.

import { tokensOf } from '../base/pointer.ts';
import type { EditResult } from '../contract/edit/insert.ts';
import {
  BrokenOutline,
  entryOf,
  nodeAt,
  type Outline,
  type OutlineMap,
  plainOf,
  readOutline,
} from '../contract/edit/outline.ts';
import { applyTextEdits, differenceOf, type TextEdit } from '../contract/edit/text-edit.ts';
import { isPlain, type Plain } from '../contract/edit/write.ts';

export interface FileEdit {
  readonly file: string;
  readonly edits: readonly TextEdit[];
  /** True for a file that is not there yet. */
  readonly create?: true;
}

export type Repair = { readonly files: readonly FileEdit[] } | { readonly refused: string };

/** The current text of a file, unsaved changes included; undefined when it cannot be read. */
export type ReadText = (file: string) => string | undefined;

export interface Recipe {
  readonly id: string;
  /** Never throws for data of the wrong form: it refuses. */
  prepare(data: FixData, read: ReadText): Repair;
}

/** A fix offer's data, which came as JSON: every field is checked when it is read. */
export class FixData {
  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  /** @throws {RefusedRepair} when the field is not a text. */
  text(name: string): string {
    const value = this.fields[name];
    if (typeof value !== 'string') throw new RefusedRepair(`the fix lacks "${name}"`);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.fields[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.fields[name] === true;
  }

  /** @throws {RefusedRepair} when the field is no offset. */
  offset(name: string): number {
    const value = this.fields[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      throw new RefusedRepair(`the fix lacks "${name}"`);
    }
    return value;
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined;
  }

  /** Any plain data. @throws {RefusedRepair} when there is none. */
  plain(name: string): Plain {
    const value = this.fields[name];
    if (!isPlain(value)) throw new RefusedRepair(`the fix lacks "${name}"`);
    return value;
  }

  /** @throws {RefusedRepair} when the field is no list of plain data. */
  list(name: string): readonly Plain[] {
    const value = this.plain(name);
    if (!Array.isArray(value)) throw new RefusedRepair(`"${name}" of the fix is no list`);
    return value;
  }

  /** A list of maps. @throws {RefusedRepair} when the field is none. */
  maps(name: string): readonly Readonly<Record<string, unknown>>[] {
    const value = this.fields[name];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'object' && item !== null)) {
      throw new RefusedRepair(`the fix lacks "${name}"`);
    }
    return value as readonly Readonly<Record<string, unknown>>[];
  }

  /** A map of plain data; undefined when the field is absent. */
  map(name: string): { readonly [key: string]: Plain | undefined } | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value) || !isPlain(value)) {
      throw new RefusedRepair(`"${name}" of the fix is not a map of plain data`);
    }
    return value as { readonly [key: string]: Plain | undefined };
  }

  /** @throws {RefusedRepair} for anything that is not a status, a range of statuses or `default`. */
  status(name: string): string {
    const value = this.fields[name];
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || !/^(?:[1-5](?:\d\d|XX)|default)$/.test(text)) {
      throw new RefusedRepair(`"${name}" of the fix is no status`);
    }
    return text;
  }
}

const brokenContract = 'the contract has a syntax error; repair it first';

/** Ends a recipe that cannot go on; {@link refusable} turns it into an answer. */
export class RefusedRepair extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'RefusedRepair';
  }
}

/** Runs a recipe's body and turns its refusal into an answer. */
export function refusable(body: () => Repair): Repair {
  try {
    return body();
  } catch (error) {
    if (error instanceof RefusedRepair) return { refused: error.reason };
    if (error instanceof BrokenOutline) return { refused: brokenContract };
    throw error;
  }
}

/** The outline of a contract's current text. @throws {RefusedRepair} when it cannot be read or is broken. */
export function outlineOf(file: string, read: ReadText): Outline {
  const text = read(file);
  if (text === undefined) throw new RefusedRepair('the contract cannot be read');
  const outline = readOutline(file, text);
  if (!outline) throw new RefusedRepair(brokenContract);
  return outline;
}

/** A map of a contract that a repair changes, and where it stands. */
export interface RepairedMap {
  readonly file: string;
  readonly pointer: string;
  readonly outline: Outline;
  readonly node: OutlineMap;
}

/**
 * The map that a fix names by `file` and `pointer`; `what` is its name in a refusal, as in "no schema".
 * @throws {RefusedRepair} when nothing of the kind is written there.
 */
export function mapOf(data: FixData, read: ReadText, what: string): RepairedMap {
  const file = data.text('file');
  const pointer = data.text('pointer');
  const outline = outlineOf(file, read);
  const node = nodeAt(outline.root, tokensOf(pointer));
  if (node?.kind !== 'map') throw new RefusedRepair(`no ${what} is written at ${pointer}`);
  return { file, pointer, outline, node };
}

/** As {@link mapOf}. @throws {RefusedRepair} also for a reference, since what it names is shared by others. */
export function ownMapOf(data: FixData, read: ReadText, what: string): RepairedMap {
  const map = mapOf(data, read, what);
  if (entryOf(map.node, '$ref')) throw new RefusedRepair(`the ${what} is a reference; what it names is shared`);
  return map;
}

/**
 * Several changes of one file, each made on the text that the one before has left, as a single edit.
 * @throws {RefusedRepair} when one of them is refused.
 */
export function inSteps(
  file: string,
  read: ReadText,
  steps: readonly ((outline: Outline) => EditResult | undefined)[],
): Repair {
  const before = outlineOf(file, read).text;
  let text = before;
  for (const step of steps) {
    const result = step(outlineOf(file, () => text));
    if (result && 'refused' in result) throw new RefusedRepair(result.refused);
    if (result) text = applyTextEdits(text, result.edits);
  }
  const difference = differenceOf(before, text);
  return difference ? { files: [{ file, edits: [difference] }] } : { refused: 'the contract says so already' };
}

/** The edits of one file as a repair. */
export function repairOf(file: string, result: EditResult): Repair {
  return 'refused' in result ? result : { files: [{ file, edits: result.edits }] };
}

/** Whether a document speaks Swagger 2.0: its own word, or for a fragment the word of the fix. */
export function isSwagger(outline: Outline, data: FixData): boolean {
  const declared = entryOf(outline.root, 'swagger');
  if (declared) return String(plainOf(declared.value)).startsWith('2');
  if (entryOf(outline.root, 'openapi')) return false;
  return data.optionalText('specification') === '2.0';
}

/** The document's version of the specification in two parts (`3.1`), as far as it says so itself. */
export function specificationOf(outline: Outline, data: FixData): string {
  if (isSwagger(outline, data)) return '2.0';
  const declared = entryOf(outline.root, 'openapi');
  const version = declared ? String(plainOf(declared.value)) : (data.optionalText('specification') ?? '3.0');
  return version.split('.').slice(0, 2).join('.');
}
