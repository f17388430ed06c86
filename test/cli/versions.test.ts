// `diff`, `bump` and `lineage` on real repositories: what they print, write and refuse.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasGit } from '../harness/git.ts';
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

describe.skipIf(!hasGit)('fidelity diff', () => {
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
  it.skipIf(!hasGit)('prints the number, writes it where it belongs, and is content then', async () => {
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

  it.skipIf(!hasGit)('holds a contract against what was recorded as released', async () => {
    const made = repository();
    const { folder } = made;
    const early = await fidelity(folder, ['bump', '--record', '--write']);
    expect(early.code).toBe(2);
    made.write('openapi.yaml', contract('1.5.0'));
    const uncommitted = await fidelity(folder, ['bump', '--record']);
    expect(uncommitted.code).toBe(2);
    expect(uncommitted.stderr).toContain('commit it first');
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

  it.skipIf(!hasGit)(
    'does not ask for what the project accepted, until a version that may break is released',
    async () => {
      const made = repository().write('openapi.yaml', contract('1.4.0', '[]'));
      const { folder } = made;
      const asked = async (): Promise<{
        changes: { id: string; fingerprint: string; reason: string }[];
        level: string;
      }> => JSON.parse((await fidelity(folder, ['diff', 'HEAD:openapi.yaml', 'openapi.yaml', '-f', 'json'])).stdout);
      const { changes, level } = await asked();
      expect(level).toBe('breaking');
      const accept = (version: string): void => {
        const change = {
          contract: 'openapi.yaml',
          version,
          fingerprint: changes[0]!.fingerprint,
          reason: 'No client reads it.',
        };
        made.write('.fidelity/baseline.json', JSON.stringify({ schemaVersion: 1, changes: [change] }));
      };
      accept('1.2.0');
      const softened = await asked();
      expect(softened.level).toBe('compatible');
      expect(softened.changes[0]!.reason).toMatch(/; accepted: No client reads it$/);
      const run = await fidelity(folder, ['bump', '--base', 'HEAD', '-f', 'json']);
      expect(JSON.parse(run.stdout)).toMatchObject({ level: 'compatible', bump: { suggested: '1.5.0' } });
      accept('0.9.0');
      expect((await asked()).level).toBe('breaking');
      const idle = await fidelity(folder, ['bump']);
      expect(idle.stdout).toContain('One accepted change in .fidelity/baseline.json does nothing any more');
    },
  );

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

const served = (paths: string): string => `openapi: 3.0.3
info: { title: Orders, version: 1.4.0 }
paths:
${paths}`;
const one = (fields: string): string => `  /orders/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: One order
          content: { application/json: { schema: { type: object, properties: { ${fields} } } } }
`;
const gone = `        '410': { description: Gone }
`;
const cancel = `  /orders/{id}/cancel:
    post:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: Cancelled } }
`;
const code = (more = ''): string => `import express from 'express';

const app = express();
app.get('/orders/:id', (req, res) => {
  if (req.params.id === '0') return res.status(410).end();
  return res.status(200).json({ id: req.params.id, total: 3 });
});
${more}app.listen(3000);
`;
const before = served(`${one('id: { type: string }, total: { type: integer }, note: { type: string }')}${gone}`);
const manifest = '{ "name": "orders", "dependencies": { "express": "^5.0.0" } }';

describe.skipIf(!hasGit)('what the code says of changes', () => {
  const opened = (contractNow: string, more?: string): string =>
    new Repository(workspace({ 'openapi.yaml': before, 'package.json': manifest, 'src/app.ts': code(more) }))
      .init()
      .commit('first')
      .write('openapi.yaml', contractNow).folder;
  const voices = async (folder: string, args: readonly string[]): Promise<unknown> => {
    const run = await fidelity(folder, args);
    const { changes } = JSON.parse(run.stdout) as { changes: { id: string; subject: string; voice: unknown }[] };
    return changes.map(({ id, subject, voice }) => [id, subject, voice]);
  };
  const line = (text: string): number =>
    code()
      .split('\n')
      .findIndex((one) => one.includes(text)) + 1;

  it('is part of a bump and of a diff: what is still produced, what never was, what is still returned', async () => {
    const folder = opened(served(one('id: { type: string }')));
    const expected = [
      ['response-error-status-removed', '410', 'a handler still returns it', line('410')],
      ['response-property-removed', '200.body.note', 'no handler ever produced it', null],
      ['response-property-removed', '200.body.total', 'a handler still produces it', line('total')],
    ].map(([id, subject, text, at]) => [id, subject, { text, file: at === null ? null : 'src/app.ts', line: at }]);
    expect(await voices(folder, ['bump', '-f', 'json'])).toEqual(expect.arrayContaining(expected));
    expect(
      await voices(folder, ['diff', 'main:openapi.yaml', 'openapi.yaml', '--handlers', '.', '-f', 'json']),
    ).toEqual(expect.arrayContaining(expected));
    const pretty = await fidelity(folder, ['bump']);
    expect(pretty.stdout).toContain('in the code: no handler ever produced it\n');
    expect(pretty.stdout).toContain(`in the code: a handler still produces it (src/app.ts:${line('total')})\n`);
  });

  it('says that an added operation has no handler yet, and that a removed one still has', async () => {
    expect(await voices(opened(`${before}${cancel}`), ['bump', '-f', 'json'])).toEqual([
      ['operation-added', 'POST /orders/{id}/cancel', { text: 'no handler implements it yet', file: null, line: null }],
    ]);
    const folder = opened(served(cancel), "app.post('/orders/:order/cancel', (_, res) => res.status(204).end());\n");
    expect(await voices(folder, ['bump', '-f', 'json'])).toEqual(
      expect.arrayContaining([
        [
          'operation-removed',
          'GET /orders/{id}',
          { text: 'a route still serves it', file: 'src/app.ts', line: line('app.get') },
        ],
        ['operation-added', 'POST /orders/{id}/cancel', null],
      ]),
    );
  });

  it('is silent where the code is not asked, or was not read in full', async () => {
    const folder = opened(served(one('id: { type: string }')));
    const silent = (found: unknown): boolean => (found as unknown[][]).every(([, , voice]) => voice === null);
    expect(silent(await voices(folder, ['bump', '--no-handlers', '-f', 'json']))).toBe(true);
    expect(silent(await voices(folder, ['diff', 'main:openapi.yaml', 'openapi.yaml', '-f', 'json']))).toBe(true);
    const dynamic = opened(
      `${before}${cancel}`,
      "import('./' + process.env.ROUTES).then((more) => app.use(more.router));\n",
    );
    expect(silent(await voices(dynamic, ['bump', '-f', 'json']))).toBe(true);
    const past = await fidelity(folder, ['diff', 'openapi.yaml', 'main:openapi.yaml', '--handlers', '.']);
    expect(past.code).toBe(2);
  });

  it('stands in the evidence of version-bump-missing', async () => {
    const folder = opened(served(one('id: { type: string }')));
    const run = await fidelity(folder, ['check', '-f', 'json'], { history: true });
    const { findings } = JSON.parse(run.stdout) as { findings: { rule: string; related: { message: string }[] }[] };
    const related = findings.find(({ rule }) => rule === 'version-bump-missing')!.related.map(({ message }) => message);
    expect(related).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/`note` was removed.*; no handler ever produced it$/),
        expect.stringMatching(/`total` was removed.*; a handler still produces it$/),
      ]),
    );
  });
});

describe.skipIf(!hasGit)('fidelity lineage', () => {
  it('is part of the drift report, where there is a history', async () => {
    const made = repository().write('package.json', manifest).write('src/app.ts', code());
    made.write('openapi.yaml', contract('1.4.1', '[]')).commit('a broken promise');
    const run = await fidelity(made.folder, ['report', '-f', 'json'], { history: true });
    const { sections } = JSON.parse(run.stdout) as { sections: { id: string; table: { rows: string[][] } }[] };
    const rows = sections.find(({ id }) => id === 'lineage')!.table.rows;
    expect(rows.map(([file, version, , , , changes, number]) => [file, version, changes, number])).toEqual([
      ['openapi.yaml', '1.4.1', '1 breaking change', 'broken: 1 breaking change called for major'],
      ['openapi.yaml', '1.4.0', 'the first seen', ''],
    ]);
    expect((await fidelity(made.folder, ['report'], { history: true })).stdout).toContain('## Versions before');
    expect((await fidelity(made.folder, ['report'])).stdout).not.toContain('Versions before');
  });

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

  it('holds no accepted change against a number', async () => {
    const made = repository();
    const { folder } = made;
    made.write('openapi.yaml', contract('1.5.0', '[]')).commit('accepted');
    const told = await fidelity(folder, ['diff', 'HEAD~1:openapi.yaml', 'openapi.yaml', '-f', 'json']);
    const [{ fingerprint }] = JSON.parse(told.stdout).changes;
    const change = { contract: 'openapi.yaml', version: '1.4.0', fingerprint, reason: 'No client reads it.' };
    made.write('.fidelity/baseline.json', JSON.stringify({ schemaVersion: 1, changes: [change] }));
    expect((await fidelity(folder, ['lineage'])).stdout).toMatch(/1\.5\.0 .*kept/);
  });
});
