// Owns the tests of reading and writing `fidelity.yaml`.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../server/src/registry/read-configuration.ts';
import { configurationSchema } from '../../server/src/registry/schema.ts';
import { codeSelector } from '../../server/src/registry/selection.ts';
import { writeConfiguration } from '../../server/src/registry/write-configuration.ts';
import { memory } from './models.ts';

function reading(text: string, others: Readonly<Record<string, string>> = {}, start = '/w/services/pay') {
  return readConfiguration(memory({ '/w/fidelity.yaml': text, ...others }), start);
}

/** What is underlined, with the message. */
function problems(text: string): string[] {
  return reading(text).problems.map(({ message, place }) => `${text.slice(place.start, place.end)}: ${message}`);
}

describe('reading fidelity.yaml', () => {
  it('takes the nearest ancestor, and the defaults where there is none', () => {
    const near = reading('failOn: error', { '/w/services/fidelity.yaml': 'failOn: never' });
    expect(near.file).toBe('/w/services/fidelity.yaml');
    expect(near.configuration).toMatchObject({ folder: '/w/services', failOn: 'never' });
    const none = readConfiguration(memory({}), '/w/services');
    expect(none).toMatchObject({ problems: [], configuration: { folder: '/w/services', contracts: [] } });
    expect(none.file).toBeUndefined();
  });

  it('reads everything that the schema knows', () => {
    const text = `contracts:
  - file: api/openapi.yaml
    role: owned
    style: contract-first
    sourceOfTruth: contract
    code: [src/**]
  - file: vendor/*.json
    role: consumed
code:
  include: src/**
  exclude: [src/legacy/**]
internal:
  - GET /admin/**
rules:
  status-undeclared: warning
  example-invalid: off
failOn: warning
`;
    const { configuration, problems: found } = reading(text, { '/w/api/openapi.yaml': '' });
    expect(found).toEqual([]);
    expect(configuration.contracts).toMatchObject([
      { file: 'api/openapi.yaml', role: 'owned', style: 'contract-first', sourceOfTruth: 'contract', code: ['src/**'] },
      { file: 'vendor/*.json', role: 'consumed', code: [] },
    ]);
    expect(configuration.code).toEqual({ include: ['src/**'], exclude: ['src/legacy/**'] });
    expect([...configuration.rules]).toEqual([
      ['status-undeclared', 'warning'],
      ['example-invalid', 'off'],
    ]);
    const place = configuration.rulePlaces.get('example-invalid');
    expect(text.slice(place?.start, place?.end)).toBe('example-invalid');
    expect(configuration.internal).toEqual(['GET /admin/**']);
    const select = codeSelector(configuration);
    expect(['/w/src/a.ts', '/w/src/legacy/a.ts', '/w/test/a.ts', '/elsewhere/a.ts'].map(select)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('says what is wrong at the words that are wrong, and keeps what is sound', () => {
    expect(problems('failOn: sometimes\n')).toEqual([
      'sometimes: `failOn` must be one of `error`, `warning`, `information`, `never`.',
    ]);
    expect(problems('rulez: {}\n')).toEqual(['rulez: The configuration does not know the key `rulez`.']);
    expect(problems('contracts:\n  - role: owned\n')[0]).toContain('`contracts.0` needs the key `file`.');
    expect(problems('rules:\n  status-undeclared: loud\n')[0]).toMatch(/^loud: /);
    const half = reading('failOn: 7\nrules: { example-invalid: off }\n');
    expect(half.problems).toHaveLength(1);
    expect(half.configuration.rules.get('example-invalid')).toBe('off');
    expect(half.configuration.failOn).toBeUndefined();
  });

  it('names a contract that does not exist', () => {
    expect(problems('contracts:\n  - file: api/missing.yaml\n')).toEqual([
      'api/missing.yaml: The contract `api/missing.yaml` does not exist.',
    ]);
  });

  it('survives broken, hostile and empty text', () => {
    expect(problems('contracts: [\n')[0]).toContain('not valid YAML');
    expect(reading('').problems).toEqual([]);
    expect(problems('- a\n- b\n')[0]).toContain('must be object');
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g']
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[index]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(reading(bomb).problems).toHaveLength(1);
    expect(reading(`# ${'x'.repeat(300_000)}`).problems[0]?.message).toContain('256 KB');
  });
});

describe('the shipped schema', () => {
  it('is the one that is used', () => {
    const shipped: unknown = JSON.parse(readFileSync('server/schemas/fidelity.schema.json', 'utf8'));
    expect(shipped).toEqual(JSON.parse(JSON.stringify(configurationSchema)));
  });
});

describe('writing fidelity.yaml', () => {
  it('is read back without a problem', () => {
    const text = writeConfiguration({
      contracts: [
        {
          file: 'api/openapi.yaml',
          role: 'owned',
          style: 'generated',
          code: 'services/pay',
          note: '3 of its 4 operations',
        },
        { file: 'vendor/psp: v2.json', role: 'consumed', style: 'contract-first' },
      ],
    });
    const { configuration, problems: found } = reading(text, {
      '/w/api/openapi.yaml': '',
      '/w/vendor/psp: v2.json': '',
    });
    expect(found).toEqual([]);
    expect(configuration.contracts).toMatchObject([
      { file: 'api/openapi.yaml', role: 'owned', style: 'generated', code: ['services/pay/**'] },
      { file: 'vendor/psp: v2.json', role: 'consumed' },
    ]);
    expect(reading(writeConfiguration({ contracts: [] })).problems).toEqual([]);
  });
});
