// Owns the comparison of responses: statuses, headers, bodies, links. It must not know requests.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import type { ContractSource } from '../source.ts';
import { type Content, compareContent, contentOf, swaggerContent } from './content.ts';
import { type DiffContext, differing, noting } from './context.ts';
import type { Pair } from './graph.ts';
import { reach, type Site } from './sites.ts';

/** Compares the responses of two states of an operation. */
export function compareResponses(
  pair: Pair,
  base: Site,
  revision: Site,
  polarity: Polarity,
  context: DiffContext,
): void {
  const note = noting(pair, polarity);
  const before = responsesOf(base, context.base);
  const after = responsesOf(revision, context.revision);
  const where = {
    base: base.node.get('responses') ?? base.node,
    revision: revision.node.get('responses') ?? revision.node,
  };
  for (const [status, node] of before) {
    const other = after.get(status);
    if (!other) note(`response-${classOf(status)}-removed`, { ...where, base: node, suffix: status, before: status });
    else pair.link(status, compareResponse(node, other, base, revision, polarity, context));
  }
  for (const [status, node] of after) {
    if (!before.has(status))
      note(`response-${classOf(status)}-added`, { ...where, revision: node, suffix: status, after: status });
  }
}

function responsesOf(site: Site, source: ContractSource): Map<string, ContractNode> {
  const entry = site.node.get('responses');
  const node = entry && reach(entry, source);
  const found = new Map<string, ContractNode>();
  for (const status of node?.kind === 'map' ? node.entries() : []) {
    if (!status.token.startsWith('x-')) found.set(normalStatus(status.token), status);
  }
  return found;
}

const normalStatus = (token: string): string => (token.toLowerCase() === 'default' ? 'default' : token.toUpperCase());

function classOf(status: string): string {
  if (status === 'default') return 'default-status';
  if (/^[12]/.test(status)) return 'success-status';
  return status.startsWith('3') ? 'redirect-status' : 'error-status';
}

function compareResponse(
  before: ContractNode,
  after: ContractNode,
  base: Site,
  revision: Site,
  polarity: Polarity,
  context: DiffContext,
): Pair {
  // In Swagger the operation says which media types a response has, so that a shared response is not the same everywhere.
  const swagger = context.base.specification === '2.0' || context.revision.specification === '2.0';
  return context.pair(swagger ? `response of ${base.key}` : 'response', before, after, polarity, (pair, one, other) => {
    const note = noting(pair, polarity);
    const documented = differing(['description', 'examples'], one, other);
    if (documented.length > 0) {
      const key = documented[0]!;
      note('response-documentation-changed', {
        base: one.get(key) ?? one,
        revision: other.get(key) ?? other,
        name: documented.join(', '),
      });
    }
    compareHeaders(pair, one, other, polarity, context);
    const content = carriedBy(one, base, context.base);
    const contentNow = carriedBy(other, revision, context.revision);
    const places = { base: one, revision: other, subject: '.body', side: 'response' } as const;
    if (content.size === 0 && contentNow.size > 0)
      note('response-body-added', { base: one, revision: other.get('content') ?? other, suffix: '.body' });
    else if (content.size > 0 && contentNow.size === 0)
      note('response-body-removed', { base: one.get('content') ?? one, revision: other, suffix: '.body' });
    else compareContent(pair, content, contentNow, places, polarity, context);
    compareLinks(pair, one, other);
  });
}

function carriedBy(response: ContractNode, site: Site, source: ContractSource): Content {
  if (source.specification !== '2.0') return contentOf(response.get('content'), source);
  const schema = response.get('schema');
  return schema ? swaggerContent('produces', site.node, source, response, schema) : new Map();
}

function compareHeaders(
  pair: Pair,
  base: ContractNode,
  revision: ContractNode,
  polarity: Polarity,
  context: DiffContext,
): void {
  const note = noting(pair, polarity);
  const before = headersOf(base, context.base);
  const after = headersOf(revision, context.revision);
  for (const [key, node] of before) {
    const other = after.get(key);
    const suffix = `.header:${node.name}`;
    if (!other) {
      note('response-header-removed', { base: node.node, revision, suffix, name: node.name });
      continue;
    }
    pair.link(suffix, compareHeader(node.name, node.node, other.node, polarity, context));
  }
  for (const [key, { name, node }] of after) {
    if (!before.has(key)) note('response-header-added', { base, revision: node, suffix: `.header:${name}`, name });
  }
}

function compareHeader(
  name: string,
  before: ContractNode,
  after: ContractNode,
  polarity: Polarity,
  context: DiffContext,
): Pair {
  return context.pair('header', before, after, polarity, (pair, base, revision) => {
    const note = noting(pair, polarity);
    const required = base.get('required')?.value === true;
    if (required !== (revision.get('required')?.value === true)) {
      note(required ? 'response-header-became-optional' : 'response-header-became-required', { base, revision, name });
    }
    const deprecated = base.get('deprecated')?.value === true;
    if (deprecated !== (revision.get('deprecated')?.value === true)) {
      note(deprecated ? 'response-header-undeprecated' : 'response-header-deprecated', { base, revision, name });
    }
    if (differing(['description', 'example', 'examples'], base, revision).length > 0) {
      note('response-documentation-changed', { base, revision, name: `header ${name}` });
    }
    const swagger = (source: ContractSource): boolean => source.specification === '2.0';
    const schema = swagger(context.base) ? base : base.get('schema');
    const schemaNow = swagger(context.revision) ? revision : revision.get('schema');
    if (schema && schemaNow) pair.link('', context.schemaPair(schema, schemaNow, polarity));
  });
}

function headersOf(response: ContractNode, source: ContractSource): Map<string, { name: string; node: ContractNode }> {
  const found = new Map<string, { name: string; node: ContractNode }>();
  for (const entry of response.get('headers')?.entries() ?? []) {
    const node = reach(entry, source);
    // A Content-Type among the headers is ignored by the specification.
    if (node && entry.token.toLowerCase() !== 'content-type')
      found.set(entry.token.toLowerCase(), { name: entry.token, node });
  }
  return found;
}

/** Links carry no value, so that they travel no way. */
function compareLinks(pair: Pair, base: ContractNode, revision: ContractNode): void {
  const note = noting(pair, 'request');
  const before = base.get('links');
  const after = revision.get('links');
  for (const entry of before?.entries() ?? []) {
    if (!after?.get(entry.token))
      note('link-removed', { base: entry, revision, suffix: `.link:${entry.token}`, name: entry.token });
  }
  for (const entry of after?.entries() ?? []) {
    if (!before?.get(entry.token))
      note('link-added', { base, revision: entry, suffix: `.link:${entry.token}`, name: entry.token });
  }
}
