// Owns finding the named parts of a contract and everything that names them. It must not know an editor.

import type { ContractNode } from '../load/contract-node.ts';
import type { ContractDocument } from '../load/document.ts';
import type { FoundOperation } from '../load/operations.ts';
import type { References } from '../load/references.ts';
import type { ContractPlace } from '../model.ts';
import type { ContractSymbols, NamedPart, PartKind, PartUse } from './model.ts';

/** What is searched. */
export interface SymbolSources {
  readonly root: ContractDocument;
  readonly documents: readonly ContractDocument[];
  readonly operations: readonly FoundOperation[];
  readonly references: References;
}

/** Deeper than this nothing has a discriminator. */
const deepest = 40;

/** Most nodes that are looked at for discriminators: aliases may make a small text a large tree. */
const mostNodes = 200_000;

/** Where a file keeps parts under names of their own; everything else that is referred to has a key that means something. */
const kept =
  /^\/components\/[^/]+\/[^/]+$|^\/(?:definitions|\$defs|schemas|parameters|responses|headers|requestBodies|examples|links|callbacks|pathItems)\/[^/]+$/;

/** Every named part and every use, in the order of files and texts. */
export function findSymbols(sources: SymbolSources): ContractSymbols {
  const finding = new Finding(sources);
  for (const document of sources.documents) finding.components(document);
  finding.operations();
  finding.tags();
  finding.security();
  for (const document of sources.documents) finding.usesIn(document);
  return { parts: finding.parts, uses: finding.uses };
}

class Finding {
  readonly parts = new Map<string, NamedPart>();
  readonly uses: PartUse[] = [];
  private nodesLeft = mostNodes;

  constructor(private readonly sources: SymbolSources) {}

  /** The parts that a file keeps under names of their own. Security schemes are looked for in the root alone. */
  components({ root, file }: ContractDocument): void {
    const sections = [
      ...(root.get('components')?.entries() ?? []),
      ...['definitions', 'parameters', 'responses', 'securityDefinitions'].flatMap((key) => root.get(key) ?? []),
    ];
    for (const section of sections) {
      if (section.kind !== 'map') continue;
      const names = section.token === 'securitySchemes' || section.token === 'securityDefinitions';
      const isScheme = names && file === this.sources.root.file;
      for (const entry of section.entries()) {
        const id = isScheme ? schemeId(entry.token) : idOf(entry);
        this.note(id, isScheme ? 'security-scheme' : 'component', entry.token, entry.keyPlace, entry.place);
      }
    }
  }

  operations(): void {
    for (const { node } of this.sources.operations) {
      const name = node.get('operationId');
      if (name?.text !== undefined) this.note(operationId(name.text), 'operation', name.text, name.place, node.place);
      for (const tag of node.get('tags')?.items() ?? []) this.named(tag, tag.text === undefined ? '' : tagId(tag.text));
      for (const requirement of node.get('security')?.items() ?? []) this.requirement(requirement);
      if (node.mentions('links')) this.links(node.get('responses'));
    }
  }

  tags(): void {
    for (const tag of this.sources.root.root.get('tags')?.items() ?? []) {
      const name = tag.get('name');
      if (name?.text !== undefined) this.note(tagId(name.text), 'tag', name.text, name.place, tag.place);
      const parent = tag.get('parent');
      if (parent?.text !== undefined) this.named(parent, tagId(parent.text));
    }
  }

  security(): void {
    for (const requirement of this.sources.root.root.get('security')?.items() ?? []) this.requirement(requirement);
  }

  usesIn(document: ContractDocument): void {
    for (const { text, pointer, start, end } of document.references()) {
      const found = this.sources.references.find(document.home, text);
      if (!('node' in found)) continue;
      const { node } = found;
      this.note(idOf(node), this.isKept(node) ? 'component' : 'part', node.token, node.keyPlace, node.place);
      this.use(idOf(node), 'reference', { file: document.file, pointer, start, end });
    }
    if (document.text.includes('mapping')) this.mappings(document, document.root, 0);
  }

  /** Whether the key of a node is a name that nothing but references depends on. A fragment may keep its parts at its first level. */
  private isKept(node: ContractNode): boolean {
    if (kept.test(node.pointer)) return true;
    return node.file !== this.sources.root.file && node.parent?.pointer === '' && node.kind === 'map';
  }

  private links(responses: ContractNode | undefined): void {
    for (const response of responses?.entries() ?? []) {
      for (const link of response.get('links')?.entries() ?? []) {
        const name = link.get('operationId');
        if (name?.text !== undefined) this.named(name, operationId(name.text));
      }
    }
  }

  private requirement(requirement: ContractNode): void {
    for (const scheme of requirement.entries()) this.use(schemeId(scheme.token), 'name', scheme.keyPlace);
  }

  /** The values of discriminators' mappings: a name of a schema, or a reference to one. */
  private mappings(document: ContractDocument, node: ContractNode, depth: number): void {
    if (depth > deepest || this.nodesLeft-- < 0 || node.kind === 'scalar' || !node.mentions('mapping')) return;
    for (const entry of node.get('discriminator')?.get('mapping')?.entries() ?? []) {
      const { text } = entry;
      if (text === undefined) continue;
      const isName = /^[\w.-]+$/.test(text) && !/\.(?:json|ya?ml)$/i.test(text);
      const found = this.sources.references.find(document.home, isName ? `#/components/schemas/${text}` : text);
      if ('node' in found) this.use(idOf(found.node), isName ? 'name' : 'reference', entry.place);
    }
    for (const child of node.kind === 'map' ? node.entries() : node.items()) this.mappings(document, child, depth + 1);
  }

  private named(node: ContractNode, id: string): void {
    if (id !== '') this.use(id, 'name', node.place);
  }

  private use(id: string, written: PartUse['written'], place: ContractPlace): void {
    this.uses.push({ id, written, place });
  }

  /** The first of a name stands; what is known by a better word than `part` keeps it. */
  private note(id: string, kind: PartKind, name: string, place: ContractPlace, whole: ContractPlace): void {
    if (!this.parts.has(id)) this.parts.set(id, { id, kind, name, place, whole });
  }
}

const idOf = (node: ContractNode): string => `${node.file}#${node.pointer}`;
const schemeId = (name: string): string => `security ${name}`;
const operationId = (name: string): string => `operation ${name}`;
const tagId = (name: string): string => `tag ${name}`;
