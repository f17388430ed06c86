// Runs the command line in this process on throw-away workspaces, with streams, clock and environment of the test's own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { main } from '../../server/src/cli/main.ts';
import { openHistory } from '../../server/src/host/git.ts';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Relative to the workspace. */
  readonly cwd?: string;
  readonly isTerminal?: boolean;
  readonly today?: string;
  /** Whether contracts are held against their baselines in git; a run without it looks at the working tree alone. */
  readonly history?: boolean;
}

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a new folder and gives the folder. */
export function workspace(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'fidelity-cli-'));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** One run of `fidelity` with the workspace as the current folder. */
export async function fidelity(folder: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const out: string[] = [];
  const errors: string[] = [];
  const isTerminal = options.isTerminal === true;
  let clock = 0;
  const code = await main(args, {
    cwd: join(folder, options.cwd ?? ''),
    env: options.env ?? {},
    stdout: { write: (text) => out.push(text), isTerminal },
    stderr: { write: (text) => errors.push(text), isTerminal },
    today: options.today ?? '2026-06-01',
    ...(options.history && { history: openHistory }),
    // Every look at the clock is a second later, so that progress has a reason to show.
    now: () => {
      clock += 1_000;
      return clock;
    },
  });
  return { code, stdout: out.join(''), stderr: errors.join('') };
}

/** A service whose one handler also answers 404, and a contract that says 200 only. */
export const drifting: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "orders", "dependencies": { "express": "^4.0.0" } }',
  'src/app.js': [
    "const express = require('express');",
    'const app = express();',
    '',
    "app.get('/orders/:id', (req, res) => {",
    "  if (req.params.id === '0') return res.status(404).json({ error: 'none' });",
    "  res.json({ id: 'a' });",
    '});',
    '',
    'app.listen(3000);',
    '',
  ].join('\n'),
  'openapi.yaml': [
    'openapi: 3.0.3',
    'info: { title: Orders, version: 1.0.0 }',
    'paths:',
    '  /orders/{id}:',
    '    get:',
    '      parameters:',
    '        - { name: id, in: path, required: true, schema: { type: string } }',
    '      responses:',
    "        '200':",
    '          description: The order.',
    '          content:',
    '            application/json:',
    '              schema:',
    '                type: object',
    '                required: [id]',
    '                properties: { id: { type: string } }',
    '',
  ].join('\n'),
};

/** The same service with a contract that agrees. */
export const agreeing: Readonly<Record<string, string>> = {
  ...drifting,
  'openapi.yaml': `${drifting['openapi.yaml']}        '404': { description: None. }\n`,
};
