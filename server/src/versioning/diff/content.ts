// Owns the comparison of what is carried: media types with their schemas, for requests and for responses.
// It must not know who carries it.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import type { ContractSource } from '../source.ts';
import { type DiffContext, noting } from './context.ts';
import type { Pair } from './graph.ts';
import { canonical, sameData } from './sameness.ts';
import { reach } from './sites.ts';

/** One media type of a body. */
export interface Carried {
  readonly name: string;
  readonly node: ContractNode;
  readonly schema?: ContractNode;
}

export type Content = ReadonlyMap<string, Carried>;

/** The media types of an OpenAPI 3 `content`. */
export function contentOf(content: ContractNode | undefined, source: ContractSource): Content {
  const found = new Map<string, Carried>();
  for (const entry of content?.kind === 'map' ? content.entries() : []) {
    const node = reach(entry, source);
    if (node) found.set(identityOf(entry.token), { name: entry.token, node, schema: node.get('schema') });
  }
  return found;
}

/** The media types of a Swagger 2.0 body: one schema for all that the operation consumes or produces. */
export function swaggerContent(
  key: 'consumes' | 'produces',
  operation: ContractNode,
  source: ContractSource,
  owner: ContractNode,
  schema: ContractNode | undefined,
): Content {
  const list = operation.get(key) ?? source.root.get(key);
  const names = list?.items().flatMap((item) => item.text ?? []) ?? [];
  const named = names.length > 0 ? names : [anyMediaType];
  return new Map(named.map((name) => [identityOf(name), { name, node: owner, schema }]));
}

const anyMediaType = '*/*';

/** Media types are compared without regard to case and white space; parameters count. */
const identityOf = (name: string): string => name.toLowerCase().replace(/\s+/g, '');

export interface ContentPlaces {
  readonly base: ContractNode;
  readonly revision: ContractNode;
  /** `body`, or `200.body`. */
  readonly subject: string;
  /** Which names the facts have: those of what is sent, or those of what is answered. */
  readonly side: 'request' | 'response';
}

/** Compares two sets of media types and hangs what differs below a pair. */
export function compareContent(
  pair: Pair,
  before: Content,
  after: Content,
  places: ContentPlaces,
  polarity: Polarity,
  context: DiffContext,
): void {
  const note = noting(pair, polarity);
  const { side, subject } = places;
  const partners = new Map<Carried, Carried>();
  for (const [identity, one] of before) {
    const other = after.get(identity);
    if (other) partners.set(one, other);
  }
  // A contract that names no media type in particular says nothing against the other's.
  const loose = (content: Content): Carried | undefined => (content.size === 1 ? content.get(anyMediaType) : undefined);
  const one = loose(before);
  const other = loose(after);
  if (partners.size === 0 && one && after.size > 0) for (const carried of after.values()) partners.set(one, carried);
  else if (partners.size === 0 && other && before.size > 0)
    for (const carried of before.values()) partners.set(carried, other);
  const matched = new Set(partners.values());
  const relaxed = one !== undefined || other !== undefined;
  for (const [carried, now] of partners) compareCarried(pair, carried, now, places, polarity, context);
  for (const carried of before.values()) {
    if (partners.has(carried) || relaxed) continue;
    note(`${side}-media-type-removed`, {
      base: carried.node,
      revision: places.revision,
      suffix: subject,
      before: `\`${carried.name}\``,
    });
  }
  for (const carried of after.values()) {
    if (matched.has(carried) || relaxed) continue;
    note(`${side}-media-type-added`, {
      base: places.base,
      revision: carried.node,
      suffix: subject,
      after: `\`${carried.name}\``,
    });
  }
}

function compareCarried(
  pair: Pair,
  before: Carried,
  after: Carried,
  places: ContentPlaces,
  polarity: Polarity,
  context: DiffContext,
): void {
  const note = noting(pair, polarity);
  const { subject, side } = places;
  if (before.schema && after.schema) pair.link(subject, context.schemaPair(before.schema, after.schema, polarity));
  else if (after.schema) note(`${side}-schema-added`, { base: before.node, revision: after.schema, suffix: subject });
  else if (before.schema)
    note(`${side}-schema-removed`, { base: before.schema, revision: after.node, suffix: subject });
  if (before.node.get('encoding') || after.node.get('encoding')) compareEncoding(pair, before, after, places, polarity);
  const examples = ['example', 'examples'].filter((key) => !sameData(before.node.get(key), after.node.get(key)));
  // Swagger's examples stand with the response, which is compared on its own.
  if (
    examples.length === 0 ||
    (before.schema === before.node.get('schema')) !== (after.schema === after.node.get('schema'))
  )
    return;
  const id = side === 'request' ? 'request-body-documentation-changed' : 'response-documentation-changed';
  const key = examples[0]!;
  note(id, {
    base: before.node.get(key) ?? before.node,
    revision: after.node.get(key) ?? after.node,
    suffix: subject,
    name: examples.join(', '),
  });
}

function compareEncoding(pair: Pair, before: Carried, after: Carried, places: ContentPlaces, polarity: Polarity): void {
  const had = before.node.get('encoding');
  const has = after.node.get('encoding');
  const names = new Set([...(had?.entries() ?? []), ...(has?.entries() ?? [])].map((entry) => entry.token));
  for (const name of names) {
    const one = had?.get(name);
    const other = has?.get(name);
    if (canonical(one?.data() ?? {}) === canonical(other?.data() ?? {})) continue;
    // What comes or goes with its property is told of that.
    if ((!one && lacksProperty(before, name)) || (!other && lacksProperty(after, name))) continue;
    noting(pair, polarity)(`${places.side}-encoding-changed`, {
      base: one ?? before.node,
      revision: other ?? after.node,
      suffix: `${places.subject}.${name}`,
      name,
    });
  }
}

/** Whether it can be seen at the schema itself that it names no such property. */
function lacksProperty({ schema }: Carried, name: string): boolean {
  const properties = schema?.get('properties');
  if (!schema || !properties || ['$ref', 'allOf', 'anyOf', 'oneOf'].some((key) => schema.get(key))) return false;
  return properties.get(name) === undefined;
}
