// The second tier through its two doors: `fidelity check --types`, and the editor while nobody types.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../server/src/report/model.ts';
import { Client, until } from '../lsp/client.ts';
import { bundled } from './bundle.ts';

const project = resolve(import.meta.dirname, '../..');

const contract = [
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
  '                required: [id, total]',
  '                properties: { id: { type: string }, total: { type: string } }',
  '',
].join('\n');

const handler = [
  "import express from 'express';",
  "import { find } from 'store';",
  'const app = express();',
  "app.get('/orders/:id', async (req, res) => {",
  '  const order = await find(req.params.id);',
  '  res.json(order);',
  '});',
  'app.listen(3000);',
  '',
].join('\n');

const service = {
  'package.json': '{ "name": "orders", "dependencies": { "express": "^5.0.0", "store": "1.0.0" } }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" } }',
  'openapi.yaml': contract,
  'node_modules/store/package.json': '{ "name": "store", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/store/index.d.ts': 'export function find(id: string): Promise<{ id: string; total: number }>;',
  'src/app.ts': handler,
};

const folders: string[] = [];
let client: Client | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function temporary(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-doors-')));
  folders.push(folder);
  return folder;
}

function onDisk(files: Readonly<Record<string, string>>): string {
  const folder = temporary();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** One run of the bundled command line. */
function fidelity(folder: string, ...args: string[]): { readonly report: Report; readonly notices: string } {
  bundled('types.js');
  const run = spawnSync(process.execPath, [bundled('cli.js'), 'check', '-f', 'json', '--fail-on', 'never', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  return { report: JSON.parse(run.stdout), notices: run.stderr };
}

const told = ({ findings }: Report): string[] =>
  findings.map(({ rule, severity, operation, subject }) => `${severity} ${rule} ${operation} ${subject}`).sort();

describe('fidelity check --types', () => {
  it('finds what the code alone does not tell, and says how many questions were answered', () => {
    const folder = onDisk(service);
    expect(told(fidelity(folder).report)).toEqual([]);
    const { report, notices } = fidelity(folder, '--types');
    expect(told(report)).toEqual(['warning response-type-mismatch GET /orders/{id} 200.body.total']);
    expect(notices).toMatch(/^note: The type checker answered [1-9]\d* of [1-9]\d* questions?\.$/m);
    // What only a type says is never proved.
    expect(report.findings.map(({ confidence }) => confidence)).toEqual(['likely']);
  });

  it('starts no checker and says nothing of it where there is no question', () => {
    const folder = onDisk({
      ...service,
      'src/app.ts': handler.replace('await find(req.params.id)', "{ id: 'a', total: 'b' }"),
    });
    const { report, notices } = fidelity(folder, '--types');
    expect(told(report)).toEqual([]);
    expect(notices).not.toContain('type checker');
  });

  it.each(['examples/checkout', 'examples/checkout-fixed', 'test/workspaces/billing', 'test/workspaces/ledger'])(
    'loses nothing and raises nothing on %s',
    (path) => {
      const folder = temporary();
      cpSync(join(project, path), folder, { recursive: true });
      const without = told(fidelity(folder).report);
      const within = told(fidelity(folder, '--types').report);
      expect(without.filter((line) => !within.includes(line))).toEqual([]);
      // Both services were read by hand: everything that is wrong with them is found without types.
      expect(within).toEqual(without);
    },
  );
});

describe('an editor', () => {
  const start = async (settings: Record<string, unknown> = {}): Promise<Client> => {
    bundled('types.js');
    client = await Client.start({ files: service, server: bundled('server.js'), settings });
    return client;
  };
  const rules = async (): Promise<(string | number | undefined)[]> =>
    (await client!.diagnostics('src/app.ts')).map(({ code }) => code);

  it('shows what types tell once nobody types, and keeps it while somebody does', async () => {
    const editor = await start();
    await editor.open('src/app.ts', handler);
    expect(await rules()).toEqual([]);
    await until(rules, (codes) => codes.includes('response-type-mismatch'), 'what types tell');
    await editor.change('src/app.ts', `// An order.\n${handler}`);
    expect(await rules()).toEqual(['response-type-mismatch']);
    await editor.change('src/app.ts', handler.replace('res.json(order)', "res.json({ id: 'a', total: 'b' })"));
    expect(await rules()).toEqual([]);
  });

  it('does not ask when it is told not to', async () => {
    const editor = await start({ types: 'off' });
    await editor.open('src/app.ts', handler);
    expect(await rules()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await rules()).toEqual([]);
    editor.settings = { types: 'on' };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await until(rules, (codes) => codes.includes('response-type-mismatch'), 'what types tell');
  });
});
