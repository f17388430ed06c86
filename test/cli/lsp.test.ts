// `fidelity lsp --stdio`, driven by a client that can do nothing beyond the protocol's first version: no pull, no annotations, no
// markdown, no configuration. What an editor without extensions gets must be complete without them.

import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { project } from '../tidy/sources.ts';
import { agreeing, drifting, fidelity, workspace } from './run-fidelity.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly Record<string, unknown>[];
}

/** Speaks the base protocol, and nothing that a library would add. */
class PlainClient {
  readonly heard: Message[] = [];
  private rest = Buffer.alloc(0);
  private waiting: (() => void)[] = [];
  private ids = 0;

  constructor(readonly process: ChildProcessWithoutNullStreams) {
    process.stdout.on('data', (chunk: Buffer) => {
      this.rest = Buffer.concat([this.rest, chunk]);
      for (let message = this.next(); message; message = this.next()) this.heard.push(message);
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  async request(method: string, params: unknown): Promise<unknown> {
    this.ids++;
    const id = this.ids;
    this.send({ id, method, params });
    return (await this.hears((message) => message.id === id && message.method === undefined)).result;
  }

  async hears(wanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.heard.find(wanted);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  async published(end: string, wanted: (published: Published) => boolean): Promise<Published> {
    const message = await this.hears(({ method, params }) => {
      if (method !== 'textDocument/publishDiagnostics') return false;
      const published = params as Published;
      return published.uri.endsWith(end) && wanted(published);
    });
    return message.params as Published;
  }

  private next(): Message | undefined {
    const head = this.rest.indexOf('\r\n\r\n');
    if (head < 0) return undefined;
    const length = Number(/Content-Length: (\d+)/i.exec(this.rest.subarray(0, head).toString())?.[1]);
    if (this.rest.length < head + 4 + length) return undefined;
    const text = this.rest.subarray(head + 4, head + 4 + length).toString();
    this.rest = this.rest.subarray(head + 4 + length);
    return JSON.parse(text) as Message;
  }
}

let bundles: string;
let client: PlainClient | undefined;

beforeAll(() => {
  bundles = mkdtempSync(join(tmpdir(), 'fidelity-plain-'));
  execFileSync(process.execPath, ['esbuild.mjs', `--outdir=${bundles}`], { cwd: project });
}, 180_000);
afterEach(() => {
  client?.process.kill();
  client = undefined;
});
afterAll(() => {
  rmSync(bundles, { recursive: true, force: true });
});

async function start(folder: string): Promise<{ readonly plain: PlainClient; readonly capabilities: unknown }> {
  const plain = new PlainClient(spawn(process.execPath, [join(bundles, 'cli.js'), 'lsp', '--stdio'], { cwd: folder }));
  client = plain;
  const rootUri = pathToFileURL(folder).href;
  const result = await plain.request('initialize', { processId: process.pid, rootUri, capabilities: {} });
  plain.send({ method: 'initialized', params: {} });
  return { plain, capabilities: (result as { capabilities: unknown }).capabilities };
}

describe('a plain client', () => {
  it('is sent what is found, on both sides, without asking', async () => {
    const { plain, capabilities } = await start(workspace(drifting));
    expect(capabilities).not.toHaveProperty('diagnosticProvider');
    const inCode = await plain.published('/src/app.js', ({ diagnostics }) => diagnostics.length > 0);
    const inContract = await plain.published('/openapi.yaml', ({ diagnostics }) => diagnostics.length > 0);
    for (const { diagnostics } of [inCode, inContract]) {
      expect(diagnostics).toMatchObject([{ code: 'status-undeclared', source: 'contract-fidelity', severity: 1 }]);
      expect(diagnostics[0]).not.toHaveProperty('relatedInformation');
      expect(diagnostics[0]).not.toHaveProperty('codeDescription');
    }
  }, 120_000);

  it('gets a repair whole, as plain changes without annotations, and the finding goes', async () => {
    const folder = workspace(drifting);
    const { plain } = await start(folder);
    const uri = pathToFileURL(join(folder, 'src/app.js')).href;
    plain.send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'javascript', version: 1, text: drifting['src/app.js'] } },
    });
    const { diagnostics } = await plain.published('/src/app.js', (published) => published.diagnostics.length > 0);
    const [found] = diagnostics;
    const actions = (await plain.request('textDocument/codeAction', {
      textDocument: { uri },
      range: found!.range,
      context: { diagnostics: [found] },
    })) as { title: string; edit?: { changes?: Record<string, { newText: string }[]>; documentChanges?: unknown } }[];
    const repair = actions.find(({ title }) => title.startsWith('Contract: '));
    expect(repair?.edit?.documentChanges).toBeUndefined();
    const [[target, edits]] = Object.entries(repair!.edit!.changes!) as [[string, { newText: string }[]]];
    expect(target).toMatch(/openapi\.yaml$/);
    expect(edits.map(({ newText }) => newText).join('')).toContain('404');
    expect(JSON.stringify(repair)).not.toContain('annotationId');

    const contract = pathToFileURL(join(folder, 'openapi.yaml')).href;
    plain.send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri: contract, languageId: 'yaml', version: 1, text: agreeing['openapi.yaml'] } },
    });
    await plain.published('/src/app.js', (published) => published.diagnostics.length === 0);
  }, 120_000);

  it('ends the server by the protocol', async () => {
    const { plain } = await start(workspace(drifting));
    await plain.request('shutdown', null);
    const ended = new Promise<number | null>((resolve) => plain.process.once('exit', resolve));
    plain.send({ method: 'exit' });
    expect(await ended).toBe(0);
  }, 120_000);
});

describe('fidelity lsp', () => {
  it('wants to be told the only way it speaks', async () => {
    const { code, stderr } = await fidelity(workspace({}), ['lsp']);
    expect(code).toBe(2);
    expect(stderr).toContain('fidelity lsp --stdio');
  });
});
