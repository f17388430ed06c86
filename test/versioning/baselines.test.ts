// Where a contract is compared from, in real repositories: each way to name a baseline, and each reason for having none.

import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileSource } from '../../server/src/host/file-source.ts';
import { openHistory } from '../../server/src/host/git.ts';
import { type Baseline, baselineOf, type NoBaseline } from '../../server/src/versioning/baseline.ts';
import { missingText } from '../../server/src/versioning/baseline-text.ts';
import { lineageOf } from '../../server/src/versioning/lineage.ts';
import { recordName, withRelease } from '../../server/src/versioning/recorded.ts';
import { ContractSources } from '../../server/src/versioning/source.ts';
import { type Standing, Standings } from '../../server/src/versioning/standing.ts';
import { hasGit } from '../harness/git.ts';
import { Repository } from './repository.ts';

const contract = (version: string, properties = 'id: { type: string }'): string => `openapi: 3.1.0
info: { title: Orders, version: ${version} }
paths:
  /orders:
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: object, properties: { ${properties} } } } } }
`;

function found(repository: Repository, base?: string, path = 'openapi.yaml'): Baseline | NoBaseline {
  const history = openHistory(repository.folder);
  if ('failure' in history) return history;
  return baselineOf(`${repository.folder}/${path}`, { base }, () => history, new ContractSources());
}

function standing(repository: Repository, base?: string, path = 'openapi.yaml'): Standing {
  const files = createFileSource({ roots: [repository.folder] });
  return new Standings(openHistory).of(`${repository.folder}/${path}`, files, {
    decisions: { base },
    today: '2026-06-01',
  });
}

/** With the folder of a configuration, as the editor and the command line ask. */
function wished(repository: Repository, base?: string): Baseline | NoBaseline {
  const files = createFileSource({ roots: [repository.folder] });
  const wish = { base, folder: repository.folder, files };
  const open = () => openHistory(repository.folder);
  return baselineOf(`${repository.folder}/openapi.yaml`, wish, open, new ContractSources());
}

const versionOf = (baseline: Baseline | NoBaseline): string =>
  'failure' in baseline ? baseline.failure : baseline.source.version;

describe.skipIf(!hasGit)('a baseline', () => {
  it('is the merge base with the main branch, not its tip', () => {
    const repository = new Repository().init().write('openapi.yaml', contract('1.0.0')).commit('first');
    repository.git('checkout', '--quiet', '-b', 'work');
    repository.write('openapi.yaml', contract('1.1.0')).commit('on the branch');
    repository.git('checkout', '--quiet', 'main');
    repository.write('openapi.yaml', contract('1.0.5')).commit('later on main');
    repository.git('checkout', '--quiet', 'work');
    const baseline = found(repository);
    expect(versionOf(baseline)).toBe('1.0.0');
    expect(baseline).toMatchObject({ name: 'main', path: 'openapi.yaml' });
  });

  it('is a revision, or the latest of the tags that match a pattern', () => {
    const repository = new Repository().init();
    for (const version of ['1.0.0', '1.9.0', '1.10.0']) {
      repository.write('openapi.yaml', contract(version)).commit(version);
      repository.git('tag', `v${version}`);
    }
    repository.write('openapi.yaml', contract('2.0.0')).commit('2.0.0');
    expect(versionOf(found(repository, 'v1.0.0'))).toBe('1.0.0');
    expect(versionOf(found(repository, 'HEAD~1'))).toBe('1.10.0');
    expect(found(repository, 'tag:v*')).toMatchObject({ name: 'v1.10.0' });
    expect(found(repository, 'tag:api-*')).toMatchObject({ failure: 'no-tag' });
    expect(found(repository, '--output=x')).toMatchObject({ failure: 'unknown-revision' });
  });

  it('is followed to the name that the contract had', () => {
    const repository = new Repository().init().write('api/old.yaml', contract('1.0.0')).commit('first');
    repository.git('mv', 'api/old.yaml', 'openapi.yaml');
    expect(found(repository)).toMatchObject({ renamedFrom: 'api/old.yaml' });
  });

  it('is read with all of its files as they were', () => {
    const root = contract('1.0.0').replace(
      '{ type: object, properties: { id: { type: string } } }',
      "{ $ref: 'schemas/order.yaml' }",
    );
    const repository = new Repository()
      .init()
      .write('openapi.yaml', root)
      .write('schemas/order.yaml', 'type: object\nrequired: [id]\n')
      .commit('first');
    repository.write('schemas/order.yaml', 'type: object\n');
    expect(standing(repository)).toMatchObject({
      level: 'breaking',
      kept: false,
      suggested: '2.0.0',
      changes: [{ id: 'response-property-became-optional' }],
    });
  });
});

describe.skipIf(!hasGit)('no baseline', () => {
  it.each<readonly [string, () => Repository, string, RegExp]>([
    [
      'without a repository',
      () => new Repository().write('openapi.yaml', contract('1.0.0')),
      'no-repository',
      /in no git repository/,
    ],
    [
      'before the first commit',
      () => new Repository().init().write('openapi.yaml', contract('1.0.0')),
      'unborn-branch',
      /no commit yet/,
    ],
    [
      'for a new contract',
      () => new Repository().init().write('a.txt', 'a').commit('a').write('openapi.yaml', contract('1.0.0')),
      'not-there',
      /./,
    ],
    [
      'without a main branch',
      () => {
        const repository = new Repository().init().write('openapi.yaml', contract('1.0.0')).commit('a');
        repository.git('branch', '--quiet', '-m', 'work');
        return repository;
      },
      'no-main-branch',
      /name the base with --base/,
    ],
    [
      'in a shallow clone',
      () => {
        const origin = new Repository()
          .init()
          .write('openapi.yaml', contract('1.0.0'))
          .commit('a')
          .write('openapi.yaml', contract('1.1.0'))
          .commit('b');
        origin.git('checkout', '--quiet', '-b', 'work');
        origin.write('openapi.yaml', contract('1.2.0')).commit('c');
        origin.git('checkout', '--quiet', 'main');
        const clone = new Repository(mkdtempSync(join(realpathSync(tmpdir()), 'fidelity-clone-')));
        clone.git(
          'clone',
          '--quiet',
          '--depth=1',
          '--no-single-branch',
          '--branch=work',
          `file://${origin.folder}`,
          '.',
        );
        return clone;
      },
      'shallow',
      /fetch-depth: 0/,
    ],
  ])('%s, and it is said', (_, make, failure, words) => {
    const baseline = found(make());
    expect(versionOf(baseline)).toBe(failure);
    if ('failure' in baseline) expect(missingText(baseline)).toMatch(words);
  });

  it('for a contract in a submodule of the repository that is asked', () => {
    const inner = new Repository().init().write('openapi.yaml', contract('1.0.0')).commit('a');
    const outer = new Repository().init().write('a.txt', 'a').commit('a');
    outer.git('submodule', '--quiet', 'add', inner.folder, 'api');
    outer.commit('with a submodule');
    expect(versionOf(found(outer, undefined, 'api/openapi.yaml'))).toBe('outside');
  });

  it('for a record that is none, or that lacks the contract', () => {
    const repository = new Repository().init().write('openapi.yaml', contract('1.0.0')).commit('a');
    expect(versionOf(wished(repository, recordName))).toBe('no-record');
    repository.write(recordName, '[]');
    expect(wished(repository)).toEqual({ failure: 'no-record', detail: 'it is no record of releases' });
    repository.write(recordName, '{ "releases": [{ "contract": "openapi.yaml", "commit": "--output=x" }] }');
    expect(versionOf(wished(repository))).toBe('no-record');
    const other = { contract: 'other.yaml', version: '1.0.0', commit: 'a'.repeat(40), date: '2026-01-01' };
    repository.write(recordName, withRelease(undefined, other)!);
    expect(versionOf(wished(repository))).toBe('1.0.0');
    expect(missingText(wished(repository, recordName) as NoBaseline)).toBe(
      '.fidelity/baseline.json has no release of openapi.yaml',
    );
    repository.write(recordName, withRelease(undefined, { ...other, contract: 'openapi.yaml' })!);
    expect(versionOf(wished(repository))).toBe('unknown-revision');
  });

  it('makes no standing, so that nothing is asked of the version', () => {
    expect(standing(new Repository().write('openapi.yaml', contract('1.0.0')))).toMatchObject({
      missing: { failure: 'no-repository' },
    });
  });
});

describe('a baseline beside the configuration', () => {
  it.skipIf(!hasGit)('is the last recorded release, and the record keeps what else is in it', () => {
    const repository = new Repository().init().write('openapi.yaml', contract('1.0.0')).commit('a');
    const commit = repository.git('rev-parse', 'HEAD');
    repository.write('openapi.yaml', contract('1.1.0')).commit('b');
    const release = { contract: 'openapi.yaml', version: '1.0.0', commit, date: '2026-01-01' };
    const text = withRelease('{ "accepted": ["x"] }', release)!;
    expect(JSON.parse(text)).toEqual({ accepted: ['x'], releases: [release] });
    repository.write(recordName, text);
    expect(wished(repository)).toMatchObject({ name: 'release 1.0.0', commit: { hash: commit } });
    expect(versionOf(wished(repository, 'main'))).toBe('1.1.0');
  });

  it('is a file, without any repository', () => {
    const repository = new Repository()
      .write('openapi.yaml', contract('1.1.0'))
      .write('old/v1.yaml', contract('1.0.0'));
    const baseline = wished(repository, './old/v1.yaml');
    expect(baseline).toMatchObject({ name: './old/v1.yaml', path: './old/v1.yaml' });
    expect(versionOf(baseline)).toBe('1.0.0');
    expect(baseline).not.toHaveProperty('commit');
    const files = createFileSource({ roots: [repository.folder] });
    const decisions = { base: 'old/v1.yaml' };
    const options = { decisions, folder: repository.folder, today: '2026-06-01' };
    expect(new Standings(openHistory).of(`${repository.folder}/openapi.yaml`, files, options)).toMatchObject({
      base: { name: 'old/v1.yaml', commit: null },
      level: 'none',
    });
  });
});

describe.skipIf(!hasGit)('the lineage of a contract', () => {
  it('says of each version what it changed and whether its number kept its promise', () => {
    const repository = new Repository().init();
    const texts = [
      contract('1.0.0'),
      contract('1.1.0', 'id: { type: string }, note: { type: string }'),
      contract('1.1.1', 'id: { type: string }'),
    ];
    for (const text of texts) repository.write('openapi.yaml', text).commit(text.slice(32, 60).trim());
    const history = openHistory(repository.folder);
    if ('failure' in history) throw new Error(history.failure);
    const lineage = lineageOf('openapi.yaml', history.found, new ContractSources(), { today: '2026-06-01', most: 50 });
    expect(lineage).toMatchObject({
      found: [
        { version: '1.1.1', level: 'breaking', needed: 'major', kept: false },
        { version: '1.1.0', level: 'compatible', needed: 'minor', kept: true },
        { version: '1.0.0', level: null, kept: null },
      ],
    });
    const latest = lineageOf('openapi.yaml', history.found, new ContractSources(), {
      today: '2026-06-01',
      most: 50,
      releases: 1,
    });
    expect(latest).toMatchObject({ found: [{ version: '1.1.1', level: 'breaking' }] });
  });
});
