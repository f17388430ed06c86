// The command line reports the tags of comments in every language as the editor does, with the same fingerprints in every run.

import { describe, expect, it } from 'vitest';
import { agreeing, fidelity, workspace } from './run-fidelity.ts';

const tags = {
  'jobs/report.py': '# @contract noSuchOperation\ndef report():\n    pass\n',
  'worker/main.go': 'package main\n\n// @contract noSuchFile.yaml#/paths\nfunc main() {}\n',
};

interface Reported {
  readonly findings: readonly { rule: string; fingerprint: string; code: { file: string; line: number } }[];
}

async function found(files: Record<string, string>, args: readonly string[] = []): Promise<Reported['findings']> {
  const run = await fidelity(workspace({ ...agreeing, ...files }), ['check', '-f', 'json', ...args]);
  return (JSON.parse(run.stdout) as Reported).findings;
}

describe('check', () => {
  it('reports links that lead nowhere, wherever their comments stand', async () => {
    const findings = await found(tags);
    expect(findings.map(({ rule, code }) => [rule, code.file, code.line])).toEqual([
      ['link-broken', 'jobs/report.py', 1],
      ['link-broken', 'worker/main.go', 3],
    ]);
    const moved = { ...tags, 'jobs/report.py': `\n\n${tags['jobs/report.py']}` };
    expect((await found(moved)).map(({ fingerprint }) => fingerprint)).toEqual(
      findings.map(({ fingerprint }) => fingerprint),
    );
  });

  it('asks for links only where a rule is switched on', async () => {
    expect(await found({})).toEqual([]);
    const asked = await found({}, ['--rule', 'link-missing=warning']);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ rule }) => rule))).toEqual(new Set(['link-missing']));
  });

  it('does not read comments where there is no contract to link to', async () => {
    const run = await fidelity(workspace(tags), ['check']);
    expect(run).toMatchObject({ code: 2 });
    expect(run.stderr).toContain('No contract was found');
  });
});
