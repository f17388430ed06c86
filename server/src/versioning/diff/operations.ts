// Owns the comparison of two states of a contract from the top: which operations come, go and stay, and what stands around them.
// It must not know levels or outputs.

import type { Polarity } from '../changes/row.ts';
import type { ContractSource } from '../source.ts';
import { compareBodies } from './bodies.ts';
import { DiffContext, differing, differingExtensions, noting, swapped } from './context.ts';
import { Pair } from './graph.ts';
import { compareLifecycle, dayOf, isDeprecated } from './lifecycle.ts';
import { compareParameters } from './parameters.ts';
import { compareResponses } from './responses.ts';
import { compareSchemeNames, compareSecurity } from './security.ts';
import { compareServers } from './servers.ts';
import { pairSites, reach, type Site, type SitePair, sitesOf } from './sites.ts';

/** A place from which everything below is reached: an operation, or the contract itself. */
export interface Root {
  /** Null for what belongs to the contract as a whole. */
  readonly operation: string | null;
  readonly sites: SitePair;
  readonly pair: Pair;
}

export interface Compared {
  readonly context: DiffContext;
  readonly roots: readonly Root[];
}

/** Compares two states. `today` (`YYYY-MM-DD`) decides whether a sunset date has passed. */
export function compareOperations(base: ContractSource, revision: ContractSource, today: string): Compared {
  const context = new DiffContext(base, revision);
  const comparison = new Operations(context, today);
  const roots = [comparison.contract(), ...comparison.operations()];
  context.graph.settle();
  return { context, roots };
}

class Operations {
  constructor(
    private readonly context: DiffContext,
    private readonly today: string,
  ) {}

  *operations(): Iterable<Root> {
    const { base, revision } = this.context;
    const plain = (method: string, path: string): string => `${method} ${path}`;
    const hooked = (method: string, name: string): string => `${method} ${name} (webhook)`;
    const paths = pairSites(
      sitesOf(base.root.get('paths'), base, plain),
      sitesOf(revision.root.get('paths'), revision, plain),
    );
    for (const sites of paths) yield this.root(sites, 'operation', 'request');
    const [before, after] = [base, revision].map((source) =>
      sitesOf(source.root.get('webhooks') ?? source.root.get('x-webhooks'), source, hooked),
    );
    for (const sites of pairSites(before ?? [], after ?? [])) yield this.root(sites, 'webhook', 'response');
  }

  private root(sites: SitePair, kind: 'operation' | 'webhook', polarity: Polarity): Root {
    const operation = (sites.revision ?? sites.base)?.key ?? '';
    const pair = new Pair(operation);
    const { base, revision } = sites;
    if (base && revision) this.compareSites(pair, base, revision, polarity);
    else if (revision) {
      noting(pair, 'request')(`${kind}-added`, { base: this.context.base.root.get('paths'), revision: revision.node });
    } else if (base) this.noteRemoval(pair, base, kind);
    return { operation, sites, pair };
  }

  private noteRemoval(pair: Pair, base: Site, kind: 'operation' | 'webhook'): void {
    const paths = this.context.revision.root.get('paths') ?? this.context.revision.root;
    const section = paths.get(base.path) ?? paths;
    const sunset = dayOf(base.node.get('x-sunset')?.text);
    const ended = isDeprecated(base.node) && sunset !== undefined && sunset <= this.today;
    const id =
      kind === 'webhook'
        ? 'webhook-removed'
        : ended
          ? 'operation-removed-after-sunset'
          : isDeprecated(base.node)
            ? 'operation-removed-after-deprecation'
            : 'operation-removed';
    noting(pair, 'request')(id, { base: base.node, revision: section, before: sunset });
  }

  private compareSites(pair: Pair, base: Site, revision: Site, polarity: Polarity): void {
    const { context } = this;
    const same = (key: string): boolean => {
      const before = base.pathItem.get(key);
      const after = revision.pathItem.get(key);
      return before && after ? context.schemas.sameness.same(before, after) : before === after;
    };
    const unchangedText =
      context.schemas.sameness.same(base.node, revision.node) && same('parameters') && base.path === revision.path;
    // Most operations of most comparisons end here.
    if (unchangedText && same('servers') && context.sameCallers()) return;
    compareSecurity(pair, base, revision, polarity, context);
    if (!same('servers')) compareServers(pair, base.pathItem, revision.pathItem);
    if (unchangedText) return;
    const ownText = base.path === revision.path && context.schemas.sameness.sameUnit(base.node, revision.node);
    const alike = (key: string): boolean => {
      const [before, after] = [base.node.get(key), revision.node.get(key)];
      return before && after ? context.schemas.sameness.same(before, after) : before === after;
    };
    const parameters = ownText && same('parameters') && alike('parameters');
    if (!parameters) compareParameters(pair, base, revision, polarity, context);
    // In Swagger a body is one of the parameters.
    if (!parameters || !alike('requestBody')) compareBodies(pair, base, revision, polarity, context);
    if (!ownText || !alike('responses')) compareResponses(pair, base, revision, swapped(polarity), context);
    if (!ownText || !alike('callbacks')) this.compareCallbacks(pair, base, revision, polarity);
    if (ownText) return;
    compareServers(pair, base.node, revision.node);
    compareLifecycle(pair, base.node, revision.node);
    this.compareNames(pair, base, revision);
  }

  private compareNames(pair: Pair, base: Site, revision: Site): void {
    const note = noting(pair, 'request');
    const before = base.node.get('operationId');
    const after = revision.node.get('operationId');
    if (before?.text !== after?.text) {
      const what = {
        base: before ?? base.node,
        revision: after ?? revision.node,
        before: before?.text,
        after: after?.text,
      };
      note(!before ? 'operation-id-added' : !after ? 'operation-id-removed' : 'operation-id-changed', what);
    }
    const tags = (site: Site): string[] =>
      site.node
        .get('tags')
        ?.items()
        .flatMap((tag) => tag.text ?? []) ?? [];
    const where = { base: base.node.get('tags') ?? base.node, revision: revision.node.get('tags') ?? revision.node };
    for (const name of tags(revision)) if (!tags(base).includes(name)) note('operation-tag-added', { ...where, name });
    for (const name of tags(base))
      if (!tags(revision).includes(name)) note('operation-tag-removed', { ...where, name });
    const documented = differing(
      ['summary', 'description', 'externalDocs', 'x-codeSamples', 'x-code-samples'],
      base.node,
      revision.node,
    );
    if (documented.length > 0) {
      const key = documented[0]!;
      const [one, other] = [base.node.get(key) ?? base.node, revision.node.get(key) ?? revision.node];
      note('operation-documentation-changed', { base: one, revision: other, name: documented.join(', ') });
    }
    for (const name of differingExtensions(base.node, revision.node)) {
      if (documented.includes(name)) continue;
      const [one, other] = [base.node.get(name) ?? base.node, revision.node.get(name) ?? revision.node];
      note('extension-changed', { base: one, revision: other, name });
    }
  }

  /** What the server sends to an address of the client's: the client receives the request and sends the response. */
  private compareCallbacks(pair: Pair, base: Site, revision: Site, polarity: Polarity): void {
    const { context } = this;
    const note = noting(pair, 'request');
    const before = base.node.get('callbacks');
    const after = revision.node.get('callbacks');
    const where = { base: before ?? base.node, revision: after ?? revision.node };
    for (const entry of before?.entries() ?? []) {
      const other = after?.get(entry.token);
      const suffix = `callback:${entry.token}`;
      if (!other) {
        note('callback-removed', { ...where, base: entry, suffix, name: entry.token });
        continue;
      }
      const named = (method: string, path: string): string => `${method} ${path}`;
      const sites = pairSites(sitesOf(entry, context.base, named), sitesOf(other, context.revision, named));
      for (const { base: one, revision: now } of sites) {
        if (one && now) {
          const inner = new Pair(`${suffix} ${one.key}`);
          this.compareSites(inner, one, now, swapped(polarity));
          pair.link(`${suffix} `, inner);
        } else
          note(now ? 'callback-added' : 'callback-removed', {
            base: one?.node ?? entry,
            revision: now?.node ?? other,
            suffix,
            name: entry.token,
          });
      }
    }
    for (const entry of after?.entries() ?? []) {
      if (!before?.get(entry.token))
        note('callback-added', { ...where, revision: entry, suffix: `callback:${entry.token}`, name: entry.token });
    }
  }

  /** What belongs to no operation: description, servers, tags, schemes. */
  contract(): Root {
    const { base, revision } = this.context;
    const pair = new Pair('contract');
    const note = noting(pair, 'request');
    const before = base.root.get('info');
    const after = revision.root.get('info');
    if (before && after) {
      for (const name of differing(
        ['title', 'summary', 'description', 'termsOfService', 'contact', 'license'],
        before,
        after,
      )) {
        note('info-changed', {
          base: before.get(name) ?? before,
          revision: after.get(name) ?? after,
          suffix: 'info',
          name,
        });
      }
      for (const name of differingExtensions(before, after)) {
        note('extension-changed', {
          base: before.get(name) ?? before,
          revision: after.get(name) ?? after,
          suffix: 'info',
          name,
        });
      }
    }
    compareServers(pair, base.root, revision.root);
    this.compareTags(pair);
    if (differing(['externalDocs'], base.root, revision.root).length > 0) {
      note('external-docs-changed', {
        base: base.root.get('externalDocs') ?? base.root,
        revision: revision.root.get('externalDocs') ?? revision.root,
      });
    }
    for (const name of differingExtensions(base.root, revision.root, 'x-webhooks')) {
      note('extension-changed', {
        base: base.root.get(name) ?? base.root,
        revision: revision.root.get(name) ?? revision.root,
        name,
      });
    }
    compareSchemeNames(pair, this.context);
    return { operation: null, sites: {}, pair };
  }

  private compareTags(pair: Pair): void {
    const note = noting(pair, 'request');
    const named = (source: ContractSource) =>
      new Map(
        (source.root.get('tags')?.items() ?? []).flatMap((item) => {
          const node = reach(item, source);
          const name = node?.get('name')?.text;
          return node && name !== undefined ? [[name, node] as const] : [];
        }),
      );
    const before = named(this.context.base);
    const after = named(this.context.revision);
    for (const [name, node] of before) {
      const now = after.get(name);
      const what = { base: node, revision: now ?? this.context.revision.root, suffix: 'tags', name };
      if (!now) note('tag-removed', what);
      else if (differing(['description', 'externalDocs'], node, now).length > 0) note('tag-changed', what);
    }
    for (const [name, node] of after) {
      if (!before.has(name)) note('tag-added', { base: this.context.base.root, revision: node, suffix: 'tags', name });
    }
  }
}
