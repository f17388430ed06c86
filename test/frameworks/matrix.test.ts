// Holds that the page of the matrix is what the cases say, and that the reader and the comparison of cases can fail.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareCase } from './compare.ts';
import { factsOfService, topics } from './fact-text.ts';
import { readCasePages } from './frameworks.ts';
import { matrixPage } from './matrix.ts';
import { parseCases } from './page.ts';

const pages = readCasePages();

describe('docs/frameworks.md', () => {
  it('is what `npm run matrix` writes', () => {
    const written = readFileSync('docs/frameworks.md', 'utf8');
    expect(written).toBe(matrixPage(pages));
  });

  it.each(['express', 'fastify', 'nest', 'koa', 'hono', 'next'])(
    'has at least 40 cases of %s, of every topic',
    (folder) => {
      const own = pages.filter((page) => page.folder === folder);
      expect(own.map((page) => page.topic)).toEqual(topics);
      expect(own.reduce((sum, page) => sum + page.cases.length, 0)).toBeGreaterThanOrEqual(40);
    },
  );

  it('never says one thing twice', () => {
    for (const page of pages) {
      const titles = page.cases.map((one) => one.title);
      expect(new Set(titles).size, `${page.folder} ${page.topic}`).toBe(titles.length);
    }
  });
});

const service = `## A case

\`\`\`ts app.ts
import express from 'express';
const app = express();
app.get('/a/:id', (req, res) => res.json(req.query.page));
//      ^^^ get /a/{id}
\`\`\`

\`\`\`facts
open routes closed
\`\`\`
`;

describe('a page of cases', () => {
  it('is read into files, marks and stated facts', () => {
    const [one] = parseCases(service);
    expect(one).toMatchObject({
      title: 'A case',
      marks: [{ file: 'app.ts', line: 2, column: 8, text: 'get /a/{id}' }],
      stated: ['open routes closed'],
    });
    expect(one?.files['app.ts']?.split('\n')).toHaveLength(4);
  });

  it.each([
    ['a block that never ends', '## x\n```ts a.ts\n', 'never ends'],
    ['a block below no case', '```ts a.ts\n```\n', 'below no case'],
    ['a file twice', '## x\n```ts a.ts\n```\n```ts a.ts\n```\n', 'twice'],
    ['a mark under nothing', '## x\n```ts a.ts\n// ^^^ 200\n```\n', 'nothing above'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseCases(text)).toThrow(message);
  });

  it('fails where a fact is not met, stands elsewhere, or was not said', async () => {
    const [one] = parseCases(service);
    const facts = await factsOfService(one!.files);
    expect(compareCase(one!, facts, 'routes')).toEqual({ unmet: ['nothing says open routes closed'], unsaid: [] });
    const agreeing = { ...one!, stated: [] };
    expect(compareCase(agreeing, facts, 'routes')).toEqual({ unmet: [], unsaid: [] });
    const elsewhere = { ...agreeing, marks: [{ ...agreeing.marks[0]!, column: 9 }] };
    expect(compareCase(elsewhere, facts, 'routes').unmet).toEqual(['app.ts:3:10 expects get /a/{id}']);
    expect(compareCase(elsewhere, facts, 'routes').unsaid).toHaveLength(1);
    const shorter = { ...agreeing, marks: [{ ...agreeing.marks[0]!, text: 'get /a' }] };
    expect(compareCase(shorter, facts, 'routes').unmet).toHaveLength(1);
    expect(compareCase(agreeing, facts, 'reads').unsaid).toEqual([
      "app.ts:3\napp.get('/a/:id', (req, res) => res.json(req.query.page));\n//                                                 ^^^ query page: unknown (read)",
    ]);
  });
});
