// Owns the comparison of how long an operation lives and how firmly it is promised: deprecation, sunset, stability.
// It must not know what the operation does.

import type { ContractNode } from '../../contract/load/contract-node.ts';
import { noting } from './context.ts';
import type { Pair } from './graph.ts';

/** From what may change at any time to what is promised. */
const stabilities: readonly string[] = ['draft', 'alpha', 'beta', 'stable'];

export function compareLifecycle(pair: Pair, base: ContractNode, revision: ContractNode): void {
  const note = noting(pair, 'request');
  const deprecated = isDeprecated(base);
  if (deprecated !== isDeprecated(revision)) {
    const where = { base: base.get('deprecated') ?? base, revision: revision.get('deprecated') ?? revision };
    note(deprecated ? 'operation-undeprecated' : 'operation-deprecated', where);
  }
  compareSunset(pair, base, revision);
  const [before, after] = [stabilityOf(base), stabilityOf(revision)];
  if (before !== after) {
    const where = {
      base: base.get('x-stability-level') ?? base,
      revision: revision.get('x-stability-level') ?? revision,
    };
    const [rank, rankNow] = [stabilities.indexOf(before), stabilities.indexOf(after)];
    const id =
      rank < 0 || rankNow < 0 ? 'stability-changed' : rankNow < rank ? 'stability-lowered' : 'stability-raised';
    note(id, { ...where, before, after });
  }
}

function compareSunset(pair: Pair, base: ContractNode, revision: ContractNode): void {
  const note = noting(pair, 'request');
  const before = base.get('x-sunset')?.text;
  const after = revision.get('x-sunset')?.text;
  if (before === after) return;
  const where = { base: base.get('x-sunset') ?? base, revision: revision.get('x-sunset') ?? revision, before, after };
  if (after === undefined) {
    note('sunset-removed', where);
    return;
  }
  const [day, dayNow] = [dayOf(before), dayOf(after)];
  if (dayNow === undefined) {
    note('sunset-unreadable', where);
    return;
  }
  if (day === undefined) {
    note('sunset-added', where);
    return;
  }
  if (day !== dayNow) note(dayNow < day ? 'sunset-moved-earlier' : 'sunset-moved-later', where);
}

export const isDeprecated = (node: ContractNode): boolean => node.get('deprecated')?.value === true;

/** The stability level of an operation; what says nothing is promised in full. */
export const stabilityOf = (node: ContractNode): string =>
  node.get('x-stability-level')?.text?.toLowerCase() ?? 'stable';

/** The day of a sunset date as `YYYY-MM-DD`: a date, a time, or what the Sunset header holds (RFC 8594). */
export function dayOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = /^(\d{4}-\d{2}-\d{2})/.exec(text)?.[1];
  const time = Date.parse(plain ?? text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}
