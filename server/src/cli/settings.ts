// Owns the reading of option values that are more than text: severities, bounds, counts.
// It must not know what is done with them. A value that cannot be read is a UsageError.

import type { ConfiguredSeverity } from '../registry/configuration.ts';
import { UsageError } from './exit.ts';
import type { Inputs } from './inputs.ts';
import { requireRule, ruleIds } from './rule-texts.ts';

const BOUNDS = ['error', 'warning', 'information', 'never'] as const;
const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'] as const;

/** What the configuration says, with `--rule` over it. */
export function readSeverities(values: readonly string[], inputs: Inputs): ReadonlyMap<string, ConfiguredSeverity> {
  const ids = new Set(ruleIds());
  const { rules, rulePlaces } = inputs.configuration;
  for (const rule of rules.keys()) {
    if (ids.has(rule)) continue;
    const place = rulePlaces.get(rule);
    try {
      requireRule(rule);
    } catch (error) {
      const where = place ? `${inputs.describePlace(place)}: ` : '';
      throw new UsageError(where + (error instanceof Error ? error.message : String(error)));
    }
  }
  const severities = new Map(rules);
  for (const value of values) {
    const [rule = '', severity, ...rest] = value.split('=');
    const known = SEVERITIES.find((one) => one === severity);
    if (!known || rest.length > 0) {
      throw new UsageError(`--rule "${value}" is not of the form RULE=SEVERITY with ${SEVERITIES.join(', ')}.`);
    }
    requireRule(rule);
    severities.set(rule, known);
  }
  return severities;
}

/** `--fail-on`. */
export function readBound(value: string | undefined): (typeof BOUNDS)[number] | undefined {
  if (value === undefined) return undefined;
  const known = BOUNDS.find((bound) => bound === value);
  if (!known) throw new UsageError(`--fail-on "${value}" is none of ${BOUNDS.join(', ')}.`);
  return known;
}

/** `--max-findings`; no bound when it is not given. */
export function readCount(value: string | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(value)) throw new UsageError(`--max-findings "${value}" is not a whole number.`);
  return Number(value);
}
