import { describe, expect, it } from 'vitest';
import { readIgnoreComments } from '../../server/src/findings/ignore-comments.ts';
import { parseIgnoreExtension } from '../../server/src/findings/ignore-statement.ts';
import { addedLines, refusal, repaired } from './repaired.ts';

const rule = 'status-undeclared';
const reason = 'the gateway\n  answers it';

describe('ignore-comment', () => {
  it('writes a comment above the line of code that our reader understands', () => {
    const text = 'function get() {\n\treturn res.status(404).json({});\n}\n';
    const after = repaired('/w/a.ts', text, 'ignore-comment', { offset: text.indexOf('404'), rule, reason });
    expect(addedLines(text, after)).toEqual([`\t// fidelity-ignore ${rule} -- the gateway answers it`]);
    const [comment] = readIgnoreComments('/w/a.ts', after);
    expect(comment).toMatchObject({ line: 2, statement: { rules: [rule], reason: 'the gateway answers it' } });
  });

  it('writes a comment in YAML', () => {
    const text = "responses:\n  '200':\n    description: Fine\n";
    const after = repaired('/w/a.yaml', text, 'ignore-comment', { offset: text.indexOf('200'), rule, reason: 'why' });
    expect(after).toBe(`responses:\n  # fidelity-ignore ${rule} -- why\n  '200':\n    description: Fine\n`);
    expect(readIgnoreComments('/w/a.yaml', after)[0]).toMatchObject({ line: 2 });
  });

  it('writes an extension in JSON, and adds to one that is there', () => {
    const text = JSON.stringify({ paths: { '/a': { get: { operationId: 'a', responses: {} } } } }, null, 2);
    const pointer = '/paths/~1a/get';
    const once = repaired('/w/a.json', text, 'ignore-comment', { offset: 0, pointer, rule, reason: 'why' });
    const twice = repaired('/w/a.json', once, 'ignore-comment', {
      offset: 0,
      pointer,
      rule: 'body-undeclared',
      reason: 'so',
    });
    const value = JSON.parse(twice).paths['/a'].get['x-fidelity-ignore'];
    expect(parseIgnoreExtension(value)).toEqual([
      { rules: [rule], reason: 'why', until: null },
      { rules: ['body-undeclared'], reason: 'so', until: null },
    ]);
    expect(JSON.stringify(JSON.parse(twice), null, 2)).toBe(twice);
  });

  it('refuses to suppress without a reason', () => {
    expect(refusal('/w/a.ts', 'x\n', 'ignore-comment', { offset: 0, rule, reason: ' \n ' })).toMatch(/reason/);
  });
});
