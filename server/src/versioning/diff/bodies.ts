// Owns the comparison of request bodies. It must not know parameters or responses.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import type { ContractSource } from '../source.ts';
import { type Content, compareContent, contentOf, swaggerContent } from './content.ts';
import { type DiffContext, differing, noting } from './context.ts';
import type { Pair } from './graph.ts';
import { reach, type Site } from './sites.ts';

interface Body {
  readonly node: ContractNode;
  readonly required: boolean;
  readonly content: Content;
}

/** Compares the bodies that two states of an operation take. */
export function compareBodies(pair: Pair, base: Site, revision: Site, polarity: Polarity, context: DiffContext): void {
  const note = noting(pair, polarity);
  const before = bodyOf(base, context.base);
  const after = bodyOf(revision, context.revision);
  if (!before && !after) return;
  if (!before) {
    note(after?.required ? 'request-required-body-added' : 'request-body-added', {
      base: base.node,
      revision: after?.node,
      suffix: 'body',
    });
    return;
  }
  if (!after) {
    note('request-body-removed', { base: before.node, revision: revision.node, suffix: 'body' });
    return;
  }
  pair.link(
    '',
    context.pair('body', before.node, after.node, polarity, (inner, one, other) => {
      const say = noting(inner, polarity);
      if (before.required !== after.required) {
        say(after.required ? 'request-body-became-required' : 'request-body-became-optional', {
          base: one.get('required') ?? one,
          revision: other.get('required') ?? other,
          suffix: 'body',
        });
      }
      if (differing(['description'], one, other).length > 0) {
        say('request-body-documentation-changed', {
          base: one.get('description') ?? one,
          revision: other.get('description') ?? other,
          suffix: 'body',
          name: 'description',
        });
      }
      const places = { base: one, revision: other, subject: 'body', side: 'request' } as const;
      compareContent(inner, before.content, after.content, places, polarity, context);
    }),
  );
}

function bodyOf(site: Site, source: ContractSource): Body | undefined {
  if (source.specification === '2.0') return swaggerBody(site, source);
  const entry = site.node.get('requestBody');
  const node = entry && reach(entry, source);
  if (!node) return undefined;
  return { node, required: node.get('required')?.value === true, content: contentOf(node.get('content'), source) };
}

function swaggerBody(site: Site, source: ContractSource): Body | undefined {
  for (const owner of [site.node, site.pathItem]) {
    for (const item of owner.get('parameters')?.items() ?? []) {
      const node = reach(item, source);
      if (node?.string('in') !== 'body') continue;
      const content = swaggerContent('consumes', site.node, source, node, node.get('schema'));
      return { node, required: node.get('required')?.value === true, content };
    }
  }
  return undefined;
}
