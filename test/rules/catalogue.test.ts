// Holds the triple together: every rule has a file, a page and an entry in the catalogue, and the three say the same.

import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/catalogue.ts';
import { filesEndingIn, readPages, rulesFolder } from '../harness/pages.ts';

/** Files of rules: one folder per family; what stands elsewhere serves them. */
const ruleFiles = filesEndingIn('.ts').filter((path) => path.includes('/') && !path.startsWith('evidence/'));
const pages = readPages();

describe('the catalogue', () => {
  it('names every rule file once, and nothing else', () => {
    expect(rules.map((rule) => `${rule.family}/${rule.id}.ts`).sort()).toEqual([...ruleFiles]);
  });

  it('has the rules of a family together', () => {
    const families = rules.map((rule) => rule.family);
    expect(families.filter((family, index) => family !== families[index - 1])).toEqual([...new Set(families)]);
  });

  it('says each fault in one sentence', () => {
    for (const { id, summary } of rules) expect(summary, id).toMatch(/^[A-Z][^.]*\.$/);
  });

  it('has exactly one page per rule', () => {
    expect(pages.map((page) => `${page.family}/${page.id}.ts`).sort()).toEqual([...ruleFiles]);
  });
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  const page = pages.find((candidate) => candidate.id === id);

  it('has a page that says the same of it', () => {
    expect(page?.page.front).toMatchObject({ id, polarity: rule.polarity });
    expect(page?.page.front.severity).toMatch(/^(error|warning|information|hint|off)\b/);
    expect(page?.page.front.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(page?.text).toContain(`\n# ${id}\n`);
  });

  it('has the sections of a page, in order and filled', () => {
    expect(page?.page.sections).toEqual([
      'What it finds',
      'Why it matters',
      'Evidence and when it stays silent',
      'Fixes',
      'Examples',
    ]);
    expect(page?.text).not.toMatch(/\n## [^\n]+\n+## /);
  });

  it('is shown by an example, and silent in another', () => {
    const examples = page?.page.examples ?? [];
    expect(examples.some((example) => example.marks.some((mark) => mark.rule === id))).toBe(true);
    expect(examples.some((example) => example.marks.length === 0)).toBe(true);
  });

  it('links only to pages that exist', () => {
    for (const [, target = ''] of (page?.text ?? '').matchAll(/\]\(([^)#]+\.md)\)/g)) {
      const path = join(dirname(`${page?.family}/${id}.md`), target);
      expect(filesEndingIn('.md'), `${basename(target)} in ${id}.md`).toContain(path);
    }
  });
});

describe('sizes', () => {
  it.each(filesEndingIn('.ts').map((path) => [path]))(
    '%s is at most 6 KB, or 8 KB where it serves all rules',
    (path) => {
      const limit = ruleFiles.includes(path) || path.startsWith('evidence/') ? 6 : 8;
      expect(statSync(join(rulesFolder, path)).size).toBeLessThanOrEqual(limit * 1024);
    },
  );
});
