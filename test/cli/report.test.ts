// `fidelity report`: formats, presets, the window since a revision, rolling up, and what goes wrong.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasGit } from '../harness/git.ts';
import { agreeing, drifting, fidelity, workspace } from './run-fidelity.ts';

describe('fidelity report', () => {
  it('writes Markdown to standard output, and ends well whatever was found', async () => {
    const { code, stdout } = await fidelity(workspace(drifting), ['report']);
    expect(code).toBe(0);
    expect(stdout).toContain('# Drift report');
    expect(stdout).toContain('`GET /orders/{id}`');
    expect(stdout).toMatch(/100 × \d+ kept ÷ \(\d+ kept \+ 1 drifting\) = \d+/);
  });

  it('writes a page that stands alone, the same bytes each time', async () => {
    const folder = workspace(drifting);
    for (const name of ['one.html', 'two.html']) await fidelity(folder, ['report', '-f', `html=${name}`]);
    const [one, two] = ['one.html', 'two.html'].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(one).toBe(two);
    expect(one).toContain('Content-Security-Policy');
    expect(one).not.toContain(folder);
    expect(one).not.toMatch(/https?:\/\//);
  });

  it('has the same score as data, page and Markdown', async () => {
    const folder = workspace(drifting);
    const { stdout } = await fidelity(folder, ['report', '-f', 'json', '-f', 'markdown=r.md', '-f', 'html=r.html']);
    const { score } = JSON.parse(stdout);
    expect(score.value).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'r.md'), 'utf8')).toContain(`= ${score.value}`);
    expect(readFileSync(join(folder, 'r.html'), 'utf8')).toContain(`= ${score.value}`);
  });

  it('says in one screen what an agreeing service is', async () => {
    const { stdout } = await fidelity(workspace(agreeing), ['report', '--summary']);
    expect(stdout).toContain('Everything that could be seen agrees with its contract');
    expect(stdout).not.toContain('## Findings');
  });

  it('profiles the contract of a vendor', async () => {
    const config = 'contracts:\n  - file: openapi.yaml\n    role: consumed\n';
    const folder = workspace({ 'openapi.yaml': drifting['openapi.yaml']!, 'fidelity.yaml': config });
    const { stdout } = await fidelity(folder, ['report', '--preset', 'vendor-onboarding']);
    expect(stdout).toContain('- [ ] How a client proves who it is: no security scheme is declared');
    expect(stdout).toContain('## Orders');
  });

  it.skipIf(!hasGit)('looks at what changed since a revision', async () => {
    const folder = workspace(agreeing);
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args]);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    writeFileSync(join(folder, 'openapi.yaml'), drifting['openapi.yaml']!);
    const { stdout } = await fidelity(folder, ['report', '--since', 'HEAD']);
    expect(stdout).toContain('What changed since HEAD');
    expect(stdout).toContain('404');
    expect(stdout).toMatch(/\| openapi\.yaml \| (?:breaking|risky|compatible) \| \S/);
    expect(await fidelity(folder, ['report', '--since', 'nowhere'])).toMatchObject({ code: 2 });
  });

  it('rolls up reports of other runs', async () => {
    const folder = workspace(drifting);
    await fidelity(folder, ['check', '-f', 'json=a.json']);
    await fidelity(folder, ['check', '-f', 'json=b.json']);
    const { code, stdout } = await fidelity(folder, ['report', '--merge', 'a.json', 'b.json', '-f', 'json']);
    expect(code).toBe(0);
    const { contracts, findings } = JSON.parse(stdout);
    expect(contracts.map((one: { readonly file: string }) => one.file)).toEqual(['a/openapi.yaml', 'b/openapi.yaml']);
    expect(findings).toHaveLength(2);
  });

  it.each([
    [['report', '--preset', 'weekly'], 'There is no preset "weekly"'],
    [['report', '--preset', 'uat', '--since', 'HEAD'], '--since belongs to the preset post-incident'],
    [['report', '--merge', 'package.json'], 'is no report of'],
    [['report', '--merge', 'missing.json'], 'cannot be opened'],
    [['report', '-f', 'pdf'], 'There is no format "pdf"'],
  ])('ends with 2 and says why: %j', async (args, message) => {
    const { code, stderr } = await fidelity(workspace(drifting), args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
