// Owns what a tag's target means over all contracts of a workspace: operation, part of an operation, or pointer into a file.
// It must not know comments, nor what is done with the answer.

import { childPointer, pointerOf, tokensOf } from '../base/pointer.ts';
import { within } from '../base/relative.ts';
import type { Contract, ContractPlace, Operation } from '../contract/model.ts';
import type { LinkedSection, Resolution } from './model.ts';
import { nearestTexts } from './nearest.ts';

/** The target that a tag says, taken apart. */
export type Target =
  | { readonly form: 'operation'; readonly operationId: string; readonly part?: string }
  | { readonly form: 'pointer'; readonly path: string; readonly pointer: string };

/** Reads a target: what stands before `#` is a file when what stands behind it is a pointer. */
export function readTarget(target: string): Target {
  const hash = target.indexOf('#');
  if (hash === -1) return { form: 'operation', operationId: target };
  const before = target.slice(0, hash);
  const behind = target.slice(hash + 1);
  if (before === '' || behind.startsWith('/') || /\.(?:ya?ml|json)$/i.test(before)) {
    return { form: 'pointer', path: before, pointer: behind };
  }
  return { form: 'operation', operationId: before, part: behind };
}

/** Answers targets for one state of the contracts. */
export class Resolver {
  private byOperationId: Map<string, { contract: Contract; operation: Operation }[]> | undefined;
  private readonly known = new Map<string, Resolution>();

  constructor(
    private readonly contracts: readonly Contract[],
    private readonly roots: readonly string[],
  ) {}

  /** The operations by their ids. Read when the first tag asks: a workspace without tags need not know the ids of all its operations. */
  private named(): Map<string, { contract: Contract; operation: Operation }[]> {
    if (this.byOperationId) return this.byOperationId;
    this.byOperationId = new Map();
    for (const contract of this.contracts) {
      for (const operation of contract.operations) {
        const { operationId } = operation;
        if (operationId === undefined) continue;
        const same = this.named().get(operationId) ?? [];
        same.push({ contract, operation });
        this.byOperationId.set(operationId, same);
      }
    }
    return this.byOperationId;
  }

  /** What a target means for a tag in a file. */
  resolve(text: string, file: string): Resolution {
    const target = readTarget(text);
    const folder = target.form === 'pointer' ? file.slice(0, file.lastIndexOf('/')) : '';
    const key = `${folder}\n${text}`;
    let known = this.known.get(key);
    if (!known) {
      known = target.form === 'pointer' ? this.byPointer(target, file) : this.byName(target);
      this.known.set(key, known);
    }
    return known;
  }

  /** The shortest target that means an operation and no other, for a tag in a file. */
  targetFor(contract: Contract, operation: Operation, file: string): string {
    const { operationId } = operation;
    if (operationId !== undefined && /^[\w$][^\s@#]*$/.test(operationId)) {
      const same = this.resolve(operationId, file);
      if (same.kind === 'found' && same.operation === operation) return operationId;
    }
    return `${this.nameOf(contract, file)}#${this.pointerTo(contract, operation)}`;
  }

  /** The shortest name of a contract's file that means it alone: its own, else with the folders above it. */
  nameOf(contract: Contract, file: string): string {
    const parts = contract.file.split('/').filter((part) => part !== '');
    for (let count = 1; count <= parts.length; count++) {
      const name = parts.slice(-count).join('/');
      const found = this.filesCalled(name, file);
      if (found.length === 1 && found[0]?.path === contract.file) return name;
    }
    return contract.file;
  }

  private pointerTo(contract: Contract, operation: Operation): string {
    // In a split contract the root names the operation too, and people read the root.
    const { path, method } = operation;
    const inRoot = pointerOf(['paths', path, method]);
    return contract.section?.(contract.file, inRoot) ? inRoot : operation.place.pointer;
  }

  private byName({ operationId, part }: { operationId: string; part?: string }): Resolution {
    const candidates = this.named().get(operationId) ?? [];
    if (candidates.length === 0) {
      if (this.contracts.length === 0 || this.contracts.some((contract) => contract.incomplete))
        return { kind: 'unknown' };
      const behind = part === undefined ? '' : `#${part}`;
      const nearest = nearestTexts(operationId, this.named().keys()).map((name) => name + behind);
      return { kind: 'broken', missing: /@/.test(operationId) ? 'pin' : 'operation', word: operationId, nearest };
    }
    const sections: LinkedSection[] = [];
    const names = new Set<string>();
    for (const { contract, operation } of candidates) {
      const found = part === undefined ? wholeOperation(contract, operation) : partOf(contract, operation, part);
      if ('section' in found) sections.push(found);
      else for (const name of found.names) names.add(name);
    }
    if (sections.length > 1) return { kind: 'ambiguous', sections };
    if (sections[0]) return { kind: 'found', ...sections[0] };
    if (candidates.some(({ operation }) => !operation.complete)) return { kind: 'unknown' };
    const nearest = nearestParts(part ?? '', [...names]).map((name) => `${operationId}#${name}`);
    return { kind: 'broken', missing: part?.includes('@') ? 'pin' : 'part', word: part ?? operationId, nearest };
  }

  private byPointer({ path, pointer }: { path: string; pointer: string }, file: string): Resolution {
    const files = this.filesCalled(path, file);
    if (files.length === 0) {
      if (this.contracts.length === 0) return { kind: 'unknown' };
      const names = this.contracts.map((contract) => this.nameOf(contract, file));
      const nearest = nearestTexts(path, names).map((name) => `${name}#${pointer}`);
      return { kind: 'broken', missing: 'file', word: path, nearest };
    }
    const plain = tokensOf(`#${pointer}`);
    const normal = pointerOf(plain);
    const sections = files.flatMap((one) => sectionAt(one.contract, one.path, normal) ?? []);
    const distinct = [...new Map(sections.map((one) => [placeKey(one.section.place), one])).values()];
    if (distinct.length > 1) return { kind: 'ambiguous', sections: distinct };
    if (distinct[0]) return { kind: 'found', ...distinct[0] };
    if (files.some(({ contract }) => contract.problems.some(({ kind }) => kind === 'syntax' || kind === 'unreadable')))
      return { kind: 'unknown' };
    const nearest = files.flatMap((one) => nearestPointers(one.contract, one.path, normal));
    const missing = pointer.includes('@') ? 'pin' : 'part';
    return { kind: 'broken', missing, word: pointer, nearest: nearest.slice(0, 3).map((name) => `${path}#${name}`) };
  }

  /** The contracts' files that a name means: from the tag's folder or a root on, else those whose path ends so; root documents win. */
  private filesCalled(name: string, file: string): { readonly contract: Contract; readonly path: string }[] {
    const all = this.contracts.flatMap((contract) => contract.files.map((path) => ({ contract, path })));
    if (name === '') {
      return this.contracts.length === 1 ? [{ contract: this.contracts[0]!, path: this.contracts[0]!.file }] : [];
    }
    const plain = name.replace(/^(?:\.\/)+/, '');
    const bases = [file.slice(0, file.lastIndexOf('/')), ...this.roots.filter((root) => within(root, file))];
    for (const base of bases) {
      const exact = all.filter(({ path }) => path === joined(base, plain));
      if (exact.length > 0) return distinctFiles(exact);
    }
    const ending = all.filter(({ path }) => path === plain || path.endsWith(`/${plain}`));
    const roots = ending.filter(({ contract, path }) => contract.file === path);
    return distinctFiles(roots.length > 0 ? roots : ending);
  }
}

const placeKey = (place: ContractPlace): string => `${place.file}#${place.pointer}`;

function distinctFiles(files: readonly { readonly contract: Contract; readonly path: string }[]) {
  return [...new Map([...files].reverse().map((one) => [one.path, one])).values()].reverse();
}

function joined(base: string, relative: string): string {
  if (relative.startsWith('/')) return relative;
  const parts = base.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function wholeOperation(contract: Contract, operation: Operation): LinkedSection | { readonly names: string[] } {
  const section = contract.section?.(operation.place.file, operation.place.pointer);
  return section ? { contract, section, operation, name: operation.key } : { names: [] };
}

/** `responses.409`, `parameters.limit`, `requestBody`: names below an operation, which may have dots in them. */
function partOf(contract: Contract, operation: Operation, part: string): LinkedSection | { readonly names: string[] } {
  const [head = '', ...rest] = part.split('.');
  const name = rest.join('.');
  const called = `${part.replace(/^responses\./, '')} of ${operation.key}`;
  if (head === 'parameters' && name !== '') {
    const parameters = operation.parameters.filter((one) => one.name === name || `${one.in}.${one.name}` === name);
    const place = parameters[0]?.place;
    const section = place && contract.section?.(place.file, place.pointer);
    if (section) return { contract, section, operation, name: called };
    return { names: operation.parameters.map((parameter) => `parameters.${parameter.name}`) };
  }
  let { file, pointer } = operation.place;
  let left = part.split('.');
  while (left.length > 0) {
    const names = contract.section?.(file, pointer)?.names() ?? [];
    let taken = left.length;
    while (taken > 0 && !names.includes(left.slice(0, taken).join('.'))) taken--;
    if (taken === 0) return { names: partsOf(operation) };
    const token = left.slice(0, taken).join('.');
    const next = contract.section?.(file, childPointer(pointer, token));
    if (!next) return { names: partsOf(operation) };
    ({ file, pointer } = next.place);
    left = left.slice(taken);
  }
  const section = contract.section?.(file, pointer);
  return section ? { contract, section, operation, name: called } : { names: partsOf(operation) };
}

/** Parts of the same kind whose own names are close; else whole parts that are. */
function nearestParts(part: string, names: readonly string[]): string[] {
  const head = part.slice(0, part.indexOf('.') + 1);
  const alike = names.filter((name) => head !== '' && name.startsWith(head)).map((name) => name.slice(head.length));
  if (alike.length === 0) return nearestTexts(part, names);
  return nearestTexts(part.slice(head.length), alike).map((name) => head + name);
}

/** The parts of an operation that links usually name. */
export function partsOf(operation: Operation): string[] {
  return [
    ...operation.responses.map((response) => `responses.${response.status}`),
    ...operation.parameters.map((parameter) => `parameters.${parameter.name}`),
    ...(operation.body ? ['requestBody'] : []),
  ];
}

/** The section at a pointer, with the operation that it belongs to. */
export function sectionAt(contract: Contract, file: string, pointer: string): LinkedSection | undefined {
  const section = contract.section?.(file, pointer);
  if (!section) return undefined;
  const { place } = section;
  const operation = contract.operations.find(
    (one) =>
      one.place.file === place.file &&
      (place.pointer === one.place.pointer || place.pointer.startsWith(`${one.place.pointer}/`)),
  );
  if (!operation) return { contract, section, name: tokensOf(pointer).join('/') || 'the whole document' };
  const tail = tokensOf(place.pointer.slice(operation.place.pointer.length)).join('.');
  const part = tail.replace(/^responses\./, '');
  return { contract, section, operation, name: part === '' ? operation.key : `${part} of ${operation.key}` };
}

/** Pointers that differ in the one step that leads nowhere. */
function nearestPointers(contract: Contract, file: string, pointer: string): string[] {
  const tokens = tokensOf(pointer);
  for (let count = tokens.length - 1; count >= 0; count--) {
    const parent = contract.section?.(file, pointerOf(tokens.slice(0, count)));
    if (!parent) continue;
    const nearest = nearestTexts(tokens[count]!, parent.names());
    const whole = nearest.map((name) => pointerOf([...tokens.slice(0, count), name, ...tokens.slice(count + 1)]));
    return whole.filter((one) => contract.section?.(file, one) !== undefined);
  }
  return [];
}
