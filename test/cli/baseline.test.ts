// `fidelity baseline`: the accepted past is written once, silences what it names, only shrinks, and says what is no longer there.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withRelease } from '../../server/src/versioning/recorded.ts';
import { agreeing, drifting, fidelity, workspace } from './run-fidelity.ts';

const file = '.fidelity/baseline.json';
const read = (folder: string): { findings: Record<string, unknown>[] } =>
  JSON.parse(readFileSync(join(folder, file), 'utf8'));

describe('fidelity baseline', () => {
  it('accepts what is there, so that only what is new fails a run', async () => {
    const folder = workspace(drifting);
    expect((await fidelity(folder, ['check'])).code).toBe(1);
    const { code, stdout } = await fidelity(folder, ['baseline', 'write', '--reason', 'Known since the move']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Wrote ${file} with 1 finding: 1 finding accepted, 0 removed.\n`,
    });
    expect(read(folder).findings).toMatchObject([
      { rule: 'status-undeclared', operation: 'GET /orders/{id}', subject: '404', reason: 'Known since the move' },
    ]);
    const { code: after, stdout: json } = await fidelity(folder, ['check', '-f', 'json']);
    expect(after).toBe(0);
    expect(JSON.parse(json).findings).toMatchObject([
      { rule: 'status-undeclared', suppressed: { by: 'baseline', reason: 'Known since the move', until: null } },
    ]);
    const app = join(folder, 'src/app.js');
    writeFileSync(
      app,
      readFileSync(app, 'utf8').replace(
        'res.json({ id',
        "if (req.params.id === '1') return res.status(410).end();\n  res.json({ id",
      ),
    );
    expect((await fidelity(folder, ['check'])).code).toBe(1);
  });

  it('keeps its text when nothing changed, and its reasons', async () => {
    const folder = workspace(drifting);
    await fidelity(folder, ['baseline', 'write', '--reason', 'Known']);
    const before = readFileSync(join(folder, file), 'utf8');
    await fidelity(folder, ['baseline', 'write']);
    expect(readFileSync(join(folder, file), 'utf8')).toBe(before);
  });

  it('only shrinks, unless somebody says otherwise', async () => {
    const folder = workspace(agreeing);
    await fidelity(folder, ['baseline', 'write']);
    writeFileSync(join(folder, 'openapi.yaml'), drifting['openapi.yaml']!);
    const refused = await fidelity(folder, ['baseline', 'write']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('status-undeclared: GET /orders/{id}');
    expect(read(folder).findings).toEqual([]);
    expect((await fidelity(folder, ['baseline', 'write', '--grow'])).code).toBe(0);
    expect(read(folder).findings).toHaveLength(1);
  });

  it('says what is no longer there, and prunes it', async () => {
    const folder = workspace(drifting);
    await fidelity(folder, ['baseline', 'write']);
    expect((await fidelity(folder, ['baseline', 'check'])).code).toBe(0);
    writeFileSync(join(folder, 'openapi.yaml'), agreeing['openapi.yaml']!);
    const { stdout } = await fidelity(folder, ['check', '-f', 'json']);
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'suppression-unused', code: { file, line: 4 } }]);
    const stale = await fidelity(folder, ['baseline', 'check']);
    expect(stale.code).toBe(1);
    expect(stale.stdout).toContain('1 entry can go: fidelity baseline prune');
    expect((await fidelity(folder, ['baseline', 'prune'])).stdout).toContain('with 0 findings: 1 removed');
    expect((await fidelity(folder, ['baseline', 'check'])).code).toBe(0);
  });

  it('calls nothing superfluous that was not looked at', async () => {
    const folder = workspace({ ...drifting, 'fidelity.yaml': 'rules: {}\n' });
    await fidelity(folder, ['baseline', 'write']);
    for (const args of [
      ['check', 'src', '--contract', 'openapi.yaml'],
      ['check', '--code', 'nothing/**'],
      ['check', '--rule', 'status-undeclared=off'],
    ]) {
      const { stdout } = await fidelity(folder, [...args, '-f', 'json']);
      const told: { rule: string }[] = JSON.parse(stdout).findings;
      expect(told.map(({ rule }) => rule)).not.toContain('suppression-unused');
    }
  });

  it('shares its file with the releases of contracts, and leaves them as they are', async () => {
    const releases = [{ contract: 'openapi.yaml', version: '1.0.0', commit: 'a'.repeat(40), date: '2026-05-01' }];
    const folder = workspace({ ...drifting, [file]: JSON.stringify({ schemaVersion: 1, releases }) });
    expect((await fidelity(folder, ['check'])).code).toBe(1);
    expect((await fidelity(folder, ['baseline', 'prune'])).stderr).toContain('There is no baseline');
    expect((await fidelity(folder, ['baseline', 'write'])).code).toBe(0);
    expect(read(folder)).toMatchObject({ schemaVersion: 1, findings: [{ rule: 'status-undeclared' }], releases });
    expect((await fidelity(folder, ['check'])).code).toBe(0);
    const release = { contract: 'openapi.yaml', version: '1.1.0', commit: 'b'.repeat(40), date: '2026-06-01' };
    writeFileSync(join(folder, file), withRelease(readFileSync(join(folder, file), 'utf8'), release)!);
    expect((await fidelity(folder, ['check'])).code).toBe(0);
    expect((await fidelity(folder, ['baseline', 'write'])).code).toBe(0);
    expect(read(folder)).toMatchObject({ findings: [{ subject: '404' }], releases: [...releases, release] });
  });

  it('holds an entry until its day', async () => {
    const folder = workspace(drifting);
    await fidelity(folder, ['baseline', 'write']);
    const text = readFileSync(join(folder, file), 'utf8').replace('"404"', '"404","until":"2026-06-15"');
    writeFileSync(join(folder, file), text);
    expect((await fidelity(folder, ['check'], { today: '2026-06-15' })).code).toBe(0);
    const late = await fidelity(folder, ['check', '-f', 'json'], { today: '2026-06-16' });
    expect(late.code).toBe(1);
    expect(JSON.parse(late.stdout).findings.map(({ rule }: { rule: string }) => rule)).toContain('suppression-expired');
  });

  it.each([
    ['{', 'is no JSON'],
    ['{"schemaVersion":9,"findings":[]}', 'has not the form of version 1'],
    ['[]', 'has not the form'],
  ])('ends a run with 2 when it cannot be read: %s', async (text, message) => {
    const { code, stderr } = await fidelity(workspace({ ...drifting, [file]: text }), ['check']);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('says what it cannot do', async () => {
    const folder = workspace(drifting);
    expect((await fidelity(folder, ['baseline', 'prune'])).stderr).toContain('There is no baseline');
    expect((await fidelity(folder, ['baseline', 'burn'])).stderr).toContain('is none of write, prune, check');
    expect(existsSync(join(folder, file))).toBe(false);
  });
});
