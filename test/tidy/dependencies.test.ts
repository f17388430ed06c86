// Every dependency is used, and the table of dependencies in `server/ARCHITECTURE.md` says what for.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, project, sourceFiles } from './sources.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = (path: string): Manifest => JSON.parse(readFileSync(join(project, path), 'utf8')) as Manifest;
const architecture = readFileSync(join(project, 'server/ARCHITECTURE.md'), 'utf8');
const manifests = ['package.json', 'server/package.json', 'client/package.json'];

describe('dependencies', () => {
  it('of what is shipped are imported', () => {
    for (const room of ['server', 'client']) {
      const imported = new Set(
        sourceFiles(`${room}/src`)
          .flatMap((file) => importsOf(file.text))
          .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0]),
      );
      const declared = Object.keys(manifest(`${room}/package.json`).dependencies ?? {});
      expect(declared.filter((name) => !imported.has(name))).toEqual([]);
    }
  });

  it.each(manifests)('of %s are explained', (path) => {
    const { dependencies = {}, devDependencies = {} } = manifest(path);
    const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([]);
  });

  it('are all there that the table speaks of', () => {
    const table = architecture.slice(architecture.indexOf('## Dependencies'), architecture.indexOf('For development:'));
    const rows = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) => cell!.match(/[^`, ]+/g) ?? []);
    const declared = new Set(manifests.flatMap((path) => Object.keys(manifest(path).dependencies ?? {})));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((name) => !declared.has(name))).toEqual([]);
  });
});
