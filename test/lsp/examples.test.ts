// Editor and command line print the same findings for every example and every service of the tests: same rules, fingerprints, severities
// and words, at the same places. The server is the one that editors start, and the command line is the one that pipelines run.

import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { fidelity } from '../cli/run-fidelity.ts';
import { project } from '../tidy/sources.ts';
import { Client } from './client.ts';

const folders = ['examples', 'test/workspaces'].flatMap((parent) =>
  readdirSync(join(project, parent)).map((name) => `${parent}/${name}`),
);
const severities = ['', 'error', 'warning', 'information', 'hint'];

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const sideOf = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** What the command line's report says, one line for each side of each finding. */
async function printed(folder: string): Promise<string[]> {
  const today = new Date().toISOString().slice(0, 10);
  const { stdout, stderr, code } = await fidelity(folder, ['check', '-f', 'json'], { today });
  expect(code, stderr).toBeLessThan(2);
  const { findings } = JSON.parse(stdout) as {
    findings: {
      rule: string;
      fingerprint: string;
      severity: string;
      message: string;
      contract: Place | null;
      code: Place | null;
    }[];
  };
  return findings.flatMap(({ rule, fingerprint, severity, message, contract, code: written }) =>
    [contract, written].flatMap((place) =>
      place ? [[fingerprint, rule, severity, sideOf(place), message].join(' | ')] : [],
    ),
  );
}

/** What the editor shows, in the same form. */
async function shown(folder: string): Promise<string[]> {
  const client = await Client.start({ files: {}, folder });
  try {
    const report: WorkspaceDiagnosticReport = await client.connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [],
    });
    return report.items.flatMap(({ uri, ...item }) =>
      ('items' in item ? item.items : []).map(({ data, code, severity, message, range }) => {
        const file = relative(folder, fileURLToPath(uri));
        const place = sideOf({ file, line: range.start.line + 1, column: range.start.character + 1 });
        return [data.fingerprint, code, severities[severity!], place, message].join(' | ');
      }),
    );
  } finally {
    await client.stop();
  }
}

describe('the editor and the command line', () => {
  it.each(folders)('say the same of %s', async (name) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-examples-')));
    cpSync(join(project, name), folder, { recursive: true });
    try {
      const onTerminal = await printed(folder);
      if (name === 'examples/checkout') expect(onTerminal.length).toBeGreaterThan(12);
      expect((await shown(folder)).sort()).toEqual(onTerminal.sort());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
