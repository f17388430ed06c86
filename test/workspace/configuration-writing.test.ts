import { describe, expect, it } from 'vitest';
import {
  type ConfigurationProposal,
  configurationMeaning,
  configurationProposals,
} from '../../server/src/registry/configuration-writing.ts';
import { configurationSchema } from '../../server/src/registry/schema.ts';

const names = {
  rules: new Map([
    ['link-missing', 'A handler has no tag.'],
    ['status-undeclared', 'A status is sent that is not declared.'],
  ]),
  contracts: ['openapi.yaml', 'partners/stock.yaml'],
};
const file = '/work/fidelity.yaml';

/** What is proposed at the `|` of a text, and what the text becomes with one of them. */
function at(marked: string): {
  labels: string[];
  with: (label: string) => string;
  one: (label: string) => ConfigurationProposal;
} {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = configurationProposals(text, file, offset, names);
  const one = (label: string): ConfigurationProposal => found!.proposals.find((item) => item.label === label)!;
  return {
    labels: found?.proposals.map(({ label }) => label) ?? [],
    one,
    with: (label) => text.slice(0, found!.place.start) + one(label).text + text.slice(found!.place.end),
  };
}

describe('proposals in fidelity.yaml', () => {
  it('are the keys of the schema at the left edge, without those that are there', () => {
    expect(at('|').labels).toEqual(Object.keys(configurationSchema.properties));
    expect(at('failOn: error\n|\nrules:\n  link-missing: off\n').labels).not.toContain('failOn');
    expect(at('failOn: error\n|\nrules:\n  link-missing: off\n').labels).not.toContain('rules');
    expect(at('fa|').with('failOn')).toBe('failOn: ');
    expect(at('|').with('contracts')).toBe('contracts:\n  - ');
    expect(at('|').with('rules')).toBe('rules:\n  ');
  });

  it('are values behind a key', () => {
    expect(at('failOn: |').labels).toEqual(['error', 'warning', 'information', 'never']);
    expect(at('failOn: wa|rn').with('warning')).toBe('failOn: warning');
    expect(at('rules:\n  link-missing: |').labels).toEqual(['error', 'warning', 'information', 'hint', 'off']);
  });

  it('are rules below `rules`, also of an override', () => {
    expect(at('rules:\n  |').labels).toEqual(['link-missing', 'status-undeclared']);
    expect(at('rules:\n  link-missing: off\n  sta|').with('status-undeclared')).toBe(
      'rules:\n  link-missing: off\n  status-undeclared: ',
    );
    expect(at('rules:\n  |\n  link-missing: off\n').labels).toEqual(['status-undeclared']);
    expect(at('overrides:\n  - paths: src/admin\n    rules:\n      |').labels).toContain('link-missing');
    expect(at('rules:\n  |').one('link-missing').documentation).toBe('A handler has no tag.');
  });

  it('are the keys of a list entry, each entry for itself', () => {
    const keys = ['file', 'role', 'code', 'style', 'sourceOfTruth', 'overlays'];
    expect(at('contracts:\n  - |').labels).toEqual(keys);
    expect(at('contracts:\n  |').with('file')).toBe('contracts:\n  - file: ');
    expect(at('contracts:\n  - file: a.yaml\n    |').labels).toEqual(keys.slice(1));
    expect(at('contracts:\n  - file: a.yaml\n    role: owned\n  - |').labels).toEqual(keys);
    expect(at('contracts:\n  - |\n    role: owned\n  - file: a.yaml\n').labels).toEqual(
      keys.filter((key) => key !== 'role'),
    );
    expect(at('contracts:\n- file: a.yaml\n  |').labels).toEqual(keys.slice(1));
    expect(at('contracts:\n  - file: |').labels).toEqual(names.contracts);
    expect(at('contracts:\n  - file: a.yaml\n    role: |').labels).toEqual(['owned', 'consumed', 'ignored']);
    expect(at('contracts:\n  - file: a.yaml\n    role: |').one('consumed').documentation).toBe(
      'somebody else serves it',
    );
  });

  it('are none in a comment, in a text, or where the schema knows nothing', () => {
    for (const marked of ['# fail|', 'failOn: error # |', 'internal: |', 'nothing:\n  |', 'internal:\n  - |'])
      expect(at(marked).labels, marked).toEqual([]);
  });
});

describe('the meaning of a key', () => {
  const meaning = (marked: string) => configurationMeaning(marked.replace('|', ''), file, marked.indexOf('|'), names);

  it('is what the schema says, or the fault of a rule', () => {
    expect(meaning('fail|On: error')).toEqual({
      place: { file, start: 0, end: 6 },
      name: 'failOn',
      meaning: configurationSchema.properties.failOn.description,
      rule: false,
    });
    expect(meaning('rules:\n  link|-missing: off')).toMatchObject({ meaning: 'A handler has no tag.', rule: true });
    expect(meaning('contracts:\n  - fi|le: a.yaml')?.name).toBe('file');
  });

  it('is nothing beside a key, or of a key that is unknown', () => {
    expect(meaning('failOn: er|ror')).toBeUndefined();
    expect(meaning('fail: |\n')).toBeUndefined();
    expect(meaning('fa|il: x')).toBeUndefined();
  });
});
