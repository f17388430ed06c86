// Tags are found in comments of every language and nowhere else. Each fixture writes `@contract yes…` where a tag counts, and
// `@contract no…` where the same words are text, code or prose.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanComments } from '../../server/src/base/comments/scan.ts';
import { commentedEndings, commentSyntax } from '../../server/src/base/comments/syntax.ts';
import { readTags } from '../../server/src/links/tag.ts';

const folder = join(import.meta.dirname, 'languages');
const fixtures = readdirSync(folder);

describe.each(fixtures)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const path = `/w/${name.replace(/\.txt$/, '')}`;
  const wanted = [...text.matchAll(/@contract (yes\w*)/g)].map((match) => match[1]);

  it('has its tags found in comments, and nothing else', () => {
    expect(wanted.length).toBeGreaterThan(2);
    expect(readTags(path, text).map((tag) => tag.target)).toEqual(wanted);
  });

  it('has every tag where it is written', () => {
    for (const tag of readTags(path, text)) {
      expect(text.slice(tag.targetSpan.start, tag.targetSpan.end)).toBe(tag.target);
      expect(text.slice(tag.start, tag.end)).toBe(`@contract ${tag.target}`);
    }
  });

  it('has the line below a comment as its subject', () => {
    const tag = readTags(path, text).find(({ target }) => target === 'yesAbove');
    expect(tag?.subject && text.slice(tag.subject.start, tag.subject.end)).toContain('listOrders');
  });
});

it('there is a fixture for every language', () => {
  const endings = new Set(
    fixtures.map((name) =>
      name
        .replace(/\.txt$/, '')
        .split('.')
        .at(-1),
    ),
  );
  const languages = ['ts', 'js', 'py', 'go', 'java', 'kt', 'cs', 'rb', 'php', 'rs'];
  expect(languages.filter((ending) => !endings.has(ending))).toEqual([]);
  expect(languages.filter((ending) => !commentedEndings.includes(ending))).toEqual([]);
});

describe('the grammar', () => {
  const target = (comment: string) => readTags('/w/a.ts', `${comment}\n`)[0];

  it.each([
    ['// @contract createRefund', 'createRefund', undefined],
    ['// @contract createRefund.', 'createRefund', undefined],
    ['/* @contract createRefund */', 'createRefund', undefined],
    ['/* @contract createRefund*/', 'createRefund', undefined],
    ['/** {@contract createRefund} */', 'createRefund', undefined],
    ['// (see @contract createRefund).', 'createRefund', undefined],
    ['// @contract createRefund@3f9a2c1b', 'createRefund', '3f9a2c1b'],
    ['// @contract createRefund#responses.409@3f9a2c1b, since May', 'createRefund#responses.409', '3f9a2c1b'],
    ['// @contract payments.yaml#/paths/~1refunds/post', 'payments.yaml#/paths/~1refunds/post', undefined],
    ['// @contract a.yaml#/paths/~1r~1{id}', 'a.yaml#/paths/~1r~1{id}', undefined],
    ['/** {@contract a.yaml#/paths/~1r~1{id}} */', 'a.yaml#/paths/~1r~1{id}', undefined],
    [
      '// @contract ../api/openapi.yaml#/components/schemas/Order',
      '../api/openapi.yaml#/components/schemas/Order',
      undefined,
    ],
    ['// @contract createRefund@latest', 'createRefund@latest', undefined],
    ['// @contract\tcreateRefund', 'createRefund', undefined],
  ])('%s', (comment, name, pin) => {
    expect(target(comment)).toMatchObject({ target: name });
    expect(target(comment)?.pin?.value).toBe(pin);
  });

  it.each(['// mail@contract x', '// @contracts x', '// @contract', '// a/@contract x', "const a = '// @contract x'"])(
    'reads nothing in %s',
    (comment) => {
      expect(target(comment)).toBeUndefined();
    },
  );

  it.each([
    ['// @contract createRefund', true],
    ['// @contract createRefund - the only one', true],
    ['// @contract between two parties', false],
    ['// the @contract createRefund', false],
    ['/**\n * @contract createRefund\n */', true],
  ])('%s has the line for itself: %s', (comment, alone) => {
    expect(target(comment)?.alone).toBe(alone);
  });

  it('takes a comment at the end of a line for that line', () => {
    const text = "app.get('/orders', listOrders); // @contract listOrders\napp.post('/orders', add);\n";
    const { subject } = readTags('/w/a.ts', text)[0]!;
    expect(text.slice(subject!.start, subject!.end)).toBe("app.get('/orders', listOrders); ");
  });

  it('has no subject behind a blank line', () => {
    expect(readTags('/w/a.ts', '// @contract listOrders\n\nfunction other() {}\n')[0]?.subject).toBeUndefined();
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      '"',
      "'",
      '`',
      '"""',
      '/*',
      '*/',
      '//',
      '#',
      '\n',
      '${',
      '{',
      '}',
      '\\',
      '<<~X',
      '<<<X',
      'X',
      'r#"',
      '"#',
      "'a'",
      '?>',
      '<?php',
      '=begin',
      '=end',
      '/',
      ' ',
      'x',
      '@contract x',
      '@"',
    ],
  );

  it.each(commentedEndings)('%s: comments lie in the text, in order, and apart', (ending) => {
    const syntax = commentSyntax(`a.${ending}`)!;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const comments = scanComments(text, syntax);
        let end = 0;
        for (const comment of comments) {
          expect(comment.start).toBeGreaterThanOrEqual(end);
          expect(comment.end).toBeGreaterThan(comment.start);
          end = comment.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
        readTags(`a.${ending}`, text);
      }),
      { numRuns: 150 },
    );
  });

  it('is read in one pass, however it is built', () => {
    const hostile = [
      '/*'.repeat(60_000),
      '`${'.repeat(40_000),
      `// ${'@contract '.repeat(20_000)}`,
      '@a('.repeat(50_000),
    ];
    for (const text of hostile) expect(readTags('/w/a.ts', `${text}\n// @contract end`).length).toBeLessThan(20_001);
  });
});
