// `diff`, `bump` and `lineage` on real repositories: what they print, write and refuse.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Repository } from '../versioning/repository.ts';
import { fidelity, workspace } from './run-fidelity.ts';

const contract = (version: string, required = '[id]'): string => `openapi: 3.0.3
info:
  title: Orders
  version: ${version} # the released one
paths:
  /orders/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: One order
          content:
            application/json:
              schema: { type: object, required: ${required}, properties: { id: { type: string } } }
`;

const repository = (): Repository =>
  new Repository(workspace({ 'openapi.yaml': contract('1.4.0') })).init().commit('first');

describe('fidelity diff', () => {
  it('compares files and revisions, and says it by its exit code', async () => {
    const { folder } = repository().write('openapi.yaml', contract('1.4.0', '[]'));
    const run = await fidelity(folder, ['diff', 'main:openapi.yaml', 'openapi.yaml', '-f', 'json']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      base: { file: 'openapi.yaml', version: '1.4.0', ref: 'main' },
      level: 'breaking',
      bump: { scheme: 'semver', needed: 'major', suggested: '2.0.0', kept: false },
      changes: [{ id: 'response-property-became-optional', operation: 'GET /orders/{id}', subject: '200.body.id' }],
    });
    const same = await fidelity(folder, ['diff', 'openapi.yaml', 'openapi.yaml']);
    expect(same).toMatchObject({ code: 0, stderr: '' });
    const none = await fidelity(folder, ['diff', 'nowhere:openapi.yaml', 'openapi.yaml']);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('the repository has no revision "nowhere"');
  });
});

describe('fidelity bump', () => {
  it('prints the number, writes it where it belongs, and is content then', async () => {
    const { folder } = repository()
      .write('package.json', '{\n  "version": "1.4.0"\n}\n')
      .write('CHANGELOG.md', '# Changelog\n\n## [1.4.0] - 2026-01-01\n')
      .write('openapi.yaml', contract('1.4.0', '[]'));
    const asked = await fidelity(folder, ['bump', '--fail-on', 'breaking']);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain('2.0.0');
    const written = await fidelity(folder, ['bump', '--write']);
    expect(written.code).toBe(0);
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
    expect(read('openapi.yaml')).toBe(contract('2.0.0', '[]'));
    expect(read('package.json')).toBe('{\n  "version": "2.0.0"\n}\n');
    expect(read('CHANGELOG.md')).toMatch(
      /^# Changelog\n\n## \[2\.0\.0\] - 2026-06-01\n\n### Breaking\n\n- .*\[GET \/orders\/\{id\}\]\(openapi\.yaml#L\d+\).*\n\n## \[1\.4\.0\]/,
    );
    expect((await fidelity(folder, ['bump', '--fail-on', 'breaking'])).code).toBe(0);
  });

  it('holds a contract against what was recorded as released', async () => {
    const made = repository();
    const { folder } = made;
    const early = await fidelity(folder, ['bump', '--record', '--write']);
    expect(early.code).toBe(2);
    made.write('openapi.yaml', contract('1.5.0'));
    const uncommitted = await fidelity(folder, ['bump', '--record']);
    expect(uncommitted.code).toBe(2);
    expect(uncommitted.stderr).toContain('Commit it first');
    expect(existsSync(join(folder, '.fidelity/baseline.json'))).toBe(false);
    made.commit('a release');
    const recorded = await fidelity(folder, ['bump', '--record']);
    expect(recorded).toMatchObject({ code: 0 });
    expect(recorded.stderr).toMatch(/^\.fidelity\/baseline\.json: openapi\.yaml 1\.5\.0 at [0-9a-f]{8}\.\n$/);
    // On the main branch itself, a commit is its own merge base: only the record remembers the release.
    made.write('openapi.yaml', contract('1.5.0', '[]')).commit('breaks');
    const run = await fidelity(folder, ['bump', '-f', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({
      base: { version: '1.5.0', ref: expect.stringMatching(/^release 1\.5\.0 \([0-9a-f]{8}\)$/) },
      level: 'breaking',
      bump: { suggested: '2.0.0' },
    });
    const other = await fidelity(folder, ['bump', '--base', 'HEAD', '-f', 'json']);
    expect(JSON.parse(other.stdout)).toMatchObject({ level: 'none' });
  });

  it('takes a file that the configuration names, relative to the configuration', async () => {
    const folder = workspace({
      'api/fidelity.yaml': 'versions: { base: released/v1.yaml }\n',
      'api/released/v1.yaml': contract('1.4.0'),
      'api/openapi.yaml': contract('1.4.0', '[]'),
    });
    const run = await fidelity(folder, ['bump', 'openapi.yaml', '-f', 'json'], { cwd: 'api' });
    expect(JSON.parse(run.stdout)).toMatchObject({ base: { ref: 'released/v1.yaml' }, bump: { suggested: '2.0.0' } });
  });
});

describe('fidelity lineage', () => {
  it('lists the versions with what they changed', async () => {
    const made = repository();
    made.write('openapi.yaml', contract('1.4.1', '[]')).commit('a broken promise');
    const run = await fidelity(made.folder, ['lineage', '-f', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({
      contract: 'openapi.yaml',
      releases: [
        { version: '1.4.1', level: 'breaking', needed: 'major', kept: false },
        { version: '1.4.0', level: null },
      ],
    });
    expect((await fidelity(made.folder, ['lineage'])).stdout).toMatch(
      /1\.4\.1 .*broken: 1 breaking change called for major/,
    );
  });
});
