// Holds what an open file shows while a large workspace is read for the first time: before the rest, nothing that the whole would not
// say, and the whole in the end.

import { afterEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { type AnalysisState, statusNotification } from '../../server/src/lsp/protocol.ts';
import { expressApp } from '../harness/express-app.ts';
import { Client, until } from './client.ts';
import { manifest } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

/** A service of so many operations, each in a file of its own, and each with a status that the contract lacks. */
function service(operations: number): Record<string, string> {
  const indexes = Array.from({ length: operations }, (_, index) => index);
  const paths = indexes.map(
    (index) =>
      `  /things${index}/{id}:\n    get:\n      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n      responses:\n        '204': { description: There }\n`,
  );
  const routes = indexes.map((index): [string, string] => [
    `src/thing${index}.ts`,
    `import { Router } from 'express';\n\nexport const router = Router();\n\nrouter.get('/things${index}/:id', (req, res) => {\n  if (req.params.id === '0') return res.status(404).end();\n  res.status(204).end();\n});\n`,
  ]);
  const imports = indexes.map((index) => `import { router as router${index} } from './thing${index}.ts';`);
  const uses = indexes.map((index) => `app.use(router${index});`);
  return {
    'package.json': manifest,
    'openapi.yaml': `openapi: 3.0.3\ninfo: { title: Things, version: 1.0.0 }\npaths:\n${paths.join('')}`,
    ...Object.fromEntries(routes),
    'src/app.ts': `${imports.join('\n')}\n${expressApp(uses.join('\n'))}`,
  };
}

const messages = (items: readonly Diagnostic[]): string[] => items.map(({ message }) => String(message));

/** Starts a client whose server does nothing until a file is open, so that the first reading of the workspace finds it open. */
async function opened(files: Record<string, string>, path: string, pulls: boolean): Promise<AnalysisState[]> {
  const states: AnalysisState[] = [];
  client = await Client.start({
    files,
    pulls,
    initializationOptions: { settings: { enable: false, analysisDelay: 0 }, status: true },
  });
  client.connection.onNotification(statusNotification, (state: AnalysisState) => {
    states.push(state);
  });
  await client.open(path, files[path]!);
  await client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { contractFidelity: { enable: true, analysisDelay: 0 } },
  });
  await until(
    () => states.some(({ state }) => state === 'analysing'),
    (begun) => begun,
    'the beginning of the analysis',
  );
  return states;
}

const isReady = ({ state }: AnalysisState): boolean => state === 'ready';

describe('the first look', () => {
  it('answers for the open file before the rest of a large workspace was read, and the whole says the same', async () => {
    const files = service(150);
    const states = await opened(files, 'src/thing75.ts', true);
    const first = await client.diagnostics('src/thing75.ts');
    expect(states.some(isReady)).toBe(false);
    expect(messages(first)).toEqual([expect.stringContaining('`GET /things75/{id}`')]);
    await until(
      () => client.refreshes,
      (count) => count > 0,
      'the announcement of the whole',
    );
    expect(states.some(isReady)).toBe(true);
    expect(await client.diagnostics('src/thing75.ts')).toEqual(first);
    expect(await client.diagnostics('src/thing0.ts')).toHaveLength(1);
  });

  it('is pushed to clients that cannot pull', async () => {
    const files = service(150);
    await opened(files, 'src/thing75.ts', false);
    const pushed = (path: string): unknown => client.pushed.get(client.uri(path))?.diagnostics.length;
    await until(
      () => pushed('src/thing75.ts'),
      (count) => count === 1,
      'the open file',
    );
    expect([...client.pushed.keys()][0]).toBe(client.uri('src/thing75.ts'));
    await until(
      () => pushed('src/thing149.ts'),
      (count) => count === 1,
      'the whole',
    );
    expect(pushed('src/thing75.ts')).toBe(1);
  });

  it('is not shown of a text that was changed meanwhile', async () => {
    const files = service(150);
    await opened(files, 'src/thing75.ts', true);
    await client.change('src/thing75.ts', files['src/thing75.ts']!.replace('404', '410'));
    expect(messages(await client.diagnostics('src/thing75.ts'))).toEqual([expect.stringContaining('410')]);
  });

  it('is left out where the whole is read as quickly', async () => {
    const files = service(8);
    const states = await opened(files, 'src/thing3.ts', true);
    expect(await client.diagnostics('src/thing3.ts')).toHaveLength(1);
    expect(states.some(isReady)).toBe(true);
  });
});
