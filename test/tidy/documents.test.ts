// What the pages for people say is so: their links and pictures lead somewhere, and their examples hold.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreeing, fidelity, workspace } from '../cli/run-fidelity.ts';
import { project, sourceFiles } from './sources.ts';

const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'server/ARCHITECTURE.md'].map((path) => ({
  path,
  text: readFileSync(join(project, path), 'utf8'),
}));
const documents = [...pages, ...sourceFiles('docs', ['.md']), ...sourceFiles('server/src', ['.md'])];
const readme = pages[0]!.text;

describe('pages', () => {
  it('link to what is there', () => {
    const broken = documents.flatMap(({ path, text }) =>
      [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
        .map((match) => match[1]!)
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(project, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(documents.length).toBeGreaterThan(20);
    expect(broken).toEqual([]);
  });

  it('name commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: object };
    const named = documents.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the README', () => {
  it('shows a configuration and a suppression that hold', async () => {
    const configuration = /^```yaml\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? '';
    const comment = /^\/\/ fidelity-ignore .*$/m.exec(readme)?.[0] ?? '';
    const files: Readonly<Record<string, string>> = { ...agreeing, 'fidelity.yaml': configuration };
    expect(await fidelity(workspace(files), ['check', '--fail-on', 'information'])).toMatchObject({
      code: 0,
      stderr: '',
    });
    // The comment stands where nothing is wrong, so that it is understood when it is called superfluous, and by no other name.
    const noted = { ...files, 'src/app.js': files['src/app.js']!.replace('  if (req', `  ${comment}\n  if (req`) };
    const { findings } = JSON.parse((await fidelity(workspace(noted), ['check', '-f', 'json'])).stdout);
    expect(findings).toMatchObject([{ rule: 'suppression-unused' }]);
  });

  it('names every format and every validator that the changelog names', () => {
    for (const name of ['pretty', 'json', 'sarif', 'github', 'junit', 'markdown'])
      expect(readme).toContain(`\`${name}\``);
    const validators = /Validators: ([^.]*)\./.exec(pages[1]!.text)?.[1] ?? '';
    const names = validators.replace(/\s+/g, ' ').split(/, | and /);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !readme.replace(/\s+/g, ' ').includes(name))).toEqual([]);
  });
});
