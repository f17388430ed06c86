// Owns looking for a value that shows a breaking change: one side accepts it and the other refuses it, as `ajv` says. A change for
// which values were tried and none told the sides apart is not called breaking.
// It must not know how changes were found.

import { type Accepts, InstanceCheck } from '../../contract/lint/instance-check.ts';
import type { JsonSchema } from '../../contract/lint/json-schema.ts';
import { lazily } from '../../contract/load/lazily.ts';
import type { Change, Witness } from '../change.ts';
import { changeRow } from '../changes/catalogue.ts';
import { type Comparison, overall } from '../compare.ts';
import { sortChanges } from '../diff/collect.ts';
import type { SchemaEvidence } from '../diff/evidence.ts';
import { candidates } from './candidates.ts';
import { localSchema } from './local-schema.ts';

/** How far below the edited schema a witness may differ. */
const depth = 2;
/** More breaking changes than this are believed without a value; each costs two compilations. */
const mostSought = 300;

/**
 * Kinds whose values are all within reach of the candidates: where none of these tells the sides apart, something else in the
 * schema makes the edit harmless (a length beside an enumeration, for one).
 */
const decidable =
  /-(?:min|max)[a-z-]*-(?:added|removed|increased|decreased)$|-enum-|-const-changed$|-type-|-became-|-required-property-added|additional-properties-(?:forbidden|allowed)$/;

/** The same comparison, with a witness for each breaking change of a schema for which one is found. */
export function withWitnesses(comparison: Comparison): Comparison {
  const check = lazily(() => new InstanceCheck());
  let sought = 0;
  const changes = comparison.changes.map((change): Change => {
    const evidence = change.level === 'breaking' ? comparison.evidence.get(change.fingerprint) : undefined;
    if (!evidence || sought >= mostSought) return change;
    sought++;
    const found = witnessOf(evidence, check());
    if (found === 'none' && decidable.test(change.id) && !changeRow(change.id).convention) {
      const reason = 'no value was found that only one of the two definitions accepts';
      return { ...change, level: 'risky', softened: 'breaking', reason };
    }
    return found === 'none' || found === 'unknown' ? change : { ...change, witness: found };
  });
  const sorted = sortChanges(changes, comparison.order);
  return { ...comparison, changes: sorted, level: overall(sorted) };
}

/** A value that tells the two sides apart in the way that breaks a client; `none` when values were tried in vain. */
function witnessOf(evidence: SchemaEvidence, check: InstanceCheck): Witness | 'none' | 'unknown' {
  const { base, revision, polarity, room } = evidence;
  const before = localSchema(base, room.base, polarity, depth);
  const after = localSchema(revision, room.revision, polarity, depth);
  const [acceptedBefore, acceptedNow] = [check.compile(before), check.compile(after)];
  if (!acceptedBefore || !acceptedNow) return 'unknown';
  // A client is broken by a request that is refused from now on, or by a response that was never possible.
  const sent = polarity === 'request';
  const [accepts, refuses] = sent ? [acceptedBefore, acceptedNow] : [acceptedNow, acceptedBefore];
  let tried = false;
  const values = candidates(sent ? before : after, sent ? after : before);
  for (const value of values) {
    if (accepts(value) !== true) continue;
    tried = true;
    if (refuses(value) !== false) continue;
    if (
      isMissing(evidence.property, value, sent ? after : before) ||
      isCause(evidence.property, value, values, accepts, refuses)
    )
      return { acceptedBy: sent ? 'base' : 'revision', value };
  }
  return tried ? 'none' : 'unknown';
}

/** Whether the absence of a property is reason enough for a schema to refuse a value, whatever else it says. */
function isMissing(property: string | undefined, value: unknown, refusing: JsonSchema): boolean {
  if (property === undefined || typeof refusing === 'boolean' || typeof value !== 'object' || value === null)
    return false;
  const { required } = refusing;
  return Array.isArray(required) && required.includes(property) && !(property in value);
}

/** Whether a value tells the sides apart because of one property: with it put in or taken out, both sides accept the rest. */
function isCause(
  property: string | undefined,
  value: unknown,
  values: readonly unknown[],
  accepts: Accepts,
  refuses: Accepts,
): boolean {
  if (property === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  if (property in value) {
    const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== property));
    if (accepts(rest) === true && refuses(rest) === true) return true;
  }
  return values.some((other) => {
    if (typeof other !== 'object' || other === null || !(property in other)) return false;
    const whole = { ...value, [property]: (other as Readonly<Record<string, unknown>>)[property] };
    return accepts(whole) === true && refuses(whole) === true;
  });
}
