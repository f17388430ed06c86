// `fidelity check`: the forms of the output and where it goes.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectValid } from '../../report/schemas.ts';
import { agreeing, drifting, fidelity, workspace } from '../run-fidelity.ts';

describe('outputs', () => {
  it('prints valid JSON and nothing else for json', async () => {
    const { stdout, stderr } = await fidelity(workspace(drifting), ['check', '-f', 'json']);
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(stderr).toBe('');
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      rule: 'status-undeclared',
      operation: 'GET /orders/{id}',
      subject: '404',
      code: { file: 'src/app.js', line: 5 },
      contract: { file: 'openapi.yaml', line: 8 },
    });
    expect(report.routes).toMatchObject([{ method: 'GET', path: '/orders/{id}', operation: 'GET /orders/{id}' }]);
    expect(stdout).not.toContain('/tmp/');
  });

  it('prints valid SARIF', async () => {
    const { stdout } = await fidelity(workspace(drifting), ['check', '-f', 'sarif']);
    const log = JSON.parse(stdout);
    expectValid('sarif', log);
    const [run] = log.runs;
    expect(run.results[0].partialFingerprints['contractFidelity/v1']).toMatch(/^[0-9a-f]{16}$/);
    expect(run.results[0].relatedLocations.length).toBeGreaterThan(0);
    expect(run.tool.driver.rules[0].help.markdown).toContain('What it finds');
  });

  it('writes several formats to files in one run, whole, and still says why it is 1', async () => {
    const folder = workspace(drifting);
    const run = await fidelity(folder, [
      'check',
      '-f',
      'json=out/drift.json',
      '-f',
      'sarif=drift.sarif',
      '-f',
      'junit=j.xml',
    ]);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toBe('1 finding: 1 error. See out/drift.json, drift.sarif, j.xml.\n');
    expectValid('report', JSON.parse(readFileSync(join(folder, 'out/drift.json'), 'utf8')));
    expectValid('sarif', JSON.parse(readFileSync(join(folder, 'drift.sarif'), 'utf8')));
    expect(readFileSync(join(folder, 'j.xml'), 'utf8')).toContain('failures="1"');
    expect(readdirSync(join(folder, 'out'))).toEqual(['drift.json']);
  });

  it('names paths from the root in JSON and from the current folder for people', async () => {
    const files = Object.fromEntries(Object.entries(drifting).map(([path, text]) => [`services/orders/${path}`, text]));
    const folder = workspace(files);
    const json = JSON.parse((await fidelity(folder, ['check', 'services/orders', '-f', 'json'])).stdout);
    expect(json.findings[0].code.file).toBe('src/app.js');
    const github = (await fidelity(folder, ['check', 'services/orders', '-f', 'github'])).stdout;
    expect(github).toContain('::error file=services/orders/src/app.js,line=5');
    const sarif = JSON.parse((await fidelity(folder, ['check', 'services/orders', '-f', 'sarif'])).stdout);
    const { artifactLocation } = sarif.runs[0].results[0].locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe('services/orders/src/app.js');
    const inside = await fidelity(folder, ['check', '-f', 'github'], { cwd: 'services/orders' });
    expect(inside.stdout).toContain('::error file=src/app.js,line=5');
  });

  it('gives several roots one report, with paths from what they share', async () => {
    const folder = workspace({
      ...Object.fromEntries(Object.entries(drifting).map(([path, text]) => [`a/${path}`, text])),
      ...Object.fromEntries(Object.entries(agreeing).map(([path, text]) => [`b/${path}`, text])),
    });
    const report = JSON.parse((await fidelity(folder, ['check', 'a', 'b', 'a', '-f', 'json'])).stdout);
    expect(report.contracts.map((contract: { file: string }) => contract.file)).toEqual([
      'a/openapi.yaml',
      'b/openapi.yaml',
    ]);
    expect(report.findings.map((finding: { code: { file: string } }) => finding.code.file)).toEqual(['a/src/app.js']);
  });

  it('has the same answer in two runs, but for the clock', async () => {
    const folder = workspace(drifting);
    const run = async () => JSON.parse((await fidelity(folder, ['check', '-f', 'json'])).stdout);
    const [first, second] = [await run(), await run()];
    first.summary.milliseconds = second.summary.milliseconds;
    expect(first).toEqual(second);
  });

  it('keeps a fingerprint when lines move', async () => {
    const fingerprint = async (files: Readonly<Record<string, string>>) =>
      JSON.parse((await fidelity(workspace(files), ['check', '-f', 'json'])).stdout).findings[0].fingerprint;
    const moved = { ...drifting, 'src/app.js': `// A comment more.\n\n${drifting['src/app.js']}` };
    expect(await fingerprint(moved)).toBe(await fingerprint(drifting));
  });

  it('is in colour at a terminal, unless told otherwise', async () => {
    const folder = workspace(drifting);
    const colored = async (args: string[], env: Record<string, string>, isTerminal: boolean) =>
      (await fidelity(folder, ['check', ...args], { env, isTerminal })).stdout.includes('\u001b[');
    expect(await colored([], {}, true)).toBe(true);
    expect(await colored([], {}, false)).toBe(false);
    expect(await colored([], { NO_COLOR: '1' }, true)).toBe(false);
    expect(await colored([], { FORCE_COLOR: '1' }, false)).toBe(true);
    expect(await colored(['--color'], { NO_COLOR: '1' }, false)).toBe(true);
    expect(await colored(['--no-color'], { FORCE_COLOR: '1' }, true)).toBe(false);
  });

  it('shows progress at a terminal only, and not with --quiet', async () => {
    const folder = workspace(agreeing);
    const seen = await fidelity(folder, ['check'], { isTerminal: true });
    expect(seen.stderr).toContain('Reading contracts and code');
    expect(seen.stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect((await fidelity(folder, ['check', '--quiet'], { isTerminal: true })).stderr).toBe('');
    expect((await fidelity(folder, ['check'], { isTerminal: true, env: { CI: 'true' } })).stderr).toBe('');
  });

  it('prints the times of the phases', async () => {
    const { stderr } = await fidelity(workspace(agreeing), ['check', '--timings']);
    expect(stderr).toMatch(
      /^Listing files +\d+ ms\nReading contracts and code +\d+ ms\nComparing .*\nReporting .*\nTotal .*\n$/,
    );
  });
});
