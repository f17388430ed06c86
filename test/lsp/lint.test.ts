// Rulesets run over open contracts while nobody types, beside our own findings and under their own name.

import { afterEach, describe, expect, it } from 'vitest';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { Client, textIn, until } from './client.ts';
import { contract, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const ruleset = 'extends: spectral:oas\nrules: { info-contact: error, operation-tags: off }\n';
const files = { ...service, '.spectral.yaml': ruleset };
const ours = (all: readonly Diagnostic[]) => all.filter((one) => one.source === 'contract-fidelity');
const linted = (all: readonly Diagnostic[]) => all.filter((one) => one.source === 'spectral');

/** The diagnostics of the contract once the ruleset has, or has not, said something of it. */
const waitFor = (code: string, present = true): Promise<Diagnostic[]> =>
  until(
    () => client.diagnostics('openapi.yaml'),
    (all) => linted(all).some((one) => one.code === code) === present,
    `${code} to ${present ? 'come' : 'go'}`,
  );

describe('rulesets in the editor', () => {
  it('say what they find in an open contract, at its place, with an address that explains it', async () => {
    client = await Client.start({ files });
    await client.open('openapi.yaml', contract);
    const all = await waitFor('info-contact');
    const found = linted(all).find((one) => one.code === 'info-contact')!;
    expect(found.severity).toBe(DiagnosticSeverity.Error);
    expect(textIn(contract, found.range)).toMatch(/title: Orders\n {2}version: 1\.2\.0$/);
    expect(found.codeDescription?.href).toMatch(/^https:\/\/.*#info-contact$/);
    expect(linted(all).some((one) => one.code === 'operation-tags')).toBe(false);
    expect(ours(all).map((one) => one.code)).toContain('status-undeclared');
  });

  it('follow the text, saved or not', async () => {
    client = await Client.start({ files });
    await client.open('openapi.yaml', contract);
    await waitFor('info-contact');
    const refreshes = client.refreshes;
    await client.change('openapi.yaml', contract.replace('title: Orders', 'title: Orders\n  contact: { name: us }'));
    await waitFor('info-contact', false);
    expect(client.refreshes).toBeGreaterThan(refreshes);
  });

  it('are not asked without a ruleset, unless the setting says always', async () => {
    client = await Client.start({ files: service, settings: { lint: 'always' } });
    await client.open('openapi.yaml', contract);
    await waitFor('info-contact');
  });

  it('are refused what would run code while nobody trusts the workspace', async () => {
    const hostile = { ...service, '.spectral.js': "require('node:fs').writeFileSync(__dirname + '/ran', '');" };
    client = await Client.start({ files: hostile, settings: { lint: 'always' } });
    await client.open('openapi.yaml', contract);
    const all = await client.diagnostics('openapi.yaml');
    expect(linted(all)).toEqual([]);
    await client.disk('.spectral.yaml', ruleset, 1);
    // The ruleset that may be read comes first by its name, and shows that the thread was there.
    await client.change('openapi.yaml', `${contract}\n`);
    await waitFor('info-contact');
  });
});
