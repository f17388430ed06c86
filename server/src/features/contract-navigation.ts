// Owns the ways inside of contracts: from a `$ref`, a tag, a scheme, an `operationId` or a mapping to what it names and back, the
// outline of a file, the names that a `$ref` may have, and new names over all files. It must not know a protocol.

import type { Place } from '../base/place.ts';
import { escapeToken, unescapeToken } from '../base/pointer.ts';
import { relativeTo } from '../base/relative.ts';
import type { TextEdit } from '../contract/edit/text-edit.ts';
import type { Contract, ContractPlace } from '../contract/model.ts';
import type { ContractSymbols, NamedPart, OutlineSymbol, PartUse } from '../contract/symbols/model.ts';
import type { FileEdit } from '../fixes/recipe.ts';
import type { Analysis } from './analysis.ts';
import { linksToSection } from './subject.ts';

export type { OutlineSymbol } from '../contract/symbols/model.ts';

/** What stands at an offset of a contract's file: a named part, or a place that names one. */
export interface FoundPart {
  readonly contract: Contract;
  readonly symbols: ContractSymbols;
  readonly part: NamedPart;
  /** The words at the offset. */
  readonly place: ContractPlace;
}

const covers = (place: Place, file: string, offset: number): boolean =>
  place.file === file && place.start <= offset && offset <= place.end;

const contractsOf = (analysis: Analysis, file: string): Contract[] =>
  analysis.projects.flatMap(({ model }) => model.contracts.filter((contract) => contract.files.includes(file)));

/** The named part that is meant at an offset; undefined where none is. A file of several contracts speaks for the first. */
export function partAt(analysis: Analysis, file: string, offset: number): FoundPart | undefined {
  for (const contract of contractsOf(analysis, file)) {
    const symbols = contract.symbols?.();
    if (!symbols) continue;
    const use = symbols.uses.find(({ place }) => covers(place, file, offset));
    const part = use
      ? symbols.parts.get(use.id)
      : [...symbols.parts.values()].find(({ place, kind }) => kind !== 'part' && covers(place, file, offset));
    if (part) return { contract, symbols, part, place: use?.place ?? part.place };
  }
  return undefined;
}

/** What the words at an offset name: its name, and the whole of it. */
export function namedPartAt(
  analysis: Analysis,
  file: string,
  offset: number,
):
  | { readonly origin: Place; readonly targets: readonly { readonly place: Place; readonly selection: Place }[] }
  | undefined {
  const found = partAt(analysis, file, offset);
  return found && { origin: found.place, targets: [{ place: found.part.whole, selection: found.part.place }] };
}

/** Every place that names the part at an offset, over all contracts that share its file. */
export function usesAt(
  analysis: Analysis,
  file: string,
  offset: number,
  includeDeclaration: boolean,
): readonly Place[] {
  const found = partAt(analysis, file, offset);
  if (!found) return [];
  const places = usesOf(analysis, found.part).map(({ place }) => place);
  return distinct(includeDeclaration ? [found.part.place, ...places] : places);
}

/** Parts are the same in two contracts when they are the same text; names mean something in one contract only. */
function usesOf(analysis: Analysis, part: NamedPart): readonly PartUse[] {
  return contractsOf(analysis, part.place.file).flatMap((contract) => {
    const symbols = contract.symbols?.();
    const same = symbols?.parts.get(part.id);
    return same && same.place.start === part.place.start && same.place.file === part.place.file
      ? symbols!.uses.filter((use) => use.id === part.id)
      : [];
  });
}

/** The outline of a contract's file; undefined for every other file. */
export function outlineOf(analysis: Analysis, file: string): readonly OutlineSymbol[] | undefined {
  for (const contract of contractsOf(analysis, file)) {
    const outline = contract.outline?.(file);
    if (outline) return outline;
  }
  return undefined;
}

/** The text that a new name would replace, and the name that it has; undefined where nothing can be renamed. */
export function renameableAt(
  analysis: Analysis,
  file: string,
  offset: number,
): { readonly place: Place; readonly name: string } | undefined {
  const found = partAt(analysis, file, offset);
  if (!found || found.part.kind === 'part') return undefined;
  const { place, part } = found;
  const written = textOf(analysis, place);
  const at = [part.name, escapeToken(part.name)].map((name) => ({ name, start: written.lastIndexOf(name) }));
  const word = at.find(({ start }) => start >= 0);
  if (!word) return { place, name: part.name };
  const start = place.start + word.start;
  return { place: { file: place.file, start, end: start + word.name.length }, name: part.name };
}

/** The edits that give the part at an offset another name wherever it is named, or why there are none. */
export function renameAt(
  analysis: Analysis,
  file: string,
  offset: number,
  name: string,
): { readonly files: readonly FileEdit[] } | { readonly refused: string } {
  const found = partAt(analysis, file, offset);
  if (!found || found.part.kind === 'part') return { refused: 'nothing here has a name that could change' };
  const { part, symbols } = found;
  if (part.kind !== 'tag' && !/^[A-Za-z0-9._-]+$/.test(name)) return { refused: `"${name}" is no name for it` };
  if (name.trim() === '' || /[\r\n]/.test(name)) return { refused: 'a name is one line of text' };
  const beside = part.id.slice(0, part.id.length - part.name.length) + name;
  const escaped = part.kind === 'component' ? `${parent(part.id)}/${escapeToken(name)}` : beside;
  if (name !== part.name && symbols.parts.has(escaped)) return { refused: `"${name}" is there already` };
  const edits = new Map<string, Map<number, TextEdit>>();
  const add = (place: Place, text: string | undefined): void => {
    if (text === undefined) return;
    const list = edits.get(place.file) ?? new Map<number, TextEdit>();
    list.set(place.start, { start: place.start, end: place.end, text });
    edits.set(place.file, list);
  };
  add(part.place, inItsQuotes(textOf(analysis, part.place), name));
  for (const { place, written } of usesOf(analysis, part)) {
    const text = textOf(analysis, place);
    add(place, written === 'name' ? inItsQuotes(text, name) : withLastName(text, part.name, name));
  }
  for (const { place, text } of tagEdits(analysis, part, name)) add(place, text);
  return { files: [...edits].map(([path, list]) => ({ file: path, edits: [...list.values()] })) };
}

/** What else in the contracts names an operation, under its new name: the links of answers. */
export function usesRenamed(analysis: Analysis, declared: Place, name: string): readonly (Place & { text: string })[] {
  const found = partAt(analysis, declared.file, declared.start);
  if (found?.part.kind !== 'operation') return [];
  return usesOf(analysis, found.part).map(({ place: { file, start, end } }) => {
    return { file, start, end, text: inItsQuotes(textOf(analysis, { file, start, end }), name) };
  });
}

/** The contract tags that name a component, or a part of it, by its pointer. */
function tagEdits(analysis: Analysis, part: NamedPart, name: string): { place: Place; text: string }[] {
  if (part.kind !== 'component' && part.kind !== 'security-scheme') return [];
  const { pointer } = part.whole;
  const step = pointer.split('/').length - 1;
  return linksToSection(analysis, { place: part.whole }).flatMap(({ link }) => {
    const { target, targetSpan } = link.tag;
    const hash = target.indexOf('#');
    const steps = target.slice(hash + 1).split('/');
    const written = steps[step];
    // A tag may name the part by its kind and name alone, or go another way: what is not written is not changed.
    if (hash < 0 || written === undefined || unescapeToken(written) !== part.name) return [];
    const before = hash + 1 + steps.slice(0, step).join('/').length + 1;
    const start = targetSpan.start + before;
    return [{ place: { file: link.file, start, end: start + written.length }, text: escapeToken(name) }];
  });
}

function textOf(analysis: Analysis, place: Place): string {
  const read = analysis.files.read(place.file);
  return 'text' in read ? read.text.slice(place.start, place.end) : '';
}

const parent = (id: string): string => id.slice(0, id.lastIndexOf('/'));

function inItsQuotes(written: string, name: string): string {
  const quote = /^["']/.exec(written)?.[0];
  if (quote === '"') return JSON.stringify(name);
  if (quote === "'") return `'${name.replaceAll("'", "''")}'`;
  return /^[\w./ -]+$/.test(name) && !/^[-.\d]/.test(name) ? name : JSON.stringify(name);
}

/** A reference with another name at its end: the way to it and its quotes stay. */
function withLastName(written: string, from: string, to: string): string | undefined {
  const quote = /["']$/.exec(written)?.[0] ?? '';
  const body = quote === '' ? written : written.slice(0, -1);
  const tail = [escapeToken(from), encodeURIComponent(escapeToken(from))].find((name) => body.endsWith(`/${name}`));
  return tail === undefined ? undefined : body.slice(0, -tail.length) + escapeToken(to) + quote;
}

/** What may be written where somebody types a `$ref`. */
export interface ReferenceCompletion {
  /** The text that is replaced, without its quotes. */
  readonly place: Place;
  readonly targets: readonly { readonly text: string; readonly kind: string }[];
}

/** The sections that fit below a key; every section below others. */
const sectionsBelow: readonly (readonly [RegExp, string])[] = [
  [/\/parameters\/\d+$/, 'parameters'],
  [/\/responses\/[^/]+$/, 'responses'],
  [/\/headers\/[^/]+$/, 'headers'],
  [/\/requestBody$/, 'requestBodies'],
  [/\/examples\/[^/]+$/, 'examples'],
  [/\/links\/[^/]+$/, 'links'],
  [/\/callbacks\/[^/]+$/, 'callbacks'],
  [/^\/paths\/[^/]+$/, 'pathItems'],
  [
    /\/(?:schema|items|additionalProperties|not|(?:allOf|anyOf|oneOf)\/\d+|properties\/[^/]+|schemas\/[^/]+)$/,
    'schemas',
  ],
];

/** The components of all files of the contract, for a `$ref` that is being typed at an offset. */
export function referenceTargetsAt(analysis: Analysis, file: string, offset: number): ReferenceCompletion | undefined {
  const read = analysis.files.read(file);
  const contracts = contractsOf(analysis, file);
  if ('failure' in read || contracts.length === 0) return undefined;
  const lineStart = read.text.lastIndexOf('\n', offset - 1) + 1;
  const before = /\$ref["']?\s*:\s*(["']?)([^"'\s]*)$/.exec(read.text.slice(lineStart, offset));
  if (!before) return undefined;
  const behind = /^[^"'\s,}]*/.exec(read.text.slice(offset))![0];
  const place = { file, start: offset - before[2]!.length, end: offset + behind.length };
  const folder = file.slice(0, file.lastIndexOf('/'));
  const holder = contracts[0]!.pointerAt?.(file, lineStart + before.index) ?? '';
  const fitting = sectionsBelow.find(([pattern]) => pattern.test(holder.replace(/\/\$ref$/, '')))?.[1];
  const targets = contracts.flatMap((contract) =>
    [...(contract.symbols?.().parts.values() ?? [])].flatMap((part) => {
      if (part.kind !== 'component') return [];
      const [, section = ''] = /\/([^/]+)\/[^/]+$/.exec(part.id) ?? [];
      if (fitting !== undefined && section !== fitting && section !== 'definitions') return [];
      const location = part.place.file === file ? '' : relativeTo(folder, part.place.file);
      return [{ text: `${location}#${part.id.slice(part.id.indexOf('#') + 1)}`, kind: section }];
    }),
  );
  return { place, targets };
}

function distinct(places: readonly Place[]): readonly Place[] {
  const kept = new Map(places.map((place) => [`${place.file} ${place.start}`, place]));
  return [...kept.values()].sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
}
