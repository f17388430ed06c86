// The drift report over the protocol: every format, the same numbers as the command line, and arguments of any kind.

import { afterEach, describe, expect, it } from 'vitest';
import { type DriftReportAnswer, serverCommands } from '../../server/src/lsp/protocol.ts';
import type { DriftReport } from '../../server/src/report/drift/model.ts';
import { fidelity } from '../cli/run-fidelity.ts';
import { Client } from './client.ts';
import { service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const ask = (argument: unknown): Promise<DriftReportAnswer> =>
  client.execute<DriftReportAnswer>(serverCommands.driftReport, argument);

describe('the drift report', () => {
  it('says what the command line says', async () => {
    client = await Client.start({ files: service });
    const answer = await ask({ format: 'data' });
    const { findings, score, operations, contracts } = JSON.parse(answer.text) as DriftReport;
    const { stdout } = await fidelity(client.folder, ['report', '-f', 'json', '--quiet']);
    const printed = JSON.parse(stdout) as DriftReport;
    expect({ findings, score, operations, contracts }).toEqual({
      findings: printed.findings,
      score: printed.score,
      operations: printed.operations,
      contracts: printed.contracts,
    });
    expect(findings.length).toBeGreaterThan(0);
    expect(answer.root).toBe(client.uri('.').replace(/\/\.?$/, ''));
    // Both doors are opened here, one of them for the first time.
  }, 120_000);

  it('is a page for a panel, with the nonce that was asked for and no other', async () => {
    client = await Client.start({ files: service });
    const { text } = await ask({ format: 'page', nonce: 'abcdefgh12345678' });
    expect(text).toContain("script-src 'nonce-abcdefgh12345678'");
    expect(text).toContain('data-host="editor"');
    const { text: careful } = await ask({ format: 'page', nonce: "'; script-src *" });
    expect(careful).not.toContain('script-src *');
    const { body, text: data } = await ask({ format: 'parts' });
    expect(text).toContain(body);
    expect(text).toContain(data);
  });

  it.each([
    ['html', '<!doctype html>'],
    ['markdown', '# Drift report'],
    ['json', '"schemaVersion": 1'],
    ['sarif', '"version": "2.1.0"'],
  ])('can be saved as %s', async (format, mark) => {
    client = await Client.start({ files: service });
    expect((await ask({ format })).text).toContain(mark);
  });

  it('answers whatever it is asked with', async () => {
    client = await Client.start({ files: service });
    for (const argument of [undefined, null, 7, 'page', { format: 'exe', preset: '__proto__' }, { preset: 'uat' }]) {
      expect((await ask(argument)).text).toMatch(/^# /);
    }
  });
});
