// Owns the names that schemas give themselves (JSON Schema 2020-12): `$id`, `$anchor`, `$dynamicAnchor`, and a document's `$self`.
// It must not follow references, nor open files.

import type { ContractNode } from './contract-node.ts';
import type { ContractDocument } from './document.ts';

/** The base of a document that names itself nowhere: no reference of anybody's can lead there by chance. */
const unnamed = 'contract:///';

/** Nodes that are looked at for names; contracts that name their schemas are small. */
const mostNodes = 500_000;

/** Keys below which everything is data. */
const dataKeys: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const', 'value', 'mapping']);

/** The names of one document. */
export class Identities {
  /** Absolute URI, with the anchor behind `#`, to the schema of that name. */
  private readonly byUri = new Map<string, ContractNode>();
  private readonly dynamic = new Map<string, ContractNode[]>();
  /** Pointers of the schemas that have an `$id`, with the URI that it makes. */
  private readonly bases = new Map<string, string>();

  /** The document's own URI; undefined when it says none. */
  readonly self: string | undefined;

  private constructor(document: ContractDocument) {
    const self = document.root.get('$self')?.text;
    this.self = self === undefined ? undefined : resolveUri(self, unnamed);
    const base = this.self ?? unnamed;
    this.byUri.set(base, document.root);
    this.collect(document.root, base);
  }

  /** The names of a document; undefined when it has none, which a look at its text tells. */
  static of(document: ContractDocument): Identities | undefined {
    return document.mayName ? new Identities(document) : undefined;
  }

  /** The URI against which a reference at a pointer is resolved. */
  baseOf(pointer: string): string {
    let at = pointer;
    for (;;) {
      const base = this.bases.get(at);
      if (base !== undefined) return base;
      const slash = at.lastIndexOf('/');
      if (slash < 0) return this.self ?? unnamed;
      at = at.slice(0, slash);
    }
  }

  /** The schema resource that a URI without a fragment names. */
  resource(uri: string): ContractNode | undefined {
    return this.byUri.get(uri);
  }

  /** The schema that has an anchor in the resource of a URI. */
  anchored(uri: string, anchor: string): ContractNode | undefined {
    return this.byUri.get(`${uri}#${anchor}`);
  }

  /** Every schema with a `$dynamicAnchor` of this name. */
  dynamicTargets(anchor: string): readonly ContractNode[] {
    return this.dynamic.get(anchor) ?? [];
  }

  private collect(root: ContractNode, rootBase: string): void {
    const waiting: { node: ContractNode; base: string; names: boolean }[] = [
      { node: root, base: rootBase, names: false },
    ];
    for (let seen = 0; seen < mostNodes; seen++) {
      const next = waiting.pop();
      if (!next) return;
      const { node, names } = next;
      const base = names ? next.base : this.note(node, next.base);
      for (const child of node.kind === 'seq' ? node.items() : node.entries()) {
        if (!names && (dataKeys.has(child.token) || child.token.startsWith('x-'))) continue;
        if (child.kind === 'scalar' || !child.mentions('$')) continue;
        waiting.push({ node: child, base, names: !names && child.token === 'properties' });
      }
    }
  }

  /** Notes what a node calls itself; gives the base of what stands below it. */
  private note(node: ContractNode, base: string): string {
    let own = base;
    const id = node.string('$id');
    const uri = id === undefined ? undefined : resolveUri(id, base);
    if (uri !== undefined) {
      own = uri.replace(/#.*$/, '');
      this.bases.set(node.pointer, own);
      if (!this.byUri.has(own)) this.byUri.set(own, node);
    }
    for (const key of ['$anchor', '$dynamicAnchor']) {
      const anchor = node.string(key);
      if (anchor === undefined) continue;
      const name = `${own}#${anchor}`;
      if (!this.byUri.has(name)) this.byUri.set(name, node);
      if (key === '$dynamicAnchor') this.dynamic.set(anchor, [...(this.dynamic.get(anchor) ?? []), node]);
    }
    return own;
  }
}

/** A reference against a base, as an absolute URI; undefined for what is no URI. */
export function resolveUri(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}
