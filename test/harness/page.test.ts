// Holds the harness itself: a runner that reads marks wrongly would make every rule's page worthless.

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/findings/finding.ts';
import { checkExample, compareWithMarks } from './check-example.ts';
import { parsePage, readMarks } from './page.ts';

const page = `---
id: some-rule
polarity: witness
---

# some-rule

## What it finds

Text with a block that is no file:

\`\`\`ts
const a = 1;
\`\`\`

## Examples

### Wrong

\`\`\`yaml openapi.yaml
a:
  b: 1
# ^ error: first … last
\`\`\`

\`\`\`ts src/app.ts
const b = 2;
//    ^ warning[other-rule]: words
\`\`\`

### Right

\`\`\`ts src/app.ts
const c = 3;
\`\`\`
`;

function finding(facts: Partial<Finding>): Finding {
  return {
    rule: 'some-rule',
    family: 'statuses',
    polarity: 'witness',
    severity: 'error',
    confidence: 'proved',
    operation: null,
    contractRoot: null,
    subject: '',
    message: 'first and last',
    contract: null,
    code: null,
    related: [],
    fingerprint: '',
    fixes: [],
    suppressed: null,
    ...facts,
  };
}

describe('reading a page', () => {
  const read = parsePage(page);

  it('takes front matter, sections and examples', () => {
    expect(read.front).toEqual({ id: 'some-rule', polarity: 'witness' });
    expect(read.sections).toEqual(['What it finds', 'Examples']);
    expect(read.examples.map((example) => example.title)).toEqual(['Wrong', 'Right']);
  });

  it('takes the marks out of the text and counts lines without them', () => {
    const [wrong, right] = read.examples;
    expect(wrong?.files).toEqual({ 'openapi.yaml': 'a:\n  b: 1\n', 'src/app.ts': 'const b = 2;\n' });
    expect(wrong?.marks).toEqual([
      {
        file: 'openapi.yaml',
        line: 1,
        start: 2,
        end: 3,
        severity: 'error',
        rule: 'some-rule',
        pieces: ['first', 'last'],
      },
      { file: 'src/app.ts', line: 0, start: 6, end: 7, severity: 'warning', rule: 'other-rule', pieces: ['words'] },
    ]);
    expect(right?.marks).toEqual([]);
  });

  it('lets several marks stand under one line', () => {
    const { text, marks } = readMarks(['const ab = 1;', '//    ^ error: x', '//     ^ error: y'], 'a.ts', 'r');
    expect(text).toBe('const ab = 1;\n');
    expect(marks.map(({ line, start }) => [line, start])).toEqual([
      [0, 6],
      [0, 7],
    ]);
  });

  it('leaves other comments alone', () => {
    expect(readMarks(['// error: not a mark', '# ^^^ neither'], 'a', 'r').marks).toEqual([]);
  });

  it('refuses pages that are malformed', () => {
    expect(() => parsePage('# no front matter\n')).toThrow('front matter');
    expect(() => parsePage('---\nid: x\n---\n### E\n```ts a.ts\nopen\n')).toThrow('never ends');
    expect(() => parsePage('---\nid: x\n---\n```ts a.ts\n1\n```\n')).toThrow('below no example');
    expect(() => parsePage('---\nid: x\n---\n### E\n```ts a.ts\n1\n```\n```ts a.ts\n1\n```\n')).toThrow('twice');
    expect(() => readMarks(['^ error: x'], 'a.ts', 'r')).toThrow('nothing above');
  });
});

describe('comparing with marks', () => {
  const example = parsePage(page).examples[0]!;
  const place = { file: '/workspace/openapi.yaml', start: 5, end: 6, pointer: '/a/b' };
  const other = finding({
    rule: 'other-rule',
    severity: 'warning',
    message: 'some words',
    code: { file: '/workspace/src/app.ts', start: 6, end: 7 },
  });

  it('agrees when every mark is met and every finding is marked', () => {
    expect(compareWithMarks(example, [finding({ contract: place }), other])).toEqual({ unmarked: [], unmet: [] });
  });

  it.each([
    ['another column', { contract: { ...place, start: 4 } }],
    ['another end', { contract: { ...place, end: 7 } }],
    ['another severity', { contract: place, severity: 'warning' as const }],
    ['another message', { contract: place, message: 'last and first' }],
    ['another rule', { contract: place, rule: 'third-rule' }],
  ])('objects to %s', (_, facts) => {
    const verdict = compareWithMarks(example, [finding(facts), other]);
    expect(verdict.unmet.map((one) => one.rule)).toEqual(['some-rule']);
    expect(verdict.unmarked).toHaveLength(1);
  });

  it('objects to a finding without a mark, and shows the mark that it would need', () => {
    const extra = finding({ rule: 'third-rule', code: { file: '/workspace/src/app.ts', start: 0, end: 5 } });
    const verdict = compareWithMarks(example, [finding({ contract: place }), other, extra]);
    expect(verdict.unmet).toEqual([]);
    expect(verdict.unmarked.map((one) => one.text)).toEqual([
      'src/app.ts:1\nconst b = 2;\n^^^^^ error[third-rule]: first and last',
    ]);
  });

  it('does not count what is suppressed', () => {
    const suppressed = { by: 'comment', reason: 'known', until: null } as const;
    const verdict = compareWithMarks(example, [finding({ contract: place, suppressed }), other]);
    expect(verdict.unmet).toHaveLength(1);
    expect(verdict.unmarked).toEqual([]);
  });

  it('cuts a finding over several lines at the end of the first', () => {
    const long = finding({ contract: { ...place, start: 2, end: 6 }, rule: 'other-rule', severity: 'warning' });
    expect(compareWithMarks(example, [long]).unmarked[0]?.text).toContain('openapi.yaml:1\n');
  });
});

describe('running an example', () => {
  it('finds nothing where there is no contract', async () => {
    const verdict = await checkExample({ title: 'x', files: { 'src/app.ts': 'export const a = 1;\n' }, marks: [] });
    expect(verdict).toEqual({ unmarked: [], unmet: [], failures: [] });
  });
});
