// Owns the $ref graph: from a reference's text to the node that it means, over files, and every reason to refuse one.
// It must not know what the nodes mean, and never reaches outside of the workspace or the machine.

import type { FileSource } from '../../base/host.ts';
import { tokensOf } from '../../base/pointer.ts';
import type { ContractProblem } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import type { ContractDocument } from './document.ts';
import { Identities, resolveUri } from './identities.ts';

/** Gives the document of a file, or why there is none. */
export type OpenDocument = (file: string) => ContractDocument | { readonly failure: string };

/** What a node is once its `$ref` is followed. */
export type Followed =
  /** `via` is the last `$ref` value that was followed, if any. */
  | { readonly node: ContractNode; readonly via?: ContractNode }
  | { readonly problem: ContractProblem; readonly via: ContractNode };

export type Target = { readonly node: ContractNode } | { readonly problem: ContractProblem };

/** What is wrong with a reference, wherever it stands. */
export type Refused = Pick<ContractProblem, 'kind' | 'message'>;

export type Found = { readonly node: ContractNode } | Refused;

const longestChain = 32;

/** How a message goes on after "names a file that". */
const unread: ReadonlyMap<string, string> = new Map([
  ['missing', 'does not exist'],
  ['too-large', 'is too large to be read'],
  ['binary', 'holds NUL bytes and is not read'],
  ['outside', 'lies outside of the workspace and is not read'],
]);

/** A reference as messages show it: a line of a megabyte helps nobody. */
export const quoted = (text: string): string => `"${text.length > 120 ? `${text.slice(0, 119)}\u2026` : text}"`;

export class References {
  private readonly found = new Map<string, Found>();
  private spellings: ReadonlyMap<string, string> | undefined;
  private exact: ReadonlySet<string> | undefined;
  private readonly identities = new Map<ContractDocument, Identities | undefined>();

  constructor(
    private readonly files: Pick<FileSource, 'roots' | 'list' | 'remote'>,
    private readonly open: OpenDocument,
    /** Documents that are put together with the root at run time: a local reference may mean a part of one of them. */
    private readonly siblings: readonly ContractDocument[] = [],
  ) {}

  /** Follows a node's `$ref`, and that of its target, to a node without one. A node without `$ref` is its own answer. */
  follow(node: ContractNode): Followed {
    const reference = referenceOf(node);
    if (!reference) return { node };
    const seen = new Set<string>([idOf(node)]);
    let current = node;
    let next: ContractNode | undefined = reference;
    while (next) {
      const target = this.target(next);
      if ('problem' in target) return { problem: target.problem, via: reference };
      current = target.node;
      const id = idOf(current);
      if (seen.has(id) || seen.size > longestChain) {
        return {
          problem: {
            kind: 'reference-cycle',
            message: `The reference ${quoted(reference.text ?? '')} leads back to itself`,
            place: reference.place,
          },
          via: reference,
        };
      }
      seen.add(id);
      next = referenceOf(current);
    }
    return { node: current, via: reference };
  }

  /** The node that a `$ref` value names, not followed further. */
  target(reference: ContractNode): Target {
    const text = reference.text ?? '';
    const found = this.named(reference, text) ?? this.find(reference.home, text);
    return 'node' in found ? found : { problem: { ...found, place: reference.place } };
  }

  /** The schema that a `$dynamicRef` means; undefined when none or several could be meant. */
  dynamicTarget(reference: ContractNode): ContractNode | undefined {
    const text = reference.text ?? '';
    const document = this.open(reference.file);
    if ('failure' in document) return undefined;
    const targets = this.identitiesOf(document)?.dynamicTargets(text.slice(text.indexOf('#') + 1)) ?? [];
    if (targets.length === 1) return targets[0];
    // Without a dynamic anchor it is a plain reference, as the specification says.
    const found = targets.length === 0 ? this.target(reference) : undefined;
    return found && 'node' in found ? found.node : undefined;
  }

  /** Whether schemas of a file give themselves names, so that what a reference means depends on where it stands. */
  hasNames(document: ContractDocument): boolean {
    return this.identitiesOf(document) !== undefined;
  }

  /** What a reference means by the names that schemas of its document give themselves; undefined when these say nothing of it. */
  private named(reference: ContractNode, text: string): Found | undefined {
    const document = this.open(reference.file);
    const identities = 'failure' in document ? undefined : this.identitiesOf(document);
    if (!identities) return undefined;
    const base = identities.baseOf(reference.pointer);
    const uri = resolveUri(text, base);
    if (uri === undefined) return undefined;
    const hash = uri.indexOf('#');
    const resource = identities.resource(hash < 0 ? uri : uri.slice(0, hash));
    if (!resource) return undefined;
    const fragment = hash < 0 ? '' : uri.slice(hash + 1);
    const inside = fragment === '' || fragment.startsWith('/');
    const node = inside
      ? this.walk(resource, tokensOf(`#${fragment}`), 0)
      : identities.anchored(uri.slice(0, hash), fragment);
    return node && { node };
  }

  private identitiesOf(document: ContractDocument): Identities | undefined {
    if (!this.identities.has(document)) this.identities.set(document, Identities.of(document));
    return this.identities.get(document);
  }

  /** The node that a reference in a file names, or what is wrong with it; the same answer for the same text. */
  find(file: string, text: string, depth = 0): Found {
    const key = `${file}\n${text}`;
    let found = this.found.get(key);
    if (!found) {
      found = this.search(file, text, depth);
      this.found.set(key, found);
    }
    return found;
  }

  /** The document that a reference in a file leads into, whether or not what it names is there. */
  documentOf(file: string, text: string): ContractDocument | undefined {
    const located = this.locate(text.split('#', 1)[0]!, file, text);
    const document = typeof located === 'string' ? this.open(located) : undefined;
    return document && 'failure' in document ? undefined : document;
  }

  private search(file: string, text: string, depth: number): Found {
    const hash = text.indexOf('#');
    const location = hash < 0 ? text : text.slice(0, hash);
    const fragment = hash < 0 ? '' : text.slice(hash + 1);
    const located = this.locate(location, file, text);
    if (typeof located !== 'string') return located;
    const document = this.open(located);
    if ('failure' in document) {
      const kind = document.failure === 'outside' ? 'outside-workspace' : 'unresolved-reference';
      if (document.failure === 'missing' && this.files.remote?.holds(located)) {
        const message = `The reference ${quoted(text)} names a document of another host of which there is no copy yet`;
        return { kind: 'remote-reference', message };
      }
      const why = (document.failure === 'missing' && this.otherCase(located)) || unread.get(document.failure);
      if (why === undefined) return { kind, message: `The reference ${quoted(text)} names a file that cannot be read` };
      return { kind, message: `The reference ${quoted(text)} names a file that ${why}` };
    }
    const written = location === '' ? undefined : this.otherCase(located);
    if (written !== undefined) {
      return { kind: 'unresolved-reference', message: `The reference ${quoted(text)} names a file that ${written}` };
    }
    if (fragment !== '' && !fragment.startsWith('/')) {
      const identities = this.identitiesOf(document);
      const anchored = identities?.anchored(identities.baseOf(''), fragment);
      if (anchored) return { node: anchored };
      return { kind: 'unresolved-reference', message: `Nothing in the document has the anchor ${quoted(fragment)}` };
    }
    const tokens = tokensOf(`#${fragment}`);
    for (const root of [document, ...(location === '' ? this.siblings : [])]) {
      const node = this.walk(root.root, tokens, depth);
      if (node) return { node };
    }
    return { kind: 'unresolved-reference', message: `The reference ${quoted(text)} names nothing in the document` };
  }

  /** The absolute path that a reference's part before `#` names, when it may be read. */
  private locate(location: string, file: string, text: string): string | Refused {
    if (location === '') return file;
    const beside = this.besideSelf(location, file);
    if (beside !== undefined) return beside;
    const { remote } = this.files;
    if (remote?.holds(file)) {
      // What another host wrote means what lies there, and never a file of this machine.
      const message = `The reference ${quoted(text)} of a document of another host names a host that nobody allows`;
      return remote.beside(file, location) ?? { kind: 'remote-reference', message };
    }
    if (/^(?:https?:)?\/\//i.test(location)) {
      return (
        remote?.pathOf(location) ?? {
          kind: 'remote-reference',
          message: `The reference ${quoted(text)} names another host, which is never asked unless somebody allows it`,
        }
      );
    }
    const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(location)?.[1]?.toLowerCase();
    if (scheme !== undefined && scheme !== 'file') {
      return { kind: 'remote-reference', message: `The reference ${quoted(text)} is no file of the workspace` };
    }
    const path = resolvePath(directoryOf(file), decodePath(location.replace(/^file:(?:\/\/)?/i, '')));
    if (this.isInside(path)) return path;
    return {
      kind: 'outside-workspace',
      message: `The reference ${quoted(text)} leads out of the workspace and is not read`,
    };
  }

  /** The file that an absolute URI names by the document's own `$self` (OpenAPI 3.2): what lies beside it there lies beside it here. */
  private besideSelf(location: string, file: string): string | undefined {
    if (!/^https?:\/\//i.test(location)) return undefined;
    const document = this.open(file);
    const self = 'failure' in document ? undefined : this.identitiesOf(document)?.self;
    const uri = self === undefined ? undefined : resolveUri(location, self);
    if (self === undefined || uri === undefined) return undefined;
    if (uri === self) return file;
    const folder = self.slice(0, self.lastIndexOf('/') + 1);
    if (!uri.startsWith(folder)) return undefined;
    const path = resolvePath(directoryOf(file), decodePath(uri.slice(folder.length)));
    return this.isInside(path) && !('failure' in this.open(path)) ? path : undefined;
  }

  /** What is wrong with a path that only a system without upper and lower case in names would find; undefined when nothing is. */
  private otherCase(path: string): string | undefined {
    if (!this.spellings) {
      this.spellings = new Map(this.files.list().map((file) => [file.toLowerCase(), file]));
      this.exact = new Set(this.files.list());
    }
    const listed = this.exact?.has(path) ? undefined : this.spellings.get(path.toLowerCase());
    if (listed === undefined) return undefined;
    return `is written "${listed.slice(listed.lastIndexOf('/') + 1)}": upper and lower case differ, which not every system forgives`;
  }

  private isInside(path: string): boolean {
    return this.files.roots.some((root) => path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`));
  }

  /** Walks tokens, following references that stand in between (a pointer may go through them). */
  private walk(root: ContractNode, tokens: readonly string[], depth: number): ContractNode | undefined {
    let node = root;
    for (const token of tokens) {
      let child = node.get(token);
      const reference = child ? undefined : referenceOf(node);
      if (reference && depth < longestChain) {
        const found = this.find(reference.home, reference.text ?? '', depth + 1);
        child = 'node' in found ? found.node.get(token) : undefined;
      }
      if (!child) return undefined;
      node = child;
    }
    return node;
  }
}

/** The `$ref` value of a map, when it has one that is text. */
export function referenceOf(node: ContractNode): ContractNode | undefined {
  if (node.kind !== 'map' || node.string('$ref') === undefined) return undefined;
  return node.get('$ref');
}

/** An identity for a node within one state of the workspace. */
export const idOf = (node: ContractNode): string => `${node.file}#${node.pointer}`;

const directoryOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function resolvePath(directory: string, relative: string): string {
  const absolute = relative.startsWith('/') || /^[a-z]:\//i.test(relative);
  const parts: string[] = [];
  for (const part of (absolute ? relative : `${directory}/${relative}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const path = parts.join('/');
  return /^[a-z]:/i.test(path) ? path : `/${path}`;
}
