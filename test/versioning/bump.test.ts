// Which number changes call for, in every scheme, and what a project may decide about it.

import { describe, expect, it } from 'vitest';
import { bumpFor } from '../../server/src/versioning/bump/bump.ts';
import { changelogEntry, withEntry } from '../../server/src/versioning/bump/changelog.ts';
import { nextVersion, reaches, type Step, schemeOf } from '../../server/src/versioning/bump/schemes.ts';
import { withPackageVersion, withVersion } from '../../server/src/versioning/bump/set-version.ts';
import { usualPolicy } from '../../server/src/versioning/change.ts';
import { compared, today } from './pairs.ts';

const contract = (version: string, body: string, server = ''): string => `openapi: 3.1.0
info: { title: Orders, version: '${version}' }
${server}
paths:
  /orders:
    post:
      requestBody: { content: { application/json: { schema: { ${body} } } } }
      responses: { '204': { description: done } }
`;

const bodies: Readonly<Record<Step, readonly [string, string]>> = {
  major: ['type: object', 'type: object, required: [id]'],
  minor: ['type: object, required: [id]', 'type: object'],
  patch: ['type: object', 'type: object, description: An order'],
  none: ['type: object', 'type: object'],
};

function wanted(version: string, step: Step, now = version): [string, string | null, boolean | null] {
  const [before, after] = bodies[step];
  const bump = bumpFor(compared(contract(version, before), contract(now, after)), { today });
  return [bump.needed, bump.suggested, bump.kept];
}

describe('the version that changes call for', () => {
  it.each<readonly [string, Step, string, string | null]>([
    ['1.4.2', 'major', 'major', '2.0.0'],
    ['1.4.2', 'minor', 'minor', '1.5.0'],
    ['1.4.2', 'patch', 'patch', '1.4.3'],
    ['1.4.2', 'none', 'none', null],
    ['0.4.2', 'major', 'minor', '0.5.0'],
    ['0.4.2', 'minor', 'minor', '0.5.0'],
    ['v1.4.2', 'major', 'major', 'v2.0.0'],
    ['1.4', 'major', 'major', '2.0'],
    ['2.0.0-rc.1', 'major', 'major', '2.0.0-rc.2'],
    ['2.1.0-beta.3', 'major', 'major', '3.0.0'],
    ['2.1.0-beta.3', 'minor', 'minor', '2.1.0-beta.4'],
    ['2026-01-15', 'major', 'major', '2026-06-01'],
    ['2026.01.15', 'minor', 'minor', '2026.06.01'],
    ['71', 'major', 'major', '72'],
    ['71', 'minor', 'minor', null],
    ['v71', 'major', 'major', 'v72'],
    ['2026-01-15_1.4.2', 'major', 'major', '2026-06-01_2.0.0'],
    ['spring', 'major', 'major', null],
  ])('after %s, for a %s change: %s, %s', (version, step, needed, suggested) => {
    expect(wanted(version, step).slice(0, 2)).toEqual([needed, suggested]);
  });

  it.each<readonly [string, string, Step, boolean | null]>([
    ['1.4.2', '2.0.0', 'major', true],
    ['1.4.2', '2.0.0-rc.1', 'major', true],
    ['1.4.2', '1.5.0', 'major', false],
    ['1.4.2', '1.5.0', 'minor', true],
    ['1.4.2', '1.4.2', 'none', true],
    ['0.4.2', '0.5.0', 'major', true],
    ['2026-01-15', '2026-05-20', 'major', true],
    ['2026-01-15', '2026-01-15', 'major', false],
    ['71', '72', 'major', true],
    ['71', '71', 'minor', true],
    ['spring', 'summer', 'major', null],
  ])('from %s, %s is enough for a %s change: %s', (before, after, step, kept) => {
    expect(wanted(before, step, after)[2]).toBe(kept);
  });

  it('says that a breaking change under an unchanged path belongs under the next one', () => {
    const server = 'servers: [{ url: https://api.example/v2 }]';
    const comparison = compared(
      contract('2.1.0', 'type: object', server),
      contract('2.1.0', 'type: object, required: [id]', server),
    );
    expect(bumpFor(comparison, { today }).notes.join(' ')).toContain('/v3');
  });

  it('follows a policy about risky changes, and about removals after their sunset', () => {
    const server = (name: string): string => `servers: [{ url: https://${name}.example }, { url: https://c.example }]`;
    const risky = compared(
      contract('1.0.0', 'type: object', server('a')),
      contract('1.0.0', 'type: object', 'servers: [{ url: https://c.example }]'),
    );
    expect(risky.level).toBe('risky');
    expect(bumpFor(risky, { today }).suggested).toBe('2.0.0');
    expect(bumpFor(risky, { today, policy: { ...usualPolicy, risky: 'minor' } }).suggested).toBe('1.1.0');
  });

  it('is never lower than the one before', () => {
    for (const version of ['1.4.2', '0.0.1', '9.9.9-rc.9', '71', '2026-05-31', '2026-01-15_0.1.0']) {
      for (const step of ['major', 'minor', 'patch'] as const) {
        const scheme = schemeOf(version);
        const next = nextVersion(scheme, version, step, today);
        if (next !== undefined) expect(reaches(scheme, next, version), `${version} to ${next}`).toBe(true);
      }
    }
  });
});

describe('writing a version', () => {
  it('keeps the handwriting of the contract', () => {
    expect(withVersion('a.yaml', "openapi: 3.1.0\ninfo:\n  version: '1.0.0' # now\n  title: a\n", '2.0.0')).toEqual({
      text: "openapi: 3.1.0\ninfo:\n  version: '2.0.0' # now\n  title: a\n",
    });
    expect(withVersion('a.json', '{"openapi":"3.1.0","info":{"version":"1.0.0"}}', '1.1.0')).toEqual({
      text: '{"openapi":"3.1.0","info":{"version":"1.1.0"}}',
    });
  });

  it('leaves a package that is numbered on its own', () => {
    expect(withPackageVersion('{ "version": "1.0.0" }', ['1.0.0'], '2.0.0')).toEqual({
      text: '{ "version": "2.0.0" }',
    });
    expect(withPackageVersion('{ "version": "7.0.0" }', ['1.0.0'], '2.0.0')).toHaveProperty('refused');
  });

  it('adds one entry to a changelog, below what is unreleased', () => {
    const { changes } = compared(contract('1.0.0', 'type: object'), contract('1.0.0', 'type: object, required: [id]'));
    const entry = changelogEntry(changes, { version: '2.0.0', date: today, link: () => 'openapi.yaml#L4' });
    const text = withEntry('# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-01-01\n', entry, '2.0.0');
    expect(text).toMatch(
      /Unreleased\]\n\n## \[2\.0\.0\] - 2026-06-01\n\n### Breaking\n\n- .*\(\[POST \/orders\]\(openapi\.yaml#L4\)\).*\n\n## \[1\.0\.0\]/,
    );
    expect(withEntry(text ?? '', entry, '2.0.0')).toBeUndefined();
  });
});
