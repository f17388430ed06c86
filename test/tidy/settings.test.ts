// Settings are said in four places, and all say the same: the manifest, its page, the server's code, and every language.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/lsp/protocol.ts';
import { project, sourceFiles } from './sources.ts';

const read = (path: string): string => readFileSync(join(project, path), 'utf8');
const manifest = read('package.json');
const { contributes, icon, main } = JSON.parse(manifest);
const properties: Readonly<Record<string, { readonly default: unknown; readonly scope?: string }>> =
  contributes.configuration.properties;

describe('settings', () => {
  it('are the same, with the same defaults, in the manifest and in the code', () => {
    const told = Object.entries(properties)
      // The editor's own client reads this one.
      .filter(([name]) => name !== 'contractFidelity.trace.server')
      .map(([name, { default: value }]) => [name.replace('contractFidelity.', ''), value]);
    expect(Object.fromEntries(told)).toEqual(defaultSettings);
  });

  it('are all on their page, with their defaults, and no others', () => {
    const rows = [...read('docs/settings.md').matchAll(/^\| `([^`]+)` \| `([^`]+)` \| \S/gm)].map(([, name, value]) => [
      name,
      JSON.parse(value!),
    ]);
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name, value])),
    );
  });

  it('say their scope and explain themselves', () => {
    expect(Object.keys(properties).length).toBeLessThanOrEqual(20);
    for (const [name, one] of Object.entries(properties)) {
      expect(one, name).toHaveProperty('scope');
      expect(one, name).toHaveProperty('markdownDescription');
      if ('enum' in one) expect(one, name).toHaveProperty('enumDescriptions');
    }
  });
});

describe('languages', () => {
  const keys = (path: string): string[] => Object.keys(JSON.parse(read(path))).sort();
  const named = [...new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!))].sort();
  const bundles = readdirSync(join(project, 'client/l10n')).map((name) => `client/l10n/${name}`);
  const spoken = sourceFiles('client/src').flatMap(({ text }) =>
    [...text.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, key]) => key!.replaceAll("\\'", "'")),
  );

  it.each(['package.nls.json', 'package.nls.de.json'])('%s has what the manifest names, and nothing else', (path) => {
    expect(keys(path)).toEqual(named);
  });

  it('of the client have every text that it shows, and nothing else', () => {
    expect(bundles).toEqual(['client/l10n/bundle.l10n.de.json', 'client/l10n/bundle.l10n.json']);
    for (const path of bundles) expect(keys(path), path).toEqual([...new Set(spoken)].sort());
  });

  it('keep the places of values', () => {
    const holes = (text: string): string[] => [...text.matchAll(/\{\d\}/g)].map(([hole]) => hole).sort();
    for (const [key, text] of Object.entries<string>(JSON.parse(read('client/l10n/bundle.l10n.de.json')))) {
      expect(holes(text), key).toEqual(holes(key));
    }
  });
});

describe('the extension', () => {
  it('starts by a contract, a configuration or a command, and by nothing else', () => {
    const { activationEvents } = JSON.parse(manifest);
    const contracts = /^workspaceContains:(?:\*\*\/)?(?:.*(?:openapi|swagger).*|fidelity\.yaml)$/;
    expect(activationEvents.filter((event: string) => !contracts.test(event))).toEqual([]);
    // Names without a pattern are looked for at once; the search for a pattern is given up after seconds, as it may be in a large
    // repository or on a slow disk.
    for (const name of [
      'fidelity.yaml',
      'openapi.yaml',
      'openapi.yml',
      'openapi.json',
      'swagger.yaml',
      'swagger.json',
    ]) {
      expect(activationEvents).toContain(`workspaceContains:${name}`);
    }
    for (const view of Object.values<{ readonly when?: string }[]>(contributes.views).flat()) {
      expect(view.when).toBe('contractFidelity.active');
    }
  });

  it('packs what it names, and the walkthrough explains commands that exist', () => {
    const packed = read('.vscodeignore');
    for (const path of [main, icon]) expect(packed).toContain(`!${path.replace(/^\.\//, '')}`);
    const commands = contributes.commands.map(({ command }: { readonly command: string }) => command);
    const links = [...manifest.matchAll(/onCommand:([\w.]+)/g)].map(([, name]) => name!);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((name) => !commands.includes(name))).toEqual([]);
    const [walkthrough] = contributes.walkthroughs;
    expect(walkthrough.steps).toHaveLength(4);
    for (const { media } of walkthrough.steps) {
      expect(packed).toContain('!client/walkthrough/*.md');
      expect(read(media.markdown)).toMatch(/^# \S/);
    }
  });
});
