// References to other hosts in the editor: fetched in a trusted workspace from a host that the configuration allows, and never otherwise.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { referring, remoteOrder, type SchemaHost, serveSchemas } from '../harness/schema-host.ts';
import { Client, until } from './client.ts';

let client: Client;
let host: SchemaHost;
let copies: string;

beforeEach(async () => {
  host = await serveSchemas({ '/schemas/order.yaml': remoteOrder });
  copies = mkdtempSync(join(tmpdir(), 'fidelity-copies-'));
  // The server is a child of this process and takes its environment over.
  vi.stubEnv('XDG_CACHE_HOME', copies);
  vi.stubEnv('LOCALAPPDATA', copies);
});

afterEach(async () => {
  await client.stop();
  await host.stop();
  vi.unstubAllEnvs();
  rmSync(copies, { recursive: true, force: true });
});

const service = (hosts: readonly string[]): Record<string, string> =>
  referring(`${host.origin}/schemas/order.yaml`, hosts);
const codes = (found: readonly Diagnostic[]): unknown[] => found.map(({ code }) => code);

describe('a reference to another host', () => {
  it('is fetched in a trusted workspace, and what is missing in the handler points into the copy', async () => {
    client = await Client.start({ files: service([host.origin]), initializationOptions: { trusted: true } });
    const found = await until(
      () => client.diagnostics('src/app.js'),
      (shown) => codes(shown).includes('response-field-missing'),
      'the finding of the fetched schema',
    );
    expect(host.asked).toEqual(['/schemas/order.yaml']);
    const [other] = found[0]!.relatedInformation ?? [];
    expect(other!.location.uri).toContain('/schemas/order.yaml');
    expect(other!.location.range.start.line).toBe(4);
    expect(codes(await client.diagnostics('openapi.yaml'))).toEqual([]);
  });

  it.each([
    ['nobody trusts the workspace', false, true],
    ['no host is allowed', true, false],
  ])('is a problem at its place when %s', async (_why, trusted, allowed) => {
    client = await Client.start({
      files: service(allowed ? [host.origin] : []),
      initializationOptions: { trusted },
    });
    const found = await client.diagnostics('openapi.yaml');
    expect(codes(found)).toEqual(['contract-unreadable']);
    expect(found[0]).toMatchObject({ range: { start: { line: 11 } } });
    expect(found[0]!.message).toContain('names another host');
    expect(codes(await client.diagnostics('src/app.js'))).toEqual([]);
    expect(host.asked).toEqual([]);
  });

  it('is fetched once the configuration that is being written allows its host', async () => {
    client = await Client.start({ files: service([]), initializationOptions: { trusted: true } });
    expect(codes(await client.diagnostics('openapi.yaml'))).toEqual(['contract-unreadable']);
    await client.open('fidelity.yaml', service([])['fidelity.yaml']!);
    await client.change('fidelity.yaml', service([host.origin])['fidelity.yaml']!);
    await until(
      () => client.diagnostics('src/app.js'),
      (shown) => codes(shown).includes('response-field-missing'),
      'the finding of the fetched schema',
    );
    expect(codes(await client.diagnostics('openapi.yaml'))).toEqual([]);
  });
});
