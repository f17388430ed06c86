// What a configuration does to a run of the command line: severities of one folder, and what it takes over.

import { describe, expect, it } from 'vitest';
import { drifting, fidelity, workspace } from './run-fidelity.ts';

const severities = async (files: Readonly<Record<string, string>>): Promise<unknown[]> => {
  const { stdout } = await fidelity(workspace({ ...drifting, ...files }), ['check', '-f', 'json']);
  return JSON.parse(stdout).findings.map(({ severity }: { readonly severity: string }) => severity);
};

describe('a configuration', () => {
  it('is stricter or more lenient in one folder than in another', async () => {
    expect(await severities({})).toEqual(['error']);
    const override = (path: string, severity: string): string =>
      `overrides:\n  - paths: ${path}\n    rules: { status-undeclared: ${severity} }\n`;
    expect(await severities({ 'fidelity.yaml': override('src/**', 'hint') })).toEqual(['hint']);
    expect(await severities({ 'fidelity.yaml': override('src', 'off') })).toEqual([]);
    expect(await severities({ 'fidelity.yaml': override('openapi.yaml', 'warning') })).toEqual(['warning']);
    expect(await severities({ 'fidelity.yaml': override('lib/**', 'off') })).toEqual(['error']);
  });

  it('holds what it extends, and ends the run when that is wrong', async () => {
    const base = 'rules: { status-undeclared: information }\n';
    expect(await severities({ 'fidelity.yaml': 'extends: org.yaml\n', 'org.yaml': base })).toEqual(['information']);
    const wrong = workspace({ ...drifting, 'fidelity.yaml': 'failOn: never\nextends: gone.yaml\n' });
    const { code, stderr } = await fidelity(wrong, ['check']);
    expect(code).toBe(2);
    expect(stderr).toContain('fidelity.yaml:2:10: `extends` names a file that does not exist.');
  });
});
