// Owns where a file's own maps put a key: read from the other maps of the same kind around the place of an edit, so that an addition
// stands where this author would have written it. It must not know texts, nor which keys OpenAPI has.

import { pathItemMethods } from '../../base/method.ts';
import { tokensOf } from '../../base/pointer.ts';
import type { KeyOrder } from './insert.ts';
import {
  BrokenOutline,
  nodeAt,
  type Outline,
  type OutlineEntry,
  type OutlineMap,
  type OutlineNode,
} from './outline.ts';
import type { Plain } from './write.ts';

/** Maps of the same kind that are asked, and how many neighbours are looked at on each level of the way to them. */
const MOST_SAMPLES = 24;
const MOST_NEIGHBOURS = 8;

/** Keys under which the next key is a name that somebody chose, and no word of a specification. */
const HOLDERS_OF_NAMES: ReadonlySet<string> = new Set([
  'paths',
  'webhooks',
  'x-webhooks',
  'responses',
  'content',
  'headers',
  'examples',
  'links',
  'callbacks',
  'properties',
  'patternProperties',
  'schemas',
  'parameters',
  'requestBodies',
  'securitySchemes',
  'securityDefinitions',
  'definitions',
  '$defs',
  'pathItems',
  'variables',
]);

/** The order for one new key of the map at a pointer: as its like in this file have it, else the customary one. */
export function ownOrder(outline: Outline, pointer: string, key: string, customary: KeyOrder): KeyOrder {
  const tokens = tokensOf(pointer);
  const map = nodeAt(outline.root, tokens);
  if (map?.kind !== 'map' || map.entries.length === 0) return customary;
  const keys = map.entries.map((entry) => entry.key);
  const holdsNames = tokens.length > 0 && wildcards(tokens.slice(0, -1)).nextIsKeyword && isHolder(tokens);
  if (holdsNames) return sortsNames(outline, tokens, keys) ? alphabetical(key) : customary;
  const samples = likeMaps(outline, tokens).filter((sample) => sample.includes(key));
  if (samples.length > 0) return voted(keys, key, samples, customary);
  return isSorted(keys) && sortsKeys(outline, [...tokens, key]) ? alphabetical(key) : customary;
}

/** The value with its keys in the order of the alphabet, when that is how this file writes its maps. */
export function settled(outline: Outline, pointer: string, value: Plain): Plain {
  return value !== null && typeof value === 'object' && sortsKeys(outline, tokensOf(pointer)) ? sorted(value) : value;
}

const isHolder = (tokens: readonly string[]): boolean => HOLDERS_OF_NAMES.has(tokens.at(-1)!);

const alphabetical =
  (added: string): KeyOrder =>
  (key) =>
    key === added ? 1 : compare(key, added) < 0 ? 0 : 2;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isSorted = (keys: readonly string[]): boolean =>
  keys.every((key, index) => index === 0 || compare(keys[index - 1]!, key) <= 0);

/** Five names in order are no accident; fewer may be one, unless others of the kind are in order too. */
function sortsNames(outline: Outline, tokens: readonly string[], keys: readonly string[]): boolean {
  if (keys.length < 2 || !isSorted(keys)) return false;
  if (keys.length >= 5) return true;
  const others = likeMaps(outline, tokens).filter((sample) => sample.length >= 3);
  return others.length >= 3 && others.every(isSorted);
}

function sortsKeys(outline: Outline, tokens: readonly string[]): boolean {
  const around = [...likeMaps(outline, tokens), ...likeMaps(outline, operationNear(tokens))];
  const telling = around.filter((sample) => sample.length >= 4);
  return telling.length >= 4 && telling.filter(isSorted).length >= telling.length * 0.9;
}

/** Some operation, near the tokens where they lie in one. */
const operationNear = (tokens: readonly string[]): readonly string[] =>
  tokens[0] === 'paths' && tokens.length >= 3 ? tokens.slice(0, 3) : ['paths', '', 'get'];

function sorted(value: Plain): Plain {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value as Readonly<Record<string, Plain | undefined>>);
  entries.sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(entries.map(([key, item]) => [key, item === undefined ? undefined : sorted(item)]));
}

/** The place that contradicts the fewest maps that have the key; among equals the one nearest to the customary place. */
function voted(
  keys: readonly string[],
  key: string,
  samples: readonly (readonly string[])[],
  customary: KeyOrder,
): KeyOrder {
  // How many maps have the new key before each of the present ones, less those that have it behind.
  const ahead = keys.map((present) => {
    let votes = 0;
    for (const sample of samples) {
      const at = sample.indexOf(present);
      if (at >= 0) votes += sample.indexOf(key) < at ? 1 : -1;
    }
    return votes;
  });
  const rank = customary(key);
  const usual = keys.findLastIndex((present) => customary(present) <= rank) + 1;
  let best = usual;
  let lowest = Number.POSITIVE_INFINITY;
  for (let place = 0; place <= keys.length; place++) {
    let cost = 0;
    for (const [index, votes] of ahead.entries()) cost += index < place ? Math.max(0, votes) : Math.max(0, -votes);
    if (cost < lowest || (cost === lowest && Math.abs(place - usual) < Math.abs(best - usual))) {
      lowest = cost;
      best = place;
    }
  }
  const places = new Map(keys.map((present, index) => [present, index < best ? 0 : 2]));
  return (present) => places.get(present) ?? 1;
}

/** Which tokens of a pointer are names, and whether a keyword would come next. */
function wildcards(tokens: readonly string[]): { readonly open: readonly boolean[]; readonly nextIsKeyword: boolean } {
  let named = false;
  const open = tokens.map((token, index) => {
    const isName =
      named ||
      /^\d+$/.test(token) ||
      (pathItemMethods.has(token) && index > 0 && (tokens[index - 1] ?? '').startsWith('/'));
    named = !named && HOLDERS_OF_NAMES.has(token);
    return isName;
  });
  return { open, nextIsKeyword: !named };
}

/** The keys of other maps in places like that of the tokens, the nearest first. */
function likeMaps(outline: Outline, tokens: readonly string[]): readonly (readonly string[])[] {
  const { open } = wildcards(tokens);
  const found: (readonly string[])[] = [];
  const visit = (node: OutlineNode | undefined, depth: number, own: boolean): void => {
    if (!node || found.length >= MOST_SAMPLES) return;
    if (depth === tokens.length) {
      if (node.kind === 'map' && !own) found.push(node.entries.map((entry) => entry.key));
      return;
    }
    const token = tokens[depth]!;
    if (node.kind === 'list') {
      const at = Number(token);
      for (const index of nearest(node.items.length, at)) visit(node.items[index], depth + 1, own && index === at);
    } else if (node.kind === 'map') {
      if (!open[depth]) {
        visit(valueAt(node, token), depth + 1, own);
        return;
      }
      const ownIndex = node.entries.findIndex((entry) => entry.key === token);
      for (const index of nearest(node.entries.length, Math.max(0, ownIndex))) {
        visit(readable(node.entries[index]!), depth + 1, own && index === ownIndex);
      }
    }
  };
  visit(outline.root, 0, true);
  return found;
}

function valueAt(map: OutlineMap, key: string): OutlineNode | undefined {
  const entry = map.entries.find((one) => one.key === key);
  return entry && readable(entry);
}

/** A part of the text may be broken that the edit does not touch: it has no say then. */
function readable(entry: OutlineEntry): OutlineNode | undefined {
  try {
    return entry.value;
  } catch (error) {
    if (error instanceof BrokenOutline) return undefined;
    throw error;
  }
}

/** Indexes by their distance from one of them. */
function nearest(count: number, from: number): readonly number[] {
  const indexes: number[] = [];
  for (let distance = 0; distance < count && indexes.length <= MOST_NEIGHBOURS; distance++) {
    if (from - distance >= 0 && from - distance < count) indexes.push(from - distance);
    if (distance > 0 && from + distance < count) indexes.push(from + distance);
  }
  return indexes;
}
