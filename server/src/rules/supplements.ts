// Owns what may be said of a contract that something completes at run time: its silence denies nothing.
// It must not know what a rule looks at, only what each takes for granted.

import type { Contract } from '../contract/model.ts';
import type { Rule } from './rule.ts';

/** The rules for which what a contract does not say is denied by it. */
const needWhole: ReadonlySet<string> = new Set([
  'body-field-undeclared',
  'body-required-mismatch',
  'body-undeclared',
  'deprecation-undeclared',
  'error-code-undeclared',
  'header-undeclared',
  'operation-undocumented',
  'parameter-constraint-mismatch',
  'parameter-default-mismatch',
  'parameter-required-undeclared',
  'parameter-undeclared',
  'response-field-undeclared',
  'response-media-type-mismatch',
  'response-null-undeclared',
  'security-scheme-mismatch',
  'security-scope-mismatch',
  'security-undeclared',
  'status-undeclared',
  'success-status-mismatch',
]);

/** Those of the rules that have something to say about a contract: a supplement is asked only for what it does say. */
export function rulesFor<R extends Rule>(contract: Contract, rules: readonly R[]): readonly R[] {
  return contract.supplement ? rules.filter((rule) => !needWhole.has(rule.id)) : rules;
}
