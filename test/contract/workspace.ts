// Owns a workspace of texts for the tests of the contract room. It must not know contracts.

import type { FileSource, ReadFailure, ReadResult } from '../../server/src/base/host.ts';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import type { Contract, Operation } from '../../server/src/contract/model.ts';

/** Texts by path below `/w`; a failure stands for a file that cannot be read. */
export type Texts = Readonly<Record<string, string | { readonly failure: ReadFailure }>>;

/** A file source over texts. Reads are counted in `reads`. */
export function workspaceOf(texts: Texts): FileSource & { readonly reads: string[] } {
  const files = new Map(Object.entries(texts).map(([path, text]) => [`/w/${path}`, text]));
  const reads: string[] = [];
  return {
    roots: ['/w'],
    reads,
    list: () => [...files.keys()].sort(),
    exists: (path) => files.has(path),
    version: (path) => {
      const text = files.get(path);
      return text === undefined ? undefined : typeof text === 'string' ? text : text.failure;
    },
    read: (path): ReadResult => {
      reads.push(path);
      const text = files.get(path);
      if (text === undefined) return { failure: 'missing' };
      return typeof text === 'string' ? { text } : text;
    },
  };
}

/** The contracts of a workspace of texts. */
export const contractsOf = (texts: Texts): readonly Contract[] => new ContractRoom().contracts(workspaceOf(texts));

/** The only contract of a workspace; a text alone is `openapi.yaml`. */
export function contractOf(texts: Texts | string): Contract {
  const contracts = contractsOf(typeof texts === 'string' ? { 'openapi.yaml': texts } : texts);
  if (contracts.length !== 1)
    throw new Error(`expected one contract, found ${contracts.map((contract) => contract.file).join(', ')}`);
  return contracts[0]!;
}

/** An operation by its key, e.g. `GET /a`. */
export function operationOf(contract: Contract, key: string): Operation {
  const operation = contract.operations.find((candidate) => candidate.key === key);
  if (!operation)
    throw new Error(`no operation ${key} among ${contract.operations.map((candidate) => candidate.key).join(', ')}`);
  return operation;
}

/** The text that a place covers. */
export function textAt(texts: Texts | string, place: { file: string; start: number; end: number }): string {
  const text = typeof texts === 'string' ? texts : texts[place.file.replace('/w/', '')];
  return typeof text === 'string' ? text.slice(place.start, place.end) : '';
}
