// Owns the search for a component that says what a fix is about to write, so that the fix names it and copies nothing.
// It must not know which fix asks.

import { tokensOf } from '../base/pointer.ts';
import { relativeTo } from '../base/relative.ts';
import {
  BrokenOutline,
  entryOf,
  nodeAt,
  type Outline,
  type OutlineNode,
  plainOf,
  readOutline,
} from '../contract/edit/outline.ts';
import { lineStart } from '../contract/edit/style.ts';
import type { Plain } from '../contract/edit/write.ts';
import type { FixData, ReadText } from './recipe.ts';

/** Where a fix writes: its data may name the contract's `root`, which has the components. */
export interface Writing {
  readonly data: FixData;
  readonly read: ReadText;
  readonly file: string;
}

type PlainMap = { readonly [key: string]: Plain | undefined };
const isMap = (value: unknown): value is PlainMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words that describe and allow nothing: two schemas that differ in them alone are one. */
const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'example',
  'examples',
  'externalDocs',
  'summary',
  'xml',
]);

/** References are followed this far; what goes deeper is not compared. */
const deepest = 12;

/** The schema with `$ref` in each place where exactly one component is equal to it: as a whole, as items, as a property. */
export function withComponents(schema: Plain | undefined, writing: Writing): Plain | undefined {
  const library = libraryOf(writing);
  return schema === undefined || !library ? schema : replaced(schema, library);
}

/** The whole response by reference, where a component says the same of the same status. */
export function responseComponent(status: string, response: PlainMap, writing: Writing): Plain | undefined {
  const library = libraryOf(writing);
  if (!library) return undefined;
  const wanted = canonical({ ...response, description: undefined });
  const equal = library.equal('responses', wanted);
  const usual = equal.filter((name) => library.isUsedFor(status, name));
  const named = equal.filter((name) => saysStatus(name, status, String(response.description ?? '')));
  const name = usual[0] ?? named[0];
  return name === undefined ? undefined : library.reference('responses', name);
}

/** The header by reference, where a component of that name has that schema. */
export function headerComponent(header: string, schema: Plain | undefined, writing: Writing): Plain | undefined {
  const library = libraryOf(writing);
  const equal = library?.equal('headers', canonical({ schema })) ?? [];
  const name = equal.find((one) => plainName(one) === plainName(header));
  return name === undefined ? undefined : library?.reference('headers', name);
}

/** The parameter by reference, where exactly one component is that parameter. */
export function parameterComponent(parameter: PlainMap, writing: Writing): Plain | undefined {
  const library = libraryOf(writing);
  const equal = library?.equal('parameters', canonical({ ...parameter, description: undefined })) ?? [];
  return equal.length === 1 ? library?.reference('parameters', equal[0]!) : undefined;
}

function replaced(schema: Plain, library: Library): Plain {
  if (!isMap(schema)) return schema;
  if (isWorthNaming(schema)) {
    const equal = library.equal('schemas', canonical(schema));
    // Two that are equal by accident mean two things, and which one is meant nobody here can tell.
    if (equal.length === 1) return library.reference('schemas', equal[0]!);
  }
  const below: Record<string, Plain | undefined> = { ...schema };
  if (schema.items !== undefined) below.items = replaced(schema.items, library);
  if (isMap(schema.properties)) {
    below.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, property && replaced(property, library)]),
    );
  }
  return below;
}

/** A single type is no copy of anything. */
function isWorthNaming(schema: PlainMap): boolean {
  if (isMap(schema.properties)) return Object.keys(schema.properties).length > 0;
  return Array.isArray(schema.enum) && schema.enum.length > 1;
}

/** `NotFound`, `not_found`, `Error404` and the like, for 404. */
function saysStatus(name: string, status: string, phrase: string): boolean {
  if (new RegExp(`(?:^|\\D)${status}(?:\\D|$)`).test(name)) return true;
  return phrase !== '' && plainName(name).replace(/(?:error|response)$/, '') === plainName(phrase);
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function libraryOf({ data, read, file }: Writing): Library | undefined {
  const root = data.optionalText('root') ?? file;
  const text = read(root);
  const outline = text === undefined ? undefined : readOutline(root, text);
  if (!outline) return undefined;
  const folder = file.slice(0, file.lastIndexOf('/'));
  return new Library(outline, root === file ? '' : relativeTo(folder, root));
}

/** The components of a root, compared by what they allow. */
class Library {
  private readonly swagger: boolean;
  private uses: ReadonlySet<string> | undefined;

  constructor(
    private readonly outline: Outline,
    private readonly location: string,
  ) {
    this.swagger = entryOf(outline.root, 'swagger') !== undefined;
  }

  /** The names of the components of a kind that are equal to something in its canonical form. */
  equal(kind: string, wanted: string): readonly string[] {
    const components = nodeAt(this.outline.root, this.tokens(kind));
    if (components?.kind !== 'map') return [];
    const words = wordsOf(wanted);
    return components.entries.flatMap((entry, index) => {
      // Most are ruled out by their text, so that a large contract is not parsed for one of its schemas.
      const next = components.entries[index + 1]?.keySpan.start ?? components.end;
      const text = this.outline.text.slice(lineStart(this.outline.text, entry.keySpan.start), next);
      const refers = text.includes('$ref');
      if (!refers && words.some((word) => !text.includes(word))) return [];
      try {
        return canonical(this.resolved(entry.value, 0)) === wanted ? [entry.key] : [];
      } catch (error) {
        if (error instanceof BrokenOutline) return [];
        throw error;
      }
    });
  }

  reference(kind: string, name: string): Plain {
    return { $ref: `${this.location}#/${[...this.tokens(kind), name].map(escaped).join('/')}` };
  }

  /** Whether some operation names this component for that status. */
  isUsedFor(status: string, name: string): boolean {
    this.uses ??= new Set([...this.outline.text.matchAll(responseUse)].map((match) => `${match[1]} ${match[2]}`));
    return this.uses.has(`${status} ${escaped(name)}`);
  }

  private tokens(kind: string): readonly string[] {
    if (!this.swagger) return ['components', kind];
    return [kind === 'schemas' ? 'definitions' : kind];
  }

  /** The plain data of a component with its references followed; a reference that cannot be followed equals nothing. */
  private resolved(node: OutlineNode | undefined, depth: number): Plain {
    if (!node || node.kind === 'alias' || depth > deepest) return { '': depth };
    if (node.kind === 'list') return node.items.map((item) => this.resolved(item, depth));
    if (node.kind === 'scalar') return plainOf(node) as Plain;
    const reference = plainOf(entryOf(node, '$ref')?.value);
    if (typeof reference === 'string') {
      const target = reference.startsWith('#/') ? nodeAt(this.outline.root, tokensOf(reference)) : undefined;
      return target ? this.resolved(target, depth + 1) : { '': reference };
    }
    return Object.fromEntries(node.entries.map((entry) => [entry.key, this.resolved(entry.value, depth)]));
  }
}

/** A status with nothing below it but a reference to a response, in YAML or JSON. */
const responseUse =
  /['"]?\b([1-5](?:\d\d|XX)|default)['"]?\s*:\s*\{?\s*['"]?\$ref['"]?\s*:\s*['"]?[^'"\s#]*#\/(?:components\/)?responses\/([^'"\s}]+)/g;

const escaped = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

/** The names and texts that anything equal must have in its text. */
function wordsOf(wanted: string): readonly string[] {
  return [...new Set(wanted.match(/"[A-Za-z_][\w-]*"/g) ?? [])].map((word) => word.slice(1, -1));
}

/** Data as text, the same for data that allows the same: without annotations and extensions, with sorted keys and names. */
function canonical(value: Plain | undefined, names = false): string {
  if (Array.isArray(value)) return `[${value.map((item: Plain) => canonical(item)).join()}]`;
  if (!isMap(value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(
    ([key, item]) => item !== undefined && (names || !(annotations.has(key) || key.startsWith('x-'))),
  );
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const written = entries.map(([key, item]) => {
    const list = !names && (key === 'required' || key === 'enum') && Array.isArray(item);
    const inner = list
      ? `[${item
          .map((one: Plain) => canonical(one))
          .sort()
          .join()}]`
      : canonical(item, !names && key === 'properties');
    return `${JSON.stringify(key)}:${inner}`;
  });
  return `{${written.join()}}`;
}
