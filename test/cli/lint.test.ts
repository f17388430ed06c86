// `fidelity check --lint` says what rulesets say, beside our own findings, and loads nothing of them otherwise.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { LintThread } from '../../server/src/host/lint-thread.ts';
import { project } from '../tidy/sources.ts';
import { agreeing, workspace } from './run-fidelity.ts';

const out = join(project, 'out/lint-under-test');
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'error',
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
} satisfies BuildOptions;

beforeAll(() => {
  buildSync({ ...shared, entryPoints: [join(project, 'server/src/cli/run.ts')], outfile: join(out, 'cli.js') });
  const worker = join(project, 'server/src/contract/spectral/worker.ts');
  buildSync({ ...shared, entryPoints: [worker], outfile: join(out, 'spectral.js') });
}, 60_000);

interface Found {
  readonly rule: string;
  readonly family: string;
  readonly severity: string;
  readonly operation: string | null;
  readonly contract: { readonly file: string; readonly line: number };
}

/** The findings of the bundled command line, which finds the thread beside it as it does in the package. */
function check(
  files: Readonly<Record<string, string>>,
  ...args: string[]
): { findings: Found[]; code: number; stderr: string } {
  const folder = workspace(files);
  const run = [join(out, 'cli.js'), 'check', '-f', 'json=out.json', ...args];
  let code = 0;
  let stderr = '';
  try {
    execFileSync(process.execPath, run, { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    const failed = error as { status: number; stderr: Buffer };
    code = failed.status;
    stderr = failed.stderr.toString();
  }
  const { findings } = JSON.parse(execFileSync('cat', [join(folder, 'out.json')], { encoding: 'utf8' })) as {
    findings: Found[];
  };
  return { findings, code, stderr };
}

const ruleset = 'extends: spectral:oas\nrules: { info-contact: error, operation-description: off }\n';

describe('--lint', () => {
  it('adds what the nearest ruleset says', () => {
    const { findings, code } = check({ ...agreeing, '.spectral.yaml': ruleset }, '--lint');
    const linted = findings.filter((one) => one.family === 'spectral');
    expect(linted.length).toBeGreaterThan(1);
    expect(linted.find((one) => one.rule === 'info-contact')).toMatchObject({
      severity: 'error',
      operation: null,
      contract: { file: 'openapi.yaml', line: 2 },
    });
    expect(linted.some((one) => one.rule === 'operation-description')).toBe(false);
    expect(linted.find((one) => one.rule === 'operation-operationId')?.operation).toMatch(/^GET \//);
    expect(code).toBe(1);
  });

  it('takes the rules that Spectral recommends where there is no ruleset', () => {
    const { findings, code } = check(agreeing, '--lint');
    expect(findings.find((one) => one.rule === 'info-contact')).toMatchObject({ severity: 'warning' });
    expect(code).toBe(0);
  });

  it('is silent without being asked', () => {
    expect(check({ ...agreeing, '.spectral.yaml': ruleset })).toMatchObject({ findings: [], code: 0 });
  });

  it('runs no code of a workspace unless it is told to', () => {
    const hostile = {
      ...agreeing,
      '.spectral.js':
        "require('node:fs').writeFileSync(__dirname + '/ran', '');\nmodule.exports = { extends: [], rules: {} };\n",
    };
    const refused = check(hostile, '--lint', '--fail-on', 'information');
    expect(refused.findings).toEqual([]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/JavaScript, which is only run in a workspace that is trusted/);
    const folder = workspace(hostile);
    const run = (...args: string[]): void => {
      execFileSync(process.execPath, [join(out, 'cli.js'), 'check', '--lint', ...args], { cwd: folder, stdio: 'pipe' });
    };
    expect(() => run('--quiet')).toThrow();
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    run('--trust-rulesets');
    expect(existsSync(join(folder, 'ran'))).toBe(true);
  });
});

describe('the thread', () => {
  const text = 'openapi: 3.0.0\ninfo: { title: t, version: "1" }\npaths: {}\n';
  const request = { documents: ['/w/a.yaml'], texts: { '/w/a.yaml': text }, ruleset: undefined, trusted: false };

  it('gives up a request when a newer one comes', async () => {
    const thread = new LintThread(join(out, 'spectral.js'));
    const first = thread.lint(request);
    const second = thread.lint(request);
    expect(await first).toBeUndefined();
    expect((await second)?.results.length).toBeGreaterThan(0);
    expect((await thread.lint(request))?.problems).toEqual([]);
    thread.dispose();
  });

  it('answers nobody once it was ended', async () => {
    const thread = new LintThread(join(out, 'spectral.js'));
    const answer = thread.lint(request);
    thread.dispose();
    expect(await answer).toBeUndefined();
  });

  it('says so when it cannot be started', async () => {
    const answer = await new LintThread(join(out, 'nothing.js')).lint(request);
    expect(answer?.problems[0]).toMatch(/^The linter failed/);
  });
});
