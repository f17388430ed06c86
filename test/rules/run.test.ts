// Holds what the runner adds to drafts: tiers, overrides, identity, order, suppression, and that one broken rule harms no other.

import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../server/src/base/host.ts';
import type { Draft, Rule } from '../../server/src/rules/rule.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { severityOf } from '../../server/src/rules/severity.ts';
import { at, exit, findingsOf, modelOf, open, type Scene, sceneFiles, told } from './served.ts';

const contract = "paths:\n  /orders:\n    get: { responses: { '200': { description: x } } }\n";
const scene: Scene = {
  contract,
  routes: { 'GET /orders': { exits: [exit(200), exit(404), exit(409, { place: at(12) })] } },
};

function ruleThat(id: string, polarity: Rule['polarity'], check: (order: number) => Iterable<Partial<Draft>>): Rule {
  return {
    id,
    family: 'statuses',
    polarity,
    summary: 'A fault.',
    scope: 'binding',
    *check({ operation }, route) {
      for (const draft of check(route.order)) {
        yield {
          operation,
          subject: 's',
          message: 'm',
          contract: operation.place,
          code: route.place,
          confidence: 'proved',
          breaking: true,
          ...draft,
        };
      }
    },
  };
}

describe('tiers', () => {
  it.each([
    ['proved', true, undefined, 'error'],
    ['likely', true, undefined, 'warning'],
    ['proved', false, undefined, 'warning'],
    ['likely', false, undefined, 'information'],
    ['proved', true, 'warning', 'warning'],
    ['proved', true, 'hint', 'hint'],
    ['likely', false, 'warning', 'information'],
  ] as const)('%s, breaking %s, capped at %s: %s', (confidence, breaking, cap, severity) => {
    expect(severityOf({ confidence, breaking, cap })).toBe(severity);
  });
});

describe('options', () => {
  it('fixes the severity of a rule, or turns it off', () => {
    expect(told({ ...scene, options: { severities: new Map([['status-undeclared', 'hint']]) } })).toEqual([
      'hint status-undeclared 404',
      'hint status-undeclared 409',
    ]);
    expect(told({ ...scene, options: { severities: new Map([['status-undeclared', 'off']]) } })).toEqual([]);
  });
});

describe('findings', () => {
  it('come in the order of the text, whatever the order of the rules', () => {
    expect(findingsOf(scene).map((finding) => finding.code?.start)).toEqual([at(10).start, at(12).start]);
  });

  it('have identities without positions', () => {
    const moved: Scene = { contract, routes: { 'GET /orders': { exits: [exit(200), exit(404, { place: at(50) })] } } };
    expect(findingsOf(moved)[0]?.fingerprint).toBe(findingsOf(scene)[0]?.fingerprint);
    expect(new Set(findingsOf(scene).map((finding) => finding.fingerprint)).size).toBe(2);
  });

  it('are plain data that survive a wire', () => {
    expect(JSON.parse(JSON.stringify(findingsOf(scene)))).toEqual(findingsOf(scene));
  });

  it('are the same on every run', () => {
    expect(findingsOf(scene)).toEqual(findingsOf(scene));
  });

  it('leave consumed contracts alone', () => {
    expect(told({ ...scene, governed: { role: 'consumed' } })).toEqual([]);
  });

  it('are likely at most when most of the contract is not served here', () => {
    const others = ['a', 'b', 'c'].map(
      (name) => `  /${name}:\n    get: { responses: { default: { description: x } } }\n`,
    );
    const governed = { routeCompleteness: open };
    expect(told({ ...scene, contract: `${contract}${others.join('')}`, governed })).toEqual([
      'warning status-undeclared 404',
      'warning status-undeclared 409',
    ]);
  });

  it('say when the contract suppresses them', () => {
    const ignored = contract.replace('get: {', "get: { x-fidelity-ignore: { status-undeclared: 'known' },");
    expect(findingsOf({ ...scene, contract: ignored }).map((finding) => finding.suppressed)).toEqual([
      { by: 'contract', reason: 'known', until: null },
      { by: 'contract', reason: 'known', until: null },
    ]);
  });

  it('report a suppression that matches nothing', () => {
    const ignored = contract.replace('get: {', "get: { x-fidelity-ignore: { body-undeclared: 'known' },");
    expect(told({ ...scene, contract: ignored })).toContain('information suppression-unused body-undeclared');
  });
});

describe('several routes for one operation', () => {
  const twice: Scene = { contract, routes: { 'GET /orders': [{ exits: [exit(200)] }, { exits: [exit(200)] }] } };
  const run = (rule: Rule, one: Scene = twice): number =>
    runRules(modelOf(one), sceneFiles(one), { rules: [rule] }).length;

  it('report what one of them does', () => {
    expect(run(ruleThat('w', 'witness', (order) => (order === 1 ? [{}] : [])))).toBe(1);
  });

  it('report one finding for what both do', () => {
    expect(run(ruleThat('w', 'witness', () => [{}]))).toBe(1);
  });

  it('report an absence only when it is absent from all', () => {
    expect(run(ruleThat('a', 'absence', (order) => (order === 0 ? [{}] : [])))).toBe(0);
    expect(run(ruleThat('a', 'absence', () => [{}]))).toBe(1);
  });

  it('ask the route of the very method rather than one for every method', () => {
    const one = { ...twice, routes: { 'GET /orders': [{ route: { method: 'all', order: 7 } }, {}] } };
    expect(
      run(
        ruleThat('w', 'witness', (order) => (order === 7 ? [{}] : [])),
        one,
      ),
    ).toBe(0);
  });
});

describe('a rule that throws', () => {
  const broken = ruleThat('broken', 'witness', () => {
    throw new Error('by mistake');
  });
  const sound = ruleThat('sound', 'witness', () => [{}]);

  it('is told about, and the others go on', () => {
    const failures: string[] = [];
    const onFailure = (rule: string, message: string): void => {
      failures.push(`${rule}: ${message}`);
    };
    const found = runRules(modelOf(scene), sceneFiles(scene), { rules: [broken, sound], onFailure });
    expect(found.map((finding) => finding.rule)).toEqual(['sound']);
    expect(failures).toEqual(['broken: by mistake']);
  });

  it('lets a cancellation through', () => {
    const cancelled = ruleThat('cancelled', 'witness', () => {
      throw new Cancelled();
    });
    expect(() => runRules(modelOf(scene), sceneFiles(scene), { rules: [cancelled] })).toThrow(Cancelled);
  });
});
