// `fidelity check`: which contracts, code and configuration are taken.

import { describe, expect, it } from 'vitest';
import { expectValid } from '../../report/schemas.ts';
import { agreeing, drifting, fidelity, workspace } from '../run-fidelity.ts';

describe('what is read', () => {
  it('says that there is no contract, and what to do', async () => {
    const { 'openapi.yaml': _, ...code } = drifting;
    const { code: exit, stdout, stderr } = await fidelity(workspace(code), ['check']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^error: No contract was found in "\."\. Looked for .* Name one with --contract FILE, or run `fidelity init`\.\n$/,
    );
    expect(exit).toBe(2);
  });

  it('takes a contract from a build folder when there is no other, and says so', async () => {
    const { 'openapi.yaml': contract, ...code } = drifting;
    const built = workspace({ ...code, '.gitignore': 'dist\n', 'dist/openapi.yaml': contract! });
    const alone = await fidelity(built, ['check']);
    expect(alone.stderr).toContain('note: No contract lies outside of build folders, so dist/openapi.yaml was taken.');
    expect(alone.code).toBe(1);

    const both = workspace({ ...agreeing, 'dist/openapi.yaml': contract! });
    expect(await fidelity(both, ['check'])).toMatchObject({ code: 0, stderr: '' });
    expect((await fidelity(both, ['check', '--contract', 'dist/openapi.yaml'])).code).toBe(1);
  });

  it('takes contracts from beside the root, relative to the current folder', async () => {
    const { 'openapi.yaml': contract, ...code } = drifting;
    const files = Object.fromEntries(Object.entries(code).map(([path, text]) => [`api/${path}`, text]));
    const folder = workspace({ ...files, 'specs/v1/openapi.yaml': contract! });
    const { code: exit, stdout } = await fidelity(folder, [
      'check',
      'api',
      '--contract',
      'specs/**/*.yaml',
      '-f',
      'json',
    ]);
    expect(exit).toBe(1);
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(report.contracts[0].file).toBe('../specs/v1/openapi.yaml');
    const pretty = await fidelity(folder, ['check', 'api', '--contract', 'specs/v1/openapi.yaml']);
    expect(pretty.stdout).toContain('    specs/v1/openapi.yaml:8:7');
    expect(pretty.stdout).toContain('> 8 \u2502       responses:');
  });

  it('reads only the code that is named', async () => {
    const folder = workspace(drifting);
    const { stdout } = await fidelity(folder, ['check', '--code', 'lib/**', '-f', 'json']);
    expect(JSON.parse(stdout).routes).toEqual([]);
    expect(JSON.parse((await fidelity(folder, ['check', '--code', 'src', '-f', 'json'])).stdout).routes).toHaveLength(
      1,
    );
  });

  it('follows the nearest configuration above, and a named one instead', async () => {
    const files = Object.fromEntries(Object.entries(drifting).map(([path, text]) => [`api/${path}`, text]));
    const folder = workspace({
      ...files,
      'fidelity.yaml': 'failOn: never\n',
      'other.yaml': 'rules: { status-undeclared: warning }\nfailOn: warning\n',
    });
    expect((await fidelity(folder, ['check', 'api'])).code).toBe(0);
    expect((await fidelity(folder, ['check', 'api', '--fail-on', 'error'])).code).toBe(1);
    const other = await fidelity(folder, ['check', 'api', '--config', 'other.yaml']);
    expect(other.code).toBe(1);
    expect(other.stdout).toContain('1 finding: 1 warning');
  });

  it.each([
    ['an unknown key', 'failOn: error\nruls: {}\n', /^error: fidelity\.yaml:2:1: .*ruls/],
    [
      'an unknown rule',
      'rules:\n  status-undeclard: off\n',
      /^error: fidelity\.yaml:2:3: There is no rule "status-undeclard"/,
    ],
    ['a wrong value', 'failOn: sometimes\n', /^error: fidelity\.yaml:1:9: /],
    ['broken YAML', 'rules: [\n', /^error: fidelity\.yaml:\d+:\d+: The configuration is not valid YAML/],
    [
      'a contract that is not there',
      'contracts:\n  - file: none.yaml\n',
      /^error: fidelity\.yaml:2:11: .*`none\.yaml` does not exist/,
    ],
  ])('ends with 2 and the line for a configuration with %s', async (_, text, message) => {
    const { code, stdout, stderr } = await fidelity(workspace({ ...agreeing, 'fidelity.yaml': text }), ['check']);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
