// Owns the comparison of parameters: path parameters by their position, all others by place and name.
// It must not know bodies or responses.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import type { ContractSource } from '../source.ts';
import { type DiffContext, differing, noting } from './context.ts';
import type { Pair } from './graph.ts';
import { reach, type Site } from './sites.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  /** What it is matched by. */
  readonly identity: string;
  readonly node: ContractNode;
  readonly required: boolean;
}

/** Compares the parameters of an operation; what differs hangs below the operation's pair. */
export function compareParameters(
  pair: Pair,
  base: Site,
  revision: Site,
  polarity: Polarity,
  context: DiffContext,
): void {
  const note = noting(pair, polarity);
  const before = parametersOf(base, context.base);
  const after = parametersOf(revision, context.revision);
  const lost = [...before.values()].filter((one) => !after.has(one.identity));
  const gained = [...after.values()].filter((one) => !before.has(one.identity));
  for (const one of before.values()) {
    const other = after.get(one.identity);
    if (!other) continue;
    if (one.name !== other.name && one.in === 'path') {
      note('request-parameter-renamed', {
        base: one.node,
        revision: other.node,
        suffix: `path:${other.name}`,
        before: one.name,
        after: other.name,
      });
    }
    pair.link(subjectOf(other), comparePair(one, other, polarity, context));
  }
  for (const one of lost) {
    if (isInPath(one, revision)) {
      note('request-parameter-documentation-changed', {
        base: one.node,
        revision: revision.node,
        suffix: subjectOf(one),
        name: labelOf(one),
      });
      continue;
    }
    const other = gained.find((candidate) => candidate.name === one.name);
    if (other) {
      gained.splice(gained.indexOf(other), 1);
      note('request-parameter-moved', {
        base: one.node,
        revision: other.node,
        suffix: subjectOf(other),
        name: `parameter \`${one.name}\``,
        before: one.in,
        after: other.in,
      });
      pair.link(subjectOf(other), comparePair(one, other, polarity, context));
    } else {
      note('request-parameter-removed', {
        base: one.node,
        revision: revision.node,
        suffix: subjectOf(one),
        name: labelOf(one),
      });
    }
  }
  for (const one of gained) {
    if (isInPath(one, base)) {
      note('request-parameter-documentation-changed', {
        base: base.node,
        revision: one.node,
        suffix: subjectOf(one),
        name: labelOf(one),
      });
      continue;
    }
    const fallback = schemaOf(one.node, context.revision)?.get('default');
    const id = !one.required
      ? 'request-parameter-added'
      : fallback
        ? 'request-required-parameter-added-with-default'
        : 'request-required-parameter-added';
    note(id, {
      base: base.node,
      revision: one.node,
      suffix: subjectOf(one),
      name: labelOf(one),
      after: fallback && JSON.stringify(fallback.data()),
    });
  }
}

function comparePair(one: Parameter, other: Parameter, polarity: Polarity, context: DiffContext): Pair {
  return context.pair('parameter', one.node, other.node, polarity, (pair, base, revision) => {
    const note = noting(pair, polarity);
    const name = labelOf(other);
    const required = { base: base.get('required') ?? base, revision: revision.get('required') ?? revision, name };
    if (one.required !== other.required) {
      note(other.required ? 'request-parameter-became-required' : 'request-parameter-became-optional', required);
    }
    compareSerialisation(pair, one, other, polarity, context);
    const empty = base.get('allowEmptyValue')?.value === true;
    if (empty !== (revision.get('allowEmptyValue')?.value === true)) {
      note(empty ? 'request-parameter-empty-value-forbidden' : 'request-parameter-empty-value-allowed', {
        base,
        revision,
        name,
      });
    }
    const deprecated = base.get('deprecated')?.value === true;
    if (deprecated !== (revision.get('deprecated')?.value === true)) {
      note(deprecated ? 'request-parameter-undeprecated' : 'request-parameter-deprecated', { base, revision, name });
    }
    const documented = differing(documentation, base, revision);
    if (documented.length > 0) {
      const key = documented[0]!;
      note('request-parameter-documentation-changed', {
        base: base.get(key) ?? base,
        revision: revision.get(key) ?? revision,
        name,
      });
    }
    const schema = schemaOf(base, context.base);
    const schemaNow = schemaOf(revision, context.revision);
    if (schema && schemaNow) pair.link('', context.schemaPair(schema, schemaNow, polarity));
  });
}

const documentation = ['description', 'example', 'examples'];

/** How lists and objects are written. For single values every style but matrix and label is the same. */
function compareSerialisation(
  pair: Pair,
  one: Parameter,
  other: Parameter,
  polarity: Polarity,
  context: DiffContext,
): void {
  const note = noting(pair, polarity);
  const before = serialisationOf(one);
  const after = serialisationOf(other);
  const where = { base: one.node, revision: other.node, name: labelOf(other) };
  const composite = isComposite(one, context.base, context) || isComposite(other, context.revision, context);
  const prefixed = (style: string): boolean => style === 'matrix' || style === 'label';
  if (before.style !== after.style && (composite || prefixed(before.style) || prefixed(after.style))) {
    note('request-parameter-style-changed', { ...where, before: before.style, after: after.style });
  } else if (before.explode !== after.explode && composite) {
    note('request-parameter-explode-changed', {
      ...where,
      before: String(before.explode),
      after: String(after.explode),
    });
  }
  if (before.reserved !== after.reserved) {
    note('request-parameter-allow-reserved-changed', {
      ...where,
      before: String(before.reserved),
      after: String(after.reserved),
    });
  }
}

function isComposite(parameter: Parameter, source: ContractSource, context: DiffContext): boolean {
  const schema = schemaOf(parameter.node, source);
  if (!schema) return false;
  const normal = source === context.base ? context.schemas.base : context.schemas.revision;
  const types = normal.of([{ node: schema, orNull: false }]).types?.value;
  return types?.has('array') === true || types?.has('object') === true;
}

/** Swagger's `collectionFormat` in the terms of OpenAPI 3. */
const collections: ReadonlyMap<string, { readonly style?: string; readonly explode: boolean }> = new Map([
  ['csv', { explode: false }],
  ['ssv', { style: 'spaceDelimited', explode: false }],
  ['pipes', { style: 'pipeDelimited', explode: false }],
  ['tsv', { style: 'tabDelimited', explode: false }],
  ['multi', { style: 'form', explode: true }],
]);

function serialisationOf({ node, in: place }: Parameter): { style: string; explode: boolean; reserved: boolean } {
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  const collection = node.get('schema') ? undefined : collections.get(node.string('collectionFormat') ?? '');
  const swagger = !node.get('schema') && !node.get('content') && node.get('type') !== undefined;
  const style = node.string('style') ?? collection?.style ?? usual;
  const explode = node.get('explode')?.value;
  const implied = collection?.explode ?? (swagger ? false : style === 'form');
  return {
    style,
    explode: typeof explode === 'boolean' ? explode : implied,
    reserved: node.get('allowReserved')?.value === true,
  };
}

/** Headers that OpenAPI describes elsewhere: parameters with these names are ignored by the specification. */
const ignoredHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

function parametersOf(site: Site, source: ContractSource): Map<string, Parameter> {
  const found = new Map<string, Parameter>();
  const positions = [...site.path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
  for (const owner of [site.pathItem, site.node]) {
    for (const item of owner.get('parameters')?.items() ?? []) {
      const node = reach(item, source);
      const name = node?.get('name')?.text;
      const place = node?.string('in');
      if (!node || name === undefined || place === undefined || place === 'body') continue;
      if (place === 'header' && ignoredHeaders.has(name.toLowerCase())) continue;
      const position = positions.indexOf(name);
      const identity =
        place === 'path' && position >= 0
          ? `path ${position}`
          : `${place} ${place === 'header' ? name.toLowerCase() : name}`;
      const required = place === 'path' || node.get('required')?.value === true;
      found.set(identity, { name, in: place, identity, node, required });
    }
  }
  return found;
}

/** Where a parameter's type is described: `schema`, the schema of its only `content`, or in Swagger the parameter itself. */
function schemaOf(node: ContractNode, source: ContractSource): ContractNode | undefined {
  if (source.specification === '2.0') return node;
  return node.get('schema') ?? node.get('content')?.entries()[0]?.get('schema');
}

const subjectOf = (parameter: Parameter): string =>
  parameter.in === 'formData' ? `body.${parameter.name}` : `${parameter.in}:${parameter.name}`;

const labelOf = (parameter: Parameter): string =>
  parameter.in === 'formData' ? `form field \`${parameter.name}\`` : `${parameter.in} parameter \`${parameter.name}\``;

/** Whether the path of a side that does not declare a parameter has it all the same: every request had to fill it in. */
const isInPath = (one: Pick<Parameter, 'in' | 'name'>, { path }: Site): boolean =>
  one.in === 'path' && path.includes(`{${one.name}}`);
