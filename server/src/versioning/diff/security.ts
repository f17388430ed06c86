// Owns the comparison of who may call: requirements of operations, and the schemes that they name.
// It must not know what is called.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import type { Polarity } from '../changes/row.ts';
import type { ContractSource } from '../source.ts';
import { type DiffContext, differing, noting } from './context.ts';
import { type Pair, unchanged } from './graph.ts';
import { canonical, sameData } from './sameness.ts';
import { reach, type Site } from './sites.ts';

/** One alternative: schemes that are all asked for, with their scopes. */
type Alternative = ReadonlyMap<string, readonly string[]>;

/** Compares what two states of an operation demand of a caller. What both inherit is one place for all operations. */
export function compareSecurity(
  pair: Pair,
  base: Site,
  revision: Site,
  polarity: Polarity,
  context: DiffContext,
): void {
  const own = base.node.get('security');
  const ownNow = revision.node.get('security');
  const before = own ?? context.base.root.get('security');
  const after = ownNow ?? context.revision.root.get('security');
  const compare = (found: Pair): void =>
    compareRequirements(
      found,
      before,
      after,
      { base: before ?? base.node, revision: after ?? revision.node },
      polarity,
      context,
    );
  if (own || ownNow) compare(pair);
  else pair.link('', context.graph.pair(`${polarity} inherited security`, compare));
  if (!context.schemesDiffer()) return;
  const had = schemesOf(before);
  for (const name of schemesOf(after)) if (had.has(name)) pair.link('', compareScheme(name, polarity, context));
}

const schemesOf = (node: ContractNode | undefined): ReadonlySet<string> =>
  new Set(node?.items().flatMap((item) => item.entries().map((entry) => entry.token)) ?? []);

function compareRequirements(
  pair: Pair,
  before: ContractNode | undefined,
  after: ContractNode | undefined,
  where: { readonly base: ContractNode; readonly revision: ContractNode },
  polarity: Polarity,
  context: DiffContext,
): void {
  const note = noting(pair, polarity);
  const what = { ...where, suffix: 'security' };
  const had = alternativesOf(before);
  const has = alternativesOf(after);
  const named = (list: readonly Alternative[]): string => list.map(textOf).join(' or ');
  const open = isOpen(had);
  const openNow = isOpen(has);
  const demands = had.filter((one) => one.size > 0);
  const demandsNow = has.filter((one) => one.size > 0);
  if (demands.length === 0 && demandsNow.length === 0) return;
  if (demands.length === 0) {
    if (!openNow) note('security-added', { ...what, after: named(demandsNow) });
    else note('security-alternative-added', { ...what, after: named(demandsNow) });
    return;
  }
  if (demandsNow.length === 0) {
    if (!open) note('security-removed', { ...what, before: named(demands) });
    else note('security-alternative-removed', { ...what, before: named(demands) });
    return;
  }
  if (!open && openNow) note('security-loosened', { ...what, before: named(demands) });
  if (open && !openNow) note('security-tightened', what);
  matchAlternatives(demands, demandsNow, what, note, context);
}

function matchAlternatives(
  before: readonly Alternative[],
  after: readonly Alternative[],
  what: { readonly base: ContractNode; readonly revision: ContractNode; readonly suffix: string },
  note: ReturnType<typeof noting>,
  context: DiffContext,
): void {
  const left = [...before];
  const right = [...after];
  for (const key of [
    (one: Alternative): string => canonical([...one].map(([name, scopes]) => [name, [...scopes].sort()]).sort()),
    (one: Alternative): string => [...one.keys()].sort().join(),
  ]) {
    for (const one of [...left]) {
      const other = right.find((candidate) => key(candidate) === key(one));
      if (!other) continue;
      left.splice(left.indexOf(one), 1);
      right.splice(right.indexOf(other), 1);
      compareScopes(one, other, what, note);
    }
  }
  // A scheme that was only renamed asks for the same credentials.
  for (const one of [...left]) {
    const other = right.find(
      (candidate) => definitionsOf(candidate, context.revision) === definitionsOf(one, context.base),
    );
    if (!other) continue;
    left.splice(left.indexOf(one), 1);
    right.splice(right.indexOf(other), 1);
  }
  for (const one of left) note('security-alternative-removed', { ...what, before: textOf(one) });
  for (const one of right) note('security-alternative-added', { ...what, after: textOf(one) });
}

function compareScopes(
  one: Alternative,
  other: Alternative,
  what: { readonly base: ContractNode; readonly revision: ContractNode; readonly suffix: string },
  note: ReturnType<typeof noting>,
): void {
  for (const [name, scopes] of other) {
    const had = one.get(name) ?? [];
    for (const scope of scopes)
      if (!had.includes(scope)) note('security-scope-added', { ...what, name, after: `\`${scope}\`` });
    for (const scope of had)
      if (!scopes.includes(scope)) note('security-scope-removed', { ...what, name, before: `\`${scope}\`` });
  }
}

const alternativesOf = (node: ContractNode | undefined): Alternative[] =>
  (node?.items() ?? [])
    .filter((item) => item.kind === 'map')
    .map(
      (item) =>
        new Map(item.entries().map((entry) => [entry.token, entry.items().flatMap((scope) => scope.text ?? [])])),
    );

const isOpen = (alternatives: readonly Alternative[]): boolean =>
  alternatives.length === 0 || alternatives.some((one) => one.size === 0);

const textOf = (one: Alternative): string =>
  [...one].map(([name, scopes]) => `\`${name}\`${scopes.length > 0 ? ` (${scopes.join(', ')})` : ''}`).join(' with ');

function schemeNode(name: string, source: ContractSource): ContractNode | undefined {
  const section =
    source.specification === '2.0'
      ? source.root.get('securityDefinitions')
      : source.root.get('components')?.get('securitySchemes');
  const entry = section?.get(name);
  return entry && reach(entry, source);
}

/** What the schemes of an alternative are, whatever they are called. */
function definitionsOf(one: Alternative, source: ContractSource): string {
  return [...one]
    .map(([name, scopes]) => {
      const node = schemeNode(name, source);
      return `${node ? kindOf(node) : name} ${[...scopes].sort().join()}`;
    })
    .sort()
    .join('; ');
}

/** What a caller has to send, as text. Swagger's `basic` is the HTTP scheme of that name. */
function kindOf(node: ContractNode): string {
  const type = node.string('type') ?? 'nothing';
  if (type === 'basic') return 'http basic';
  if (type === 'http') return `http ${node.string('scheme')?.toLowerCase() ?? ''}`;
  if (type === 'apiKey') return `apiKey ${node.string('in') ?? ''} \`${node.string('name') ?? ''}\``;
  return type === 'openIdConnect' ? `openIdConnect ${node.string('openIdConnectUrl') ?? ''}` : type;
}

/** Compares one scheme that both sides use. */
export function compareScheme(name: string, polarity: Polarity, context: DiffContext): Pair {
  const base = schemeNode(name, context.base);
  const revision = schemeNode(name, context.revision);
  if (!base || !revision || sameData(base, revision)) return unchanged;
  return context.graph.pair(`${polarity} scheme ${name}`, (pair) => {
    const note = noting(pair, polarity);
    const where = { base, revision, suffix: `security:${name}`, name };
    const [before, after] = [kindOf(base), kindOf(revision)];
    if (before !== after) {
      note('security-scheme-changed', { ...where, before, after });
      return;
    }
    compareFlows(pair, name, base, revision, polarity);
    if (differing(['description', 'bearerFormat'], base, revision).length > 0)
      note('security-scheme-documentation-changed', where);
  });
}

/** The flows by name; Swagger has one, under the names of its own. */
function flowsOf(node: ContractNode): ReadonlyMap<string, ContractNode> {
  const single = node.string('flow');
  if (single !== undefined) return new Map([[swaggerFlows.get(single) ?? single, node]]);
  return new Map((node.get('flows')?.entries() ?? []).map((entry) => [entry.token, entry]));
}

const swaggerFlows: ReadonlyMap<string, string> = new Map([
  ['accessCode', 'authorizationCode'],
  ['application', 'clientCredentials'],
]);

function compareFlows(pair: Pair, name: string, base: ContractNode, revision: ContractNode, polarity: Polarity): void {
  const note = noting(pair, polarity);
  const before = flowsOf(base);
  const after = flowsOf(revision);
  const suffix = `security:${name}`;
  for (const [flow, node] of after) {
    if (!before.has(flow)) note('security-flow-added', { base, revision: node, suffix, name, after: flow });
  }
  for (const [flow, node] of before) {
    const now = after.get(flow);
    if (!now) {
      note('security-flow-removed', { base: node, revision, suffix, name, before: flow });
      continue;
    }
    for (const key of ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl']) {
      const [url, urlNow] = [node.string(key) ?? 'nowhere', now.string(key) ?? 'nowhere'];
      if (url === urlNow) continue;
      note('security-flow-url-changed', { base: node, revision: now, suffix, name: key, before: url, after: urlNow });
    }
    const scopes = new Set((node.get('scopes')?.entries() ?? []).map((entry) => entry.token));
    const scopesNow = new Set((now.get('scopes')?.entries() ?? []).map((entry) => entry.token));
    for (const scope of scopesNow) {
      if (!scopes.has(scope))
        note('security-scheme-scope-added', { base: node, revision: now, suffix, name, after: `\`${scope}\`` });
    }
    for (const scope of scopes) {
      if (!scopesNow.has(scope))
        note('security-scheme-scope-removed', { base: node, revision: now, suffix, name, before: `\`${scope}\`` });
    }
  }
}

/** The schemes that only one side defines. */
export function compareSchemeNames(pair: Pair, context: DiffContext): void {
  const note = noting(pair, 'request');
  const names = (source: ContractSource): ReadonlyMap<string, ContractNode> => {
    const section =
      source.specification === '2.0'
        ? source.root.get('securityDefinitions')
        : source.root.get('components')?.get('securitySchemes');
    return new Map((section?.entries() ?? []).map((entry) => [entry.token, entry]));
  };
  const before = names(context.base);
  const after = names(context.revision);
  for (const [name, node] of before) {
    if (!after.has(name))
      note('security-scheme-removed', {
        base: node,
        revision: context.revision.root,
        suffix: `security:${name}`,
        name,
      });
    else pair.link('', compareScheme(name, 'request', context));
  }
  for (const [name, node] of after) {
    if (!before.has(name))
      note('security-scheme-added', { base: context.base.root, revision: node, suffix: `security:${name}`, name });
  }
}
