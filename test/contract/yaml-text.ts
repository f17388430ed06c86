// Owns the generation of YAML texts that look like contracts, in every style that cutting has to cope with, and of edits to them.
// It must not know how they are read.

import fc from 'fast-check';

/** A value to be written as YAML, with the style to write it in. */
export type Written =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'block'; readonly header: string; readonly lines: readonly string[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Written])[]; readonly note: string }
  | { readonly kind: 'seq'; readonly items: readonly Written[]; readonly flush: boolean };

const scalarText = fc
  .constantFrom(
    'text',
    '1',
    '1.10',
    '0x1F',
    'true',
    '~',
    '',
    '"quoted: # not a comment"',
    "'it''s'",
    '"esc\\n\\u00e9"',
    'plain # comment',
    'a:b',
    '{a: 1, "b": [x, y], c: }',
    '[1, {k: v}, "s"]',
    '[]',
    '{}',
    '#/components/schemas/A',
    "'#/components/schemas/A'",
    '-1',
    '- not',
    '&name anchored',
    '*name',
    '!!str 12',
    'ünïcode',
  )
  .filter((text) => text !== '- not');

const keyText = fc.constantFrom(
  'openapi',
  'info',
  'paths',
  'components',
  'schemas',
  'parameters',
  'definitions',
  '/a',
  '/a/{id}',
  '"/q"',
  "'/s'",
  'get',
  'post',
  '200',
  '"404"',
  'key with spaces',
  'type',
  'x-y',
  '$ref',
  '__proto__',
  'constructor',
  '<<',
);

const blockLines = fc.array(fc.constantFrom('line', '  deeper', '', '# no comment', 'a: b', '- c', '*bold*', '/a:'), {
  minLength: 1,
  maxLength: 4,
});

const written: (depth: number) => fc.Arbitrary<Written> = fc.memo((depth) => {
  const leaf: fc.Arbitrary<Written> = fc.oneof(
    { weight: 5, arbitrary: scalarText.map((text): Written => ({ kind: 'scalar', text })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('|', '>', '|-', '>+', '|2', '| # note'), blockLines)
        .map(([header, lines]): Written => ({ kind: 'block', header, lines })),
    },
  );
  if (depth <= 1) return leaf;
  const map = fc
    .tuple(
      fc.uniqueArray(fc.tuple(keyText, written(depth - 1)), { maxLength: 4, selector: ([key]) => key }),
      fc.constantFrom('', '', '', ' # note', ' &name', ' !!map'),
    )
    .map(
      ([entries, note]): Written =>
        entries.length === 0 ? { kind: 'scalar', text: '{}' } : { kind: 'map', entries, note },
    );
  const seq = fc
    .tuple(fc.array(written(depth - 1), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([items, flush]): Written => ({ kind: 'seq', items, flush }));
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 4, arbitrary: map }, { weight: 2, arbitrary: seq });
});

/** A mapping at the root, with the sections that are cut more often than chance would put them there. */
const root: fc.Arbitrary<Written> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(keyText, written(4)), { minLength: 1, maxLength: 4, selector: ([key]) => key }),
    fc.array(fc.tuple(fc.constantFrom('/a', '/b/{id}', '"/q"'), written(4)), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom('A', 'B', "'C'"), written(3)), { maxLength: 3 }),
  )
  .map(([rest, paths, schemas]): Written => {
    const entries: [string, Written][] = rest.filter(([key]) => key !== 'paths' && key !== 'components');
    if (paths.length > 0) entries.push(['paths', { kind: 'map', entries: paths, note: '' }]);
    if (schemas.length > 0) {
      const section: Written = { kind: 'map', entries: schemas, note: '' };
      entries.unshift(['components', { kind: 'map', entries: [['schemas', section]], note: '' }]);
    }
    return {
      kind: 'map',
      entries: entries.length > 0 ? entries : [['openapi', { kind: 'scalar', text: '3.0.0' }]],
      note: '',
    };
  });

/** Lines between entries that mean nothing. */
const filler = fc.constantFrom('', '', '', '', '\n', '# comment\n', '   # indented comment\n', '\n\n');

/** A YAML text of one document. Most are valid; cutting must cope with those that are not. */
export const yamlText: fc.Arbitrary<string> = fc
  .tuple(
    root,
    fc.infiniteStream(filler),
    fc.constantFrom(1, 2, 3, 4),
    fc.constantFrom('', '', '', '---\n', '# head\n---\n', '\uFEFF'),
    fc.boolean(),
    fc.constantFrom('', '\n', '\n# end\n', '\n...\n'),
  )
  .map(([value, fillers, indent, head, windows, tail]) => {
    const text = head + write(value, 0, indent, () => fillers.next().value ?? '').replace(/\n$/, '') + tail;
    return windows ? text.replaceAll('\n', '\r\n') : text;
  });

function write(value: Written, column: number, step: number, filler: () => string): string {
  const pad = ' '.repeat(column);
  if (value.kind === 'map') {
    return value.entries
      .map(([key, inner]) => `${filler()}${pad}${key}:${below(inner, column, step, filler)}`)
      .join('');
  }
  if (value.kind === 'seq') {
    return value.items.map((item) => `${filler()}${pad}-${below(item, column, Math.max(step, 2), filler)}`).join('');
  }
  return '';
}

function below(value: Written, column: number, step: number, filler: () => string): string {
  switch (value.kind) {
    case 'scalar':
      return `${value.text === '' ? '' : ` ${value.text}`}\n`;
    case 'block': {
      const pad = ' '.repeat(column + (value.header.includes('2') ? 2 : step));
      return ` ${value.header}\n${value.lines.map((line) => (line === '' ? '\n' : `${pad}${line}\n`)).join('')}`;
    }
    case 'map':
      return `${value.note}\n${write(value, column + step, step, filler)}`;
    case 'seq':
      return `\n${write(value, value.flush ? column : column + step, step, filler)}`;
  }
}

/** One change to a text: `remove` characters at a share of its length, then insert. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

export const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(40)),
  insert: fc.constantFrom(
    '',
    '',
    'x',
    ' ',
    '\n',
    '  ',
    ':',
    'a: b',
    '\nkey: v\n',
    '\n  /new:\n    get: {}\n',
    '"',
    '#',
    '- ',
    '{',
    '&a ',
    '*a',
    '\t',
    '\n---\n',
    '\n? k\n: v\n',
    '\r',
    '\nstray\n',
    '\n  /stray\n',
  ),
});

export function apply(text: string, change: Edit): string {
  const at = Math.floor(change.at * text.length);
  return text.slice(0, at) + change.insert + text.slice(at + change.remove);
}
