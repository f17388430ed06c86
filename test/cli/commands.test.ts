// The commands beside `check`, help and version, and the bundle as a process of its own.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tool } from '../../server/src/cli/version.ts';
import { rules } from '../../server/src/rules/catalogue.ts';
import { expectValid } from '../report/schemas.ts';
import { project } from '../tidy/sources.ts';
import { agreeing, drifting, fidelity, workspace } from './run-fidelity.ts';

describe('fidelity', () => {
  it('prints its version and help with 0', async () => {
    const folder = workspace({});
    expect(await fidelity(folder, ['--version'])).toMatchObject({ code: 0, stdout: `${tool.version}\n` });
    const help = await fidelity(folder, ['--help']);
    expect(help.code).toBe(0);
    for (const command of ['check', 'routes', 'diff', 'bump', 'lineage', 'rules', 'explain', 'init'])
      expect(help.stdout).toContain(`  ${command}`);
    const check = await fidelity(folder, ['check', '--help']);
    for (const option of ['--config', '--contract', '--code', '--format', '--fail-on', '--rule', '--max-findings']) {
      expect(check.stdout).toContain(option);
    }
    expect(check.code).toBe(0);
  });

  it('has every option and command on its page', async () => {
    const page = readFileSync(join(project, 'docs/command-line.md'), 'utf8');
    const folder = workspace({});
    for (const command of ['check', 'routes', 'diff', 'bump', 'lineage', 'rules', 'explain', 'init']) {
      const { stdout } = await fidelity(folder, [command, '--help']);
      const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map((match) => match[1]!);
      expect(options.length, command).toBeGreaterThan(0);
      for (const option of options) expect(page, `${command} ${option}`).toContain(`\`${option}`);
      expect(page).toContain(`\`fidelity ${command}`);
    }
  });
});

describe('fidelity routes', () => {
  it('lists what is served, without any contract', async () => {
    const { 'openapi.yaml': _, ...code } = drifting;
    const folder = workspace(code);
    const text = await fidelity(folder, ['routes']);
    expect(text).toMatchObject({ code: 0, stdout: 'GET  /orders/{id}  src/app.js:4\n\n1 route\n' });
    const json = JSON.parse((await fidelity(folder, ['routes', '--format', 'json'])).stdout);
    expectValid('routes', json);
    expect(json.routes).toEqual([
      {
        method: 'GET',
        path: '/orders/{id}',
        file: 'src/app.js',
        line: 4,
        framework: 'express',
        params: [{ name: 'id', in: 'path' }],
      },
    ]);
  });

  it('names the fields of a body that a validator takes as a whole', async () => {
    const folder = workspace({
      'package.json': '{ "dependencies": { "express": "4", "zod": "3" } }',
      'app.js': [
        "const express = require('express');",
        "const { z } = require('zod');",
        'const order = z.object({ amount: z.number(), note: z.string().optional() });',
        'const app = express();',
        "app.post('/orders', (req, res) => { const input = order.parse(req.body); res.status(201).json(input); });",
        'app.listen(1);',
      ].join('\n'),
    });
    const { routes } = JSON.parse((await fidelity(folder, ['routes', '--format', 'json'])).stdout);
    expect(routes[0].params).toEqual([
      { name: 'amount', in: 'body' },
      { name: 'note', in: 'body' },
    ]);
  });

  it('says so when nothing is served', async () => {
    expect(await fidelity(workspace({}), ['routes'])).toMatchObject({
      code: 0,
      stdout: 'No routes were found in ..\n',
    });
  });
});

describe('fidelity rules and explain', () => {
  it('list every rule once, with its page', async () => {
    const folder = workspace({});
    const json = JSON.parse((await fidelity(folder, ['rules', '-f', 'json'])).stdout);
    const ids = json.rules.map((rule: { id: string }) => rule.id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).toEqual([
      ...rules.map((rule) => rule.id),
      'suppression-unexplained',
      'suppression-expired',
      'suppression-unused',
    ]);
    const text = (await fidelity(folder, ['rules'])).stdout;
    for (const id of ids) {
      expect(text).toContain(`  ${id}`);
      const page = await fidelity(folder, ['explain', id]);
      expect(page.code).toBe(0);
      expect(page.stdout, id).toMatch(/What it finds\n[\s\S]*Why it matters\n/);
      expect(page.stdout).not.toContain('polarity:');
    }
  });
});

describe('fidelity init', () => {
  it('writes what was found, which then holds, and never overwrites it', async () => {
    const folder = workspace(agreeing);
    const run = await fidelity(folder, ['init']);
    expect(run.stdout).toContain(
      'Wrote fidelity.yaml with 1 contract.\n  openapi.yaml: 1 of 1 operation served by this code',
    );
    expect(run.code).toBe(0);
    const text = readFileSync(join(folder, 'fidelity.yaml'), 'utf8');
    expect(text).toContain('file: openapi.yaml');
    expect(await fidelity(folder, ['check'])).toMatchObject({
      code: 0,
      stdout: 'No findings\nVerified 1 of 1 operation.\n',
    });
    const again = await fidelity(folder, ['init']);
    expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('is there already') });
    expect(readFileSync(join(folder, 'fidelity.yaml'), 'utf8')).toBe(text);
  });
});

describe('the bundle', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'fidelity-bundle-'));

  beforeAll(() => {
    execFileSync(process.execPath, ['esbuild.mjs', `--outdir=${outdir}`], { cwd: project, stdio: 'pipe' });
  }, 120_000);

  afterAll(() => {
    rmSync(outdir, { recursive: true, force: true });
  });

  const spawn = (cwd: string, args: readonly string[]) =>
    spawnSync(process.execPath, [join(outdir, 'cli.js'), ...args], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NODE_OPTIONS: '' },
    });

  it('answers like the sources, with the exit codes of the process', async () => {
    const folder = workspace(drifting);
    const bundled = spawn(folder, ['check']);
    const { stdout } = await fidelity(folder, ['check']);
    expect(bundled).toMatchObject({ status: 1, stdout, stderr: '' });
    expect(spawn(workspace(agreeing), ['check']).status).toBe(0);
    expect(spawn(folder, ['check', 'nowhere'])).toMatchObject({ status: 2, stdout: '' });
  });

  it('stands alone: pages and all, without installed packages', () => {
    const { status, stdout } = spawn(workspace({}), ['explain', 'status-undeclared']);
    expect(stdout).toContain('What it finds');
    expect(status).toBe(0);
    expect(existsSync(join(outdir, 'node_modules'))).toBe(false);
  });

  it('gives all of a long answer to a slow reader', () => {
    const routes = Array.from({ length: 2_000 }, (_, i) => `app.get('/orders/${i}', (req, res) => res.json({}));`);
    const app = drifting['src/app.js']!.replace('app.listen', `${routes.join('\n')}\napp.listen`);
    const { stdout } = spawn(workspace({ ...drifting, 'src/app.js': app }), ['routes', '-f', 'json']);
    expect(JSON.parse(stdout).routes).toHaveLength(2_001);
  });
});
