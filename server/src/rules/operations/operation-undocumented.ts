// Owns the rule operation-undocumented: a route is served that the contract lacks.

import { pointerOf } from '../../base/pointer.ts';
import type { Route } from '../../code/model.ts';
import type { Contract } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Governed } from '../../workspace/model.ts';
import { contractPaths, isLocated, methodPairs } from '../evidence/method-pairs.ts';
import { nearMisses } from '../evidence/near-misses.ts';
import { operationSkeleton } from '../evidence/skeleton.ts';
import { code, codeLine, counted, relatedSteps } from '../evidence/wording.ts';
import type { Draft, GovernedRule } from '../rule.ts';

export const operationUndocumented: GovernedRule = {
  id: 'operation-undocumented',
  family: 'operations',
  polarity: 'witness',
  summary: 'A route is served that the contract lacks.',
  scope: 'governed',
  *check(governed) {
    const paired = new Set([...methodPairs(governed), ...nearMisses(governed)].map((pair) => pair.route));
    const routes = distinct(governed.undocumented.filter((route) => !paired.has(route) && isTold(route)));
    if (governed.style === 'partial') {
      if (routes.length > 0) yield summary(governed, routes);
      return;
    }
    for (const route of routes) yield finding(governed, route);
  },
};

/** Whether the route is one that a contract would describe and whose path is known for certain. */
function isTold(route: Route): boolean {
  if (route.internal || route.unmounted || !isLocated(route)) return false;
  if (['all', 'head', 'options'].includes(route.method) || route.path.includes('{*}')) return false;
  // Webhooks are called by somebody who has their own contract for them.
  return !(route.method === 'post' && /\/(webhooks?|hooks|callbacks?)(\/|$)/i.test(route.path));
}

function distinct(routes: readonly Route[]): readonly Route[] {
  return [...new Map([...routes].reverse().map((route) => [nameOf(route), route])).values()].reverse();
}

function nameOf(route: Route): string {
  return `${route.method.toUpperCase()} ${route.path}`;
}

function finding(governed: Governed, route: Route): Draft {
  const path = pathInContract(governed, route);
  return {
    operation: null,
    subject: nameOf(route),
    message: `${code(nameOf(route))} is served here (${codeLine}), but ${titleOf(governed.contract)} does not declare it.`,
    contract: null,
    code: route.pathPlace,
    related: [
      ...relatedSteps(route.mounts),
      { place: governed.contract.versionPlace, message: 'The contract that governs this app' },
    ],
    confidence: route.completeness.closed ? 'proved' : 'likely',
    breaking: false,
    fixes: [addOperation(governed.contract, route, path)],
  };
}

/** A public subset of a larger API is not wrong about what it leaves out: it is said once, not per route. */
function summary(governed: Governed, routes: readonly Route[]): Draft {
  const where = commonPrefix(routes.map((route) => route.path));
  const below = where === '' ? '' : ` under ${code(where)}`;
  const verb = routes.length === 1 ? 'is' : 'are';
  return {
    operation: null,
    subject: where === '' ? '/' : where,
    message: `${counted(routes.length, 'route')}${below} ${verb} not in ${titleOf(governed.contract)}, which describes a part of this API.`,
    contract: governed.contract.versionPlace,
    code: null,
    related: routes
      .slice(0, 20)
      .map((route) => ({ place: route.pathPlace, message: `${code(nameOf(route))} is served here` })),
    confidence: 'proved',
    breaking: false,
    cap: 'information',
  };
}

function titleOf(contract: Contract): string {
  return contract.title === '' ? 'the contract' : `the contract ${code(contract.title)}`;
}

function pathInContract(governed: Governed, route: Route): string {
  return contractPaths(governed, route.path)[0] ?? route.path;
}

function commonPrefix(paths: readonly string[]): string {
  const [first = '', ...rest] = paths.map((path) => path.split('/').slice(1, -1));
  let shared = [...first];
  for (const segments of rest) {
    const length = shared.findIndex((segment, index) => segment !== segments[index]);
    if (length !== -1) shared = shared.slice(0, length);
  }
  const literal = shared.findIndex((segment) => segment.includes('{'));
  const kept = literal === -1 ? shared : shared.slice(0, literal);
  return kept.map((segment) => `/${segment}`).join('');
}

function addOperation(contract: Contract, route: Route, path: string): FixOffer {
  return {
    id: 'add-operation',
    title: `Add ${route.method.toUpperCase()} ${path} to the contract`,
    side: 'contract',
    safety: 'suggestion',
    data: {
      file: contract.file,
      pointer: pointerOf(['paths']),
      path,
      method: route.method,
      operation: operationSkeleton(route, path),
      specification: contract.specification,
    },
  };
}
