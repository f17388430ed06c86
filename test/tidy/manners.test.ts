// Manners of the sources that a reader relies on: sizes, headers, names, and what is never written.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tool } from '../../server/src/cli/version.ts';
import { project, sourceFiles } from './sources.ts';

const KILOBYTE = 1024;
const own = [...sourceFiles('server/src'), ...sourceFiles('client/src'), ...sourceFiles('client/page')];
const tests = sourceFiles('test');

/** The largest size of a file in bytes, by where it stands; the first that fits holds. */
const limits: readonly (readonly [RegExp, number])[] = [
  [/^server\/src\/rules\/(?!run\.ts|catalogue\.ts|evidence\/)/, 6 * KILOBYTE],
  [/^server\/src\/code\/languages\//, 15 * KILOBYTE],
  [/^(?:server\/src|client\/src|client\/page)\//, 20 * KILOBYTE],
];

describe('sources', () => {
  it('stay small', () => {
    const large = own.flatMap(({ path, text }) => {
      const limit = limits.find(([where]) => where.test(path))![1];
      const size = Buffer.byteLength(text);
      return size > limit ? [`${path}: ${(size / KILOBYTE).toFixed(1)} KB of ${limit / KILOBYTE} KB`] : [];
    });
    expect(large).toEqual([]);
  });

  it('open with what they own', () => {
    const bare = own.filter(({ text }) => !/^\/\/ [A-Z][^\n]{20,}/.test(text)).map(({ path }) => path);
    expect(bare).toEqual([]);
  });

  it('have kebab-case names that say what is in them', () => {
    const vague = /(?:^|[/-])(?:utils?|helpers?|common|misc|shared|core|managers?|services?)(?:[/.-]|$)/;
    const wrong = own
      .map(({ path }) => path.replace(/^(?:server\/src|client\/src|client\/page)\//, ''))
      .filter((path) => vague.test(path) || !/^[a-z0-9/-]+(?:\.d)?\.ts$/.test(path));
    expect(wrong).toEqual([]);
  });

  it.each([
    ['default exports', /^export default\b/m],
    ['unfinished work', /\b(?:TODO|FIXME|XXX|HACK)\b/],
    ['silenced tools', /biome-ignore|eslint-disable|@ts-(?:ignore|nocheck|expect-error)/],
    ['untyped values', /(?:[:<,|&]\s*|\bas )any\b(?!\s*[:'"`(])(?=\s*[,;)>=|&\]}\n])/],
  ])('have no %s', (_, pattern) => {
    const wrong = [...own, ...tests].filter(({ path }) => path !== 'test/tidy/manners.test.ts');
    expect(wrong.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
  });

  // What asks git is skipped where there is none; wherever everything must run, its absence is a failure.
  it('never skip or single out a test', () => {
    const wrong = tests.filter(({ text }) =>
      /\b(?:it|test|describe)\.(?:skip|only|todo|skipIf|runIf)\b/.test(text.replaceAll('.skipIf(!hasGit)', '')),
    );
    expect(wrong.map(({ path }) => path).filter((path) => path !== 'test/tidy/manners.test.ts')).toEqual([]);
  });
});

describe('the project', () => {
  it('has the top level that the map says', () => {
    const expected = [
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'biome.json',
      'client',
      'docs',
      'esbuild.mjs',
      'examples',
      'package-lock.json',
      'package.json',
      'package.nls.de.json',
      'package.nls.json',
      'server',
      'syntaxes',
      'test',
      'tsconfig.base.json',
      'tsconfig.json',
      'vitest.config.ts',
    ];
    // What the tools write here is ignored by git, and dot-files belong to the ecosystem.
    const written = ['node_modules', 'out', 'dist', 'bench.json', 'coverage'];
    const found = readdirSync(project).filter((name) => !name.startsWith('.') && !written.includes(name));
    expect(found.filter((name) => !expected.includes(name) && !name.endsWith('.vsix'))).toEqual([]);
    expect(expected.filter((name) => !found.includes(name))).toEqual([]);
  });

  it('has one version everywhere', () => {
    const versions = ['package.json', 'server/package.json', 'client/package.json'].map(
      (file) => JSON.parse(readFileSync(join(project, file), 'utf8')).version,
    );
    expect([...new Set([...versions, tool.version])]).toHaveLength(1);
    expect(readFileSync(join(project, 'CHANGELOG.md'), 'utf8')).toContain(`## ${tool.version}`);
  });

  it('has a page for every rule and a rule for every page', () => {
    const families =
      /^server\/src\/rules\/(?:contract|operations|parameters|body|statuses|responses|security|lifecycle|links)\//;
    const rules = own.map(({ path }) => path).filter((path) => families.test(path));
    const pages = sourceFiles('server/src/rules', ['.md']).map(({ path }) => path);
    expect(rules.filter((path) => !pages.includes(path.replace(/\.ts$/, '.md')))).toEqual([]);
    expect(pages.filter((path) => !rules.includes(path.replace(/\.md$/, '.ts')))).toEqual([]);
  });

  it('has documents whose links lead somewhere', () => {
    const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'server/ARCHITECTURE.md'];
    const pages = [...documents, ...sourceFiles('docs', ['.md']).map(({ path }) => path)];
    const broken = pages.flatMap((page) => {
      const text = readFileSync(join(project, page), 'utf8');
      return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)|src="([^"]+)"/g)]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => !existsSync(join(project, dirname(page), target)))
        .map((target) => `${basename(page)}: ${target}`);
    });
    expect(broken).toEqual([]);
  });
});
