// Holds what is said of a contract that something completes at run time: only what it says itself.

import { describe, expect, it } from 'vitest';
import type { Contract } from '../../server/src/contract/model.ts';
import { rules } from '../../server/src/rules/catalogue.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { rulesFor } from '../../server/src/rules/supplements.ts';
import { exit, modelOf, type Scene, sceneFiles } from './served.ts';

const text =
  "paths:\n  /orders/{id}:\n    get: { responses: { '200': { description: x }, '418': { description: x } } }\n";
const scene: Scene = { contract: text, routes: { 'GET /orders/{id}': { exits: [exit(200), exit(404)] } } };

function told(supplement: boolean): string[] {
  const model = modelOf(scene);
  const whole = model.governed[0]!.contract;
  const contract: Contract = Object.create(whole, { supplement: { value: supplement } });
  const findings = runRules({ ...model, governed: [{ ...model.governed[0]!, contract }] }, sceneFiles(scene));
  return findings.map(({ rule }) => rule);
}

describe('a contract that is completed at run time', () => {
  it('denies nothing by its silence, and is held to what it promises', () => {
    expect(told(false)).toContain('status-undeclared');
    expect(told(true)).not.toContain('status-undeclared');
    expect(told(true)).toContain('status-unreturned');
  });

  it('leaves out no absence rule, and none that compares two stated types', () => {
    const kept = rulesFor(Object.assign(Object.create(null), { supplement: true }), rules);
    const left = rules.filter((rule) => !kept.includes(rule));
    expect(left.length).toBeGreaterThan(15);
    expect(left.filter(({ polarity }) => polarity === 'absence')).toEqual([]);
    expect(kept.map(({ id }) => id)).toContain('response-type-mismatch');
  });
});
