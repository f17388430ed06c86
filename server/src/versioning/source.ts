// Owns one state of one contract as the comparison reads it: its root, its references, its files.
// It must not know where the state comes from (a working tree, a git revision, a buffer): a FileSource says.

import type { FileSource } from '../base/host.ts';
import type { ContractNode } from '../contract/load/contract-node.ts';
import { largestContract, specificationOf } from '../contract/load/discovery.ts';
import { ContractDocument } from '../contract/load/document.ts';
import { References } from '../contract/load/references.ts';
import type { ContractPlace, SpecificationVersion } from '../contract/model.ts';

/** One state of a contract. */
export interface ContractSource {
  /** The root's path in the FileSource that it was read from. */
  readonly file: string;
  readonly document: ContractDocument;
  readonly root: ContractNode;
  readonly references: References;
  readonly specification: SpecificationVersion;
  /** `info.version` as written; empty when there is none. */
  readonly version: string;
  readonly versionPlace: ContractPlace;
  readonly title: string;
  /** Every document that was opened so far, the root among them. */
  readonly documents: ReadonlyMap<string, ContractDocument>;
  /** Why nothing is proved by silence: broken text in the root. Empty when it was read in full. */
  readonly faults: readonly string[];
}

export type Opened = ContractSource | { readonly failure: string };

interface Kept {
  readonly version: string | undefined;
  readonly document: ContractDocument;
}

/** Opens contracts, and keeps the blocks of a document that an edit left alone. */
export class ContractSources {
  private readonly kept = new Map<string, Kept>();

  /**
   * The contract at a path, or why it cannot be compared, as a clause without a full stop. Never throws.
   * `like` is another state of it: what both have in common is read once.
   */
  open(files: FileSource, file: string, like?: ContractSource): Opened {
    const documents = new Map<string, ContractDocument>();
    const load = (path: string): ContractDocument | { readonly failure: string } => {
      const known = documents.get(path);
      if (known) return known;
      const document = this.document(files, path, path === file ? like?.document : like?.documents.get(path));
      if (!('failure' in document)) documents.set(path, document);
      return document;
    };
    const document = load(file);
    if ('failure' in document) return { failure: failures.get(document.failure) ?? 'it cannot be read' };
    const specification = specificationOf(document.root);
    if (!specification) return { failure: 'it is no OpenAPI 3.x or Swagger 2.0 document' };
    const info = document.root.get('info');
    const version = info?.get('version');
    return {
      file,
      document,
      root: document.root,
      references: new References(files, load),
      specification: specification.version,
      version: version?.text ?? '',
      versionPlace: version?.place ?? info?.keyPlace ?? document.root.place,
      title: info?.get('title')?.text ?? '',
      documents,
      get faults() {
        return document.faults().flatMap((fault) => (fault.kind === 'invalid' ? [] : [fault.message]));
      },
    };
  }

  private document(
    files: FileSource,
    path: string,
    like: ContractDocument | undefined,
  ): ContractDocument | { readonly failure: string } {
    const version = files.version(path);
    const kept = this.kept.get(path);
    if (kept && kept.version === version) return kept.document;
    const read = files.read(path);
    if ('failure' in read) return { failure: read.failure };
    if (read.text.length > largestContract) return { failure: 'too-large' };
    const document = kept
      ? new ContractDocument(path, read.text, kept.document)
      : new ContractDocument(path, read.text, like, {}, 'alike');
    this.kept.set(path, { version, document });
    return document;
  }
}

const failures: ReadonlyMap<string, string> = new Map([
  ['missing', 'it does not exist'],
  ['too-large', `it is larger than ${largestContract / 1_000_000} MB`],
  ['binary', 'it holds NUL bytes'],
  ['outside', 'it lies outside of the workspace'],
]);
