// `extends` and `overrides` of fidelity.yaml: what is taken over, what wins, and where mistakes are said.

import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../server/src/registry/read-configuration.ts';
import { severityOverrides } from '../../server/src/registry/selection.ts';
import { memory } from './models.ts';

const read = (files: Readonly<Record<string, string>>) => readConfiguration(memory(files), '/w/pay');

describe('extends', () => {
  it('takes over what the file does not say itself, later bases before earlier ones', () => {
    const { configuration, problems, sources } = read({
      '/w/pay/fidelity.yaml': 'extends: [../org.yaml, ../team.yaml]\nrules: { body-unread: error }\n',
      '/w/org.yaml': 'failOn: warning\nrules: { body-unread: off, status-undeclared: warning }\ninternal: [/health]\n',
      '/w/team.yaml': 'rules: { status-undeclared: hint }\ninternal: [/metrics]\nversions: { risky: minor }\n',
    });
    expect(problems).toEqual([]);
    expect(Object.fromEntries(configuration.rules)).toEqual({ 'body-unread': 'error', 'status-undeclared': 'hint' });
    expect(configuration).toMatchObject({ failOn: 'warning', internal: ['/health', '/metrics'], folder: '/w/pay' });
    expect(configuration.versions.risky).toBe('minor');
    expect(sources).toEqual(['/w/pay/fidelity.yaml', '/w/org.yaml', '/w/team.yaml']);
  });

  it('never takes over contracts or code, which are a project of its own', () => {
    const { configuration } = read({
      '/w/pay/fidelity.yaml': 'extends: ../org.yaml\n',
      '/w/org.yaml': 'contracts: [{ file: org.yaml }]\ncode: { include: other/** }\n',
    });
    expect(configuration.contracts).toEqual([]);
    expect(configuration.code.include).toEqual([]);
  });

  it.each([
    ['extends: ../gone.yaml\n', '../gone.yaml', 'names a file that does not exist'],
    ['extends: [fidelity.yaml]\n', 'fidelity.yaml', 'leads back to a file that it came from'],
    ['extends: ../loop.yaml\n', '../loop.yaml', 'leads back'],
    ['extends: ../wrong.yaml\n', '../wrong.yaml', 'is not followed in full'],
  ])('says once, where the file is named, what is wrong: %s', (text, named, message) => {
    const { problems } = read({
      '/w/pay/fidelity.yaml': text,
      '/w/loop.yaml': 'extends: pay/fidelity.yaml\n',
      '/w/wrong.yaml': 'rules: { body-unread: loud }\nnonsense: 1\n',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toContain(message);
    expect(text.slice(problems[0]!.place.start, problems[0]!.place.end)).toBe(named);
  });
});

describe('overrides', () => {
  it('give a rule another severity in some files, the last one that speaks of it', () => {
    const { configuration, problems } = read({
      '/w/pay/fidelity.yaml': [
        'overrides:',
        '  - paths: src/**',
        '    rules: { body-unread: hint, status-undeclared: warning }',
        '  - paths: [src/old]',
        '    rules: { body-unread: off }',
        '',
      ].join('\n'),
    });
    expect(problems).toEqual([]);
    const severity = severityOverrides(configuration);
    expect(severity('/w/pay/src/a.ts', 'body-unread')).toBe('hint');
    expect(severity('/w/pay/src/old/a.ts', 'body-unread')).toBe('off');
    expect(severity('/w/pay/src/old/a.ts', 'status-undeclared')).toBe('warning');
    expect(severity('/w/pay/test/a.ts', 'body-unread')).toBeUndefined();
    expect(severity('/w/other/src/a.ts', 'body-unread')).toBeUndefined();
  });

  it('of a wrong form are said at their place', () => {
    const text = 'overrides:\n  - paths: src/**\n    rules: { body-unread: loud }\n';
    const { problems } = read({ '/w/pay/fidelity.yaml': text });
    expect(problems.map(({ place }) => text.slice(place.start, place.end))).toEqual(['loud']);
  });
});
