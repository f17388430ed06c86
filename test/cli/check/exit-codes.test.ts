// `fidelity check`: the exit codes, which are a promise to scripts.

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreeing, drifting, fidelity, workspace } from '../run-fidelity.ts';

describe('exit codes', () => {
  it('is 1 with findings, which are printed', async () => {
    const { code, stdout, stderr } = await fidelity(workspace(drifting), ['check']);
    expect(stdout).toContain('status-undeclared  GET /orders/{id}');
    expect(stdout).toContain('src/app.js:5:');
    expect(stdout).toContain('openapi.yaml:8:7');
    expect(stdout).toContain('1 finding: 1 error');
    expect(stdout).toContain('Verified 1 of 1 operation.');
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it('is 0 when contract and code agree', async () => {
    const { code, stdout, stderr } = await fidelity(workspace(agreeing), ['check', '.']);
    expect(stdout).toBe('No findings\nVerified 1 of 1 operation.\n');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it.each([
    [['--fail-on', 'never'], 0],
    [['--rule', 'status-undeclared=warning'], 0],
    [['--rule', 'status-undeclared=warning', '--fail-on', 'warning'], 1],
    [['--rule', 'status-undeclared=off', '--fail-on', 'information'], 0],
  ])('follows %j', async (options, expected) => {
    expect((await fidelity(workspace(drifting), ['check', ...options])).code).toBe(expected);
  });

  it('is 2 for every misuse, with one line that says what is wrong', async () => {
    const folder = workspace({ ...drifting, 'notes.yaml': 'a: 1\n' });
    symlinkSync('loop', join(folder, 'loop'));
    const misuses: readonly (readonly [readonly string[], RegExp])[] = [
      [['check', 'nowhere'], /There is no folder "nowhere"/],
      [['check', 'loop'], /There is no folder "loop"/],
      [['check', 'a\0b'], /There is no folder/],
      [['check', 'openapi.yaml'], /"openapi\.yaml" is a file: give the folder/],
      [['check', '-f', 'html'], /There is no format "html"\. The formats are pretty, json/],
      [['check', '-f', 'json='], /names no file/],
      [['check', '-f', 'json', '-f', 'sarif'], /Only one format can go to standard output/],
      [['check', '--fail-on', 'fatal'], /--fail-on "fatal" is none of error/],
      [['check', '--rule', 'status-undeclard=off'], /Did you mean status-undeclared/],
      [['check', '--rule', 'status-undeclared=loud'], /is not of the form RULE=SEVERITY/],
      [['check', '--max-findings', 'many'], /is not a whole number/],
      [['check', '--contract', 'missing.yaml'], /--contract "missing\.yaml" matches no file/],
      [['check', '--contract', '*.yml'], /--contract "\*\.yml" matches no file/],
      [['check', '--contract', 'src'], /--contract "src" cannot be read: it is a folder/],
      [['check', '--contract', 'notes.yaml'], /notes\.yaml.*\n/],
      [['check', '--config', 'none.yaml'], /There is no configuration "none\.yaml"/],
      [['check', '-f', 'json=src/app.js/x.json'], /cannot be written/],
      [['check', '--strict'], /unknown option '--strict'/],
      [['chek'], /Did you mean check/],
      [['assess'], /unknown command 'assess'/],
      [['explain', 'nonsense'], /There is no rule "nonsense"/],
      [['explain'], /missing required argument 'rule'/],
      [[], /Usage: fidelity/],
    ];
    for (const [args, message] of misuses) {
      const { code, stdout, stderr } = await fidelity(folder, args);
      expect(stderr, args.join(' ')).toMatch(message);
      expect(`${stdout}${stderr}`, args.join(' ')).not.toMatch(/^\s+at .*:\d+:\d+/m);
      expect(code, args.join(' ')).toBe(2);
    }
  });
});
