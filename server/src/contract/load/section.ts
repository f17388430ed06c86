// Owns any part of a contract as somebody names it from outside: its place, its names, and the identity of what it means.
// It must not know who names it.

import { digest } from '../../base/hash.ts';
import { pathItemMethods } from '../../base/method.ts';
import type { ContractSection } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import type { ContractDocument } from './document.ts';
import { lazily } from './lazily.ts';
import { idOf, type References, referenceOf } from './references.ts';

/** The part at a pointer of a document; undefined when nothing is there. */
export function findSection(
  document: ContractDocument,
  pointer: string,
  references: References,
): ContractSection | undefined {
  const found = references.find(document.file, `#${pointer.replaceAll('%', '%25')}`);
  if (!('node' in found)) return undefined;
  const { node } = found;
  const followed = lazily(() => {
    const target = references.follow(node);
    return 'node' in target ? target.node : node;
  });
  return {
    place: node.place,
    keyPlace: node.keyPlace,
    names: () =>
      followed().kind === 'map'
        ? followed()
            .entries()
            .map((entry) => entry.token)
        : [],
    caption: () => {
      const [said] = ['summary', 'title', 'description'].flatMap((key) => followed().string(key) ?? []);
      return said;
    },
    pin: lazily(() => pinOf(node, references)),
  };
}

/** More parts than any one section has; what is larger has no identity that could be trusted. */
const mostParts = 400_000;
const deepest = 300;

/** Lists whose order means nothing. */
const sets = new Set(['required', 'enum', 'tags', 'type', 'schemes', 'consumes', 'produces']);
/** Texts for readers, in which white space means nothing. */
const prose = new Set(['description', 'summary', 'title']);
const layout = new Set(['x-fidelity-ignore']);

function pinOf(node: ContractNode, references: References): string | undefined {
  const normal = new NormalText(references);
  const own = normal.of(node, new Set(['operationId']));
  const inherited = inheritedParameters(node);
  const shared = inherited ? normal.of(inherited) : '';
  const text = [own, shared, ...normal.components()];
  return normal.unreadable ? undefined : digest(text, 8);
}

/** What a path says for all of its operations is a part of each. */
function inheritedParameters(node: ContractNode): ContractNode | undefined {
  if (!pathItemMethods.has(node.token)) return undefined;
  return node.parent?.parent?.token === 'paths' ? node.parent.get('parameters') : undefined;
}

/**
 * One text for all ways to write the same thing. References are numbered in the order in which they are met, and what they lead to is
 * written once under its number, so that neither names nor cycles matter.
 */
class NormalText {
  unreadable = false;
  private readonly numbers = new Map<string, number>();
  private readonly waiting: ContractNode[] = [];
  private parts = 0;

  constructor(private readonly references: References) {}

  /** The normal text of a node without the given keys of its own. */
  of(node: ContractNode, without: ReadonlySet<string> = new Set()): string {
    return this.write(node, 0, without);
  }

  /** The normal texts of everything that was referred to so far, and of what that refers to. */
  components(): string[] {
    const texts: string[] = [];
    for (let index = 0; index < this.waiting.length; index++) texts.push(this.write(this.waiting[index]!, 0));
    return texts;
  }

  private write(node: ContractNode, depth: number, without?: ReadonlySet<string>): string {
    this.parts++;
    if (node.broken || this.parts > mostParts || depth > deepest) {
      this.unreadable = true;
      return '';
    }
    const reference = referenceOf(node);
    if (reference) return this.reference(node, reference, depth);
    switch (node.kind) {
      case 'scalar':
        return scalar(node);
      case 'seq':
        return this.list(node, depth);
      case 'map': {
        const entries = node
          .entries()
          .filter(({ token }) => !layout.has(token) && without?.has(token) !== true)
          .sort((a, b) => (a.token < b.token ? -1 : a.token > b.token ? 1 : 0));
        return `{${entries.map((entry) => `${JSON.stringify(entry.token)}:${this.write(entry, depth + 1)}`).join(',')}}`;
      }
    }
  }

  private list(node: ContractNode, depth: number): string {
    const items = node.items();
    if (node.token === 'parameters') items.sort((a, b) => compare(this.parameterName(a), this.parameterName(b)));
    const texts = items.map((item) => this.write(item, depth + 1));
    if (sets.has(node.token) && items.every((item) => item.kind === 'scalar')) texts.sort();
    return `[${texts.join(',')}]`;
  }

  private parameterName(node: ContractNode): string {
    const target = this.references.follow(node);
    const parameter = 'node' in target ? target.node : node;
    return `${parameter.string('in') ?? ''} ${parameter.string('name') ?? ''}`;
  }

  private reference(node: ContractNode, reference: ContractNode, depth: number): string {
    const target = this.references.target(reference);
    // What a reference names and cannot be found is known by its text alone.
    const name = 'node' in target ? this.numberOf(target.node) : JSON.stringify(reference.text);
    const beside = node
      .entries()
      .filter(({ token }) => token !== '$ref' && !layout.has(token))
      .sort((a, b) => compare(a.token, b.token))
      .map((entry) => `,${JSON.stringify(entry.token)}:${this.write(entry, depth + 1)}`);
    return `{"$ref":${name}${beside.join('')}}`;
  }

  private numberOf(target: ContractNode): number {
    const id = idOf(target);
    let number = this.numbers.get(id);
    if (number === undefined) {
      number = this.waiting.length;
      this.numbers.set(id, number);
      this.waiting.push(target);
    }
    return number;
  }
}

function scalar(node: ContractNode): string {
  const { value } = node;
  if (typeof value === 'string' && prose.has(node.token)) return JSON.stringify(value.replace(/\s+/g, ' ').trim());
  return JSON.stringify(value ?? null);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
