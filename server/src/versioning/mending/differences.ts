// Owns what it takes to make one part of a contract say what its past said: steps of edits, the smallest that there are.
// It must not know which difference matters.

import { pointerOf } from '../../base/pointer.ts';
import type { EditStep } from '../../contract/edit/steps.ts';
import { isPlain, type Plain } from '../../contract/edit/write.ts';
import type { ContractNode } from '../../contract/load/contract-node.ts';
import { canonical, sameData } from '../diff/sameness.ts';

/** A part of both states; one side may lack it. `tokens` are those of the revision. */
export interface Part {
  readonly tokens: readonly string[];
  readonly base: ContractNode | undefined;
  readonly revision: ContractNode | undefined;
}

/**
 * The parts on the way from the root to what tokens of one side name, the deepest first, up to the first that only one side has. Items of
 * lists are found by what they are called or by what they say, not by their number.
 */
export function wayTo(
  tokens: readonly string[],
  side: 'base' | 'revision',
  base: ContractNode,
  revision: ContractNode,
): readonly Part[] {
  const parts: Part[] = [{ tokens: [], base, revision }];
  for (const token of tokens) {
    const { tokens: above, base: before, revision: after } = parts[0]!;
    if (!before || !after) break;
    const [own, other] = side === 'base' ? [before, after] : [after, before];
    const child = childOf(own, token);
    if (!child) break;
    const match = own.kind === 'seq' ? matchOf(child, other) : { node: childOf(other, token), token };
    const [was, is] = side === 'base' ? [child, match?.node] : [match?.node, child];
    const listed = side === 'base' && own.kind === 'seq';
    const name = listed ? (match?.token ?? placeOf(child, own, other)) : token;
    parts.unshift({ tokens: [...above, name], base: was, revision: is });
  }
  return parts;
}

/**
 * The steps that make the revision's part say what the base's says; those that put come before those that take out. `text` is that of the
 * base's file, of which the handwriting is kept.
 */
export function differencesOf(part: Part, text: string, order?: readonly string[]): readonly EditStep[] {
  const steps = new Differences(text).of(part, order);
  const puts = steps.filter((step) => step.value !== undefined);
  return [...puts, ...steps.filter((step) => step.value === undefined).reverse()];
}

class Differences {
  constructor(private readonly text: string) {}

  of({ tokens, base, revision }: Part, order?: readonly string[]): readonly EditStep[] {
    const pointer = pointerOf(tokens);
    if (!base) return revision ? [{ pointer }] : [];
    const put = (): readonly EditStep[] => {
      const value = plainOf(base);
      const written = writtenIn(this.text, base);
      return value === undefined ? [] : [{ pointer, value, ...(order && { order }), ...(written && { written }) }];
    };
    if (!revision) return put();
    if (sameData(base, revision)) return [];
    if (base.kind === 'map' && revision.kind === 'map' && base.entries().length > 0) {
      const keys = base.entries().map((entry) => entry.token);
      const names = new Set([...keys, ...revision.entries().map((entry) => entry.token)]);
      return [...names].flatMap((name) =>
        this.of({ tokens: [...tokens, name], base: base.get(name), revision: revision.get(name) }, keys),
      );
    }
    return base.kind === 'seq' && revision.kind === 'seq' && base.items().length > 0
      ? this.inLists(tokens, base, revision)
      : put();
  }

  private inLists(tokens: readonly string[], base: ContractNode, revision: ContractNode): readonly EditStep[] {
    const left = [...revision.items()];
    const steps: EditStep[] = [];
    const lost: { readonly item: ContractNode; readonly at: number }[] = [];
    /** Where the next item that is gone would stand: behind the last one before it that is still there. */
    let next = 0;
    for (const item of base.items()) {
      const at = left.findIndex((candidate) => identityOf(candidate) === identityOf(item));
      const [match] = at < 0 ? [] : left.splice(at, 1);
      if (match) {
        steps.push(...this.of({ tokens: [...tokens, match.token], base: item, revision: match }));
        next = Number(match.token) + 1;
      } else lost.push({ item, at: next });
    }
    // What stands where another thing stood became it.
    const gone = lost.filter(({ item }) => {
      const there = left.findIndex((candidate) => candidate.token === item.token && bothMaps(candidate, item));
      const [match] = there < 0 ? [] : left.splice(there, 1);
      if (match) steps.push(...this.of({ tokens: [...tokens, match.token], base: item, revision: match }));
      return !match;
    });
    const put = (item: ContractNode, token: string) =>
      this.of({ tokens: [...tokens, token], base: item, revision: undefined });
    // From the last to the first, so that no number changes under those that come after; where others are taken out, at the end of the list.
    const puts =
      left.length > 0
        ? gone.flatMap(({ item }) => put(item, '-'))
        : gone.reverse().flatMap(({ item, at }) => put(item, String(at)));
    return [...steps, ...puts, ...left.map((item) => ({ pointer: pointerOf([...tokens, item.token]) }))];
  }
}

const bothMaps = (one: ContractNode, other: ContractNode): boolean =>
  one.kind === 'map' && other.kind === 'map' && other.entries().length > 0;

/** The number that an item would have which only the base has: behind the nearest one before it that both have. */
function placeOf(item: ContractNode, list: ContractNode, other: ContractNode): string {
  const before = list.items().slice(0, Number(item.token)).reverse();
  for (const sibling of before) {
    const match = matchOf(sibling, other);
    if (match) return String(Number(match.token) + 1);
  }
  return '0';
}

function matchOf(item: ContractNode, list: ContractNode): { node: ContractNode; token: string } | undefined {
  const items = list.kind === 'seq' ? list.items() : [];
  const wanted = identityOf(item);
  const node = items.find((candidate) => identityOf(candidate) === wanted) ?? insteadOf(item, list);
  return node && { node, token: node.token };
}

/** The item that stands where another one stood, when both are maps and neither list has the other's. */
function insteadOf(item: ContractNode, list: ContractNode): ContractNode | undefined {
  const there = list.kind === 'seq' ? list.items()[Number(item.token)] : undefined;
  if (there?.kind !== 'map' || item.kind !== 'map') return undefined;
  const own = item.parent?.items() ?? [];
  const elsewhere = own.some((sibling) => identityOf(sibling) === identityOf(there));
  return elsewhere ? undefined : there;
}

/** What an item is known by: what it refers to, its name and place, or all that it says. */
function identityOf(item: ContractNode): string {
  if (item.kind === 'map') {
    const reference = item.get('$ref')?.text;
    if (reference !== undefined) return `$ref ${reference}`;
    const name = item.get('name')?.text;
    if (name !== undefined) return `${item.get('in')?.text ?? ''} ${name}`;
  }
  return canonical(item.data());
}

const childOf = (node: ContractNode, token: string): ContractNode | undefined =>
  node.kind === 'seq' ? node.items()[Number(token)] : node.get(token);

/** The lines of an entry of a block, from its key on; undefined where it is written in another way, or shares something with others. */
function writtenIn(text: string, node: ContractNode): readonly string[] | undefined {
  if (node.parent?.kind !== 'map') return undefined;
  const { start } = node.keyPlace;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  const lineEnd = text.indexOf('\n', Math.max(start, node.end - 1));
  const stop = lineEnd < 0 ? text.length : lineEnd;
  // Within braces, the line goes on with what belongs to others.
  if (!/^\s*(?:#.*)?$/.test(text.slice(node.end, stop))) return undefined;
  const own = text.slice(start, stop).trimEnd();
  // Anchors and aliases belong to more than this entry, and a scalar that keeps its last line breaks is not cut off.
  if (!/^ *$/.test(indent) || !/^['"]?[\w$/]/.test(own) || /(?:[\s[{,]|^)[&*]\w|[|>]\d?\+/.test(own)) return undefined;
  const [first = '', ...rest] = own.split(/\r?\n/);
  if (/[[{]$|^[^:#]*$/.test(first)) return undefined;
  const inside = (line: string): boolean =>
    line.trim() === '' || line.startsWith(`${indent} `) || line.startsWith(`${indent}- `);
  if (!rest.every(inside)) return undefined;
  return [first, ...rest.map((line) => line.slice(indent.length))];
}

function plainOf(node: ContractNode): Plain | undefined {
  const data = node.data();
  return !node.broken && isPlain(data) ? data : undefined;
}
