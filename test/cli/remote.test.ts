// `--remote` of `check` and `report`: schemas of other hosts, fetched where the configuration allows the host, from a host of the test's own.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { referring, remoteOrder, type SchemaHost, serveSchemas } from '../harness/schema-host.ts';
import { fidelity, workspace } from './run-fidelity.ts';

let host: SchemaHost;
let copies: string;

beforeEach(async () => {
  host = await serveSchemas({ '/schemas/order.yaml': remoteOrder });
  copies = workspace({ 'fidelity.yaml': '' });
  vi.stubEnv('XDG_CACHE_HOME', copies);
  vi.stubEnv('LOCALAPPDATA', copies);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await host.stop();
});

const address = (): string => `${host.origin}/schemas/order.yaml`;

describe('documents of other hosts', () => {
  it.each([
    ['the option is missing', [], true],
    ['no host is allowed', ['--remote'], false],
  ])('are not asked for when %s', async (_why, options, allowed) => {
    const folder = workspace(referring(address(), allowed ? [host.origin] : []));
    const { code, stdout, stderr } = await fidelity(folder, ['check', ...options]);
    expect(stderr).toContain('names another host, which is never asked unless somebody allows it');
    expect(stdout).toContain('No findings');
    expect(code).toBe(0);
    expect(host.asked).toEqual([]);
    expect(readdirSync(copies)).toEqual(['fidelity.yaml']);
  });

  it('are fetched by check, named by their addresses, and kept for the next run', async () => {
    const folder = workspace(referring(address(), [host.origin]));
    const first = await fidelity(folder, ['check', '--remote']);
    expect(first.code).toBe(1);
    expect(first.stderr).toBe('');
    expect(first.stdout).toContain('response-field-missing  GET /orders/{id}');
    expect(first.stdout).toContain(`${address()}:5:`);
    expect(first.stdout).not.toContain(copies);
    const second = await fidelity(folder, ['check', '--remote']);
    expect(second.stdout).toBe(first.stdout);
    expect(host.asked).toEqual(['/schemas/order.yaml']);
  });

  it('are named by their addresses in every format, and nobody is offered to repair them', async () => {
    const folder = workspace(referring(address(), [host.origin]));
    const { stdout } = await fidelity(folder, ['check', '--remote', '-f', 'json']);
    const { findings } = JSON.parse(stdout) as {
      findings: { contract: { file: string; line: number }; fixes: { side: string }[] }[];
    };
    expect(findings.map(({ contract }) => contract)).toEqual([expect.objectContaining({ file: address(), line: 5 })]);
    expect(findings.flatMap(({ fixes }) => fixes).filter(({ side }) => side === 'contract')).toEqual([]);
    const sarif = (await fidelity(folder, ['check', '--remote', '-f', 'sarif'])).stdout;
    expect(sarif).toContain(`"uri": "${address()}"`);
    for (const text of [stdout, sarif]) expect(text).not.toContain(copies);
  });

  it('are fetched for the report too', async () => {
    const folder = workspace(referring(address(), [host.origin]));
    const { code, stdout } = await fidelity(folder, ['report', '--remote']);
    expect(code).toBe(0);
    expect(stdout).toContain('response-field-missing');
    expect(stdout).toContain(address());
    expect(stdout).not.toContain(copies);
    expect(host.asked).toHaveLength(1);
  });

  it('are named when the host has none of them', async () => {
    const folder = workspace(referring(`${host.origin}/gone.yaml`, [host.origin]));
    const { stderr } = await fidelity(folder, ['check', '--remote']);
    expect(stderr).toContain(`${host.origin}/gone.yaml was not fetched: the host answers 404`);
    expect(readdirSync(join(copies)).filter((name) => name !== 'fidelity.yaml')).toEqual([]);
  });
});
