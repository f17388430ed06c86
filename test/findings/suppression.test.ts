// Suppressions: which comments and contract entries count, what they cover, and what is said about them.

import { describe, expect, it } from 'vitest';
import type { FileSource } from '../../server/src/base/host.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { fingerprint } from '../../server/src/findings/fingerprint.ts';
import { readIgnoreComments } from '../../server/src/findings/ignore-comments.ts';
import { parseIgnoreExtension, parseIgnoreStatement } from '../../server/src/findings/ignore-statement.ts';
import { type DeclaredIgnore, suppress } from '../../server/src/findings/suppression.ts';

const ran = new Set(['status-undeclared', 'parameter-undeclared']);

function memory(texts: Readonly<Record<string, string>>): FileSource {
  return {
    roots: ['/w'],
    list: () => Object.keys(texts),
    read: (path) => (texts[path] === undefined ? { failure: 'missing' } : { text: texts[path] }),
    exists: (path) => texts[path] !== undefined,
    version: (path) => texts[path],
  };
}

/** A finding at the first occurrence of `words`. */
function findingAt(file: string, text: string, words: string, rule = 'status-undeclared'): Finding {
  const start = text.indexOf(words);
  return {
    rule,
    family: 'statuses',
    polarity: 'witness',
    severity: 'error',
    confidence: 'proved',
    operation: 'GET /orders',
    contractRoot: '/w/openapi.yaml',
    subject: '404',
    message: 'returns 404',
    contract: null,
    code: { file, start, end: start + words.length },
    related: [],
    fingerprint: fingerprint(rule, 'GET /orders', '404', []),
    fixes: [],
    suppressed: null,
  };
}

function decide(text: string, options: { today?: string; declared?: DeclaredIgnore[]; rule?: string } = {}) {
  const file = '/w/a.ts';
  const files = memory({ [file]: text, '/w/openapi.yaml': 'openapi: 3.0.3\n' });
  const findings = text.includes('404') ? [findingAt(file, text, '404', options.rule)] : [];
  return suppress(findings, { files, scanned: [file], declared: options.declared ?? [], ran, today: options.today });
}

describe('the grammar of a suppression', () => {
  it.each([
    ['status-undeclared -- legacy', ['status-undeclared'], 'legacy', null],
    ['a, b -- why until 2026-01-31', ['a', 'b'], 'why', '2026-01-31'],
    ['a b -- why [until 2026-01-31]', ['a', 'b'], 'why', '2026-01-31'],
    ['a until 2026-01-31', ['a'], null, '2026-01-31'],
    ['a', ['a'], null, null],
    ['a --', ['a'], null, null],
    ['-- only a reason', [], 'only a reason', null],
    ['a -- kept until the partner moves', ['a'], 'kept until the partner moves', null],
  ])('%s', (text, rules, reason, until) => {
    expect(parseIgnoreStatement(text)).toEqual({ rules, reason, until });
  });

  it('reads text, lists, maps and objects of a contract', () => {
    expect(parseIgnoreExtension('a -- why')).toEqual([{ rules: ['a'], reason: 'why', until: null }]);
    expect(parseIgnoreExtension(['a -- x', 'b'])).toEqual([
      { rules: ['a'], reason: 'x', until: null },
      { rules: ['b'], reason: null, until: null },
    ]);
    expect(
      parseIgnoreExtension({ a: 'why until 2026-02-01', b: { reason: 'r', until: '2026-03-01' }, c: null }),
    ).toEqual([
      { rules: ['a'], reason: 'why', until: '2026-02-01' },
      { rules: ['b'], reason: 'r', until: '2026-03-01' },
      { rules: ['c'], reason: null, until: null },
    ]);
  });
});

describe('where a comment counts', () => {
  const lines = (path: string, text: string) => readIgnoreComments(path, text).map((comment) => comment.line);

  it('speaks of its own line behind code and of the next line with content otherwise', () => {
    expect(lines('a.ts', 'x(); // fidelity-ignore a -- b\ny();')).toEqual([0]);
    expect(lines('a.ts', '// fidelity-ignore a -- b\n\n// more words\n/* and these */\ny();')).toEqual([4]);
    expect(lines('a.ts', '/* fidelity-ignore a -- b */\r\ny();')).toEqual([1]);
  });

  it.each([
    ['a string', 'const s = "// fidelity-ignore a -- b";'],
    ['a template', `const s = \`\n// fidelity-ignore a -- b\n\${x}\`;`],
    ['a regular expression', 'const r = f(/[// fidelity-ignore a]/, 4 / 2 / 1);'],
    ['another word', '// fidelity-ignored a -- b\n// see fidelity-ignore in the docs'],
  ])('passes over %s', (_, text) => {
    expect(lines('a.ts', text)).toEqual([]);
  });

  it('finds comments inside of the code of a template', () => {
    expect(lines('a.ts', `const s = \`\${f({ a: 1 }) /* x */}\`; // fidelity-ignore a -- b`)).toEqual([0]);
    expect(lines('a.ts', `const s = \`\${\n// fidelity-ignore a -- b\nx}\`;`)).toEqual([2]);
  });

  it('reads YAML comments, not quoted text and not block scalars', () => {
    expect(lines('a.yaml', 'a: 1 # fidelity-ignore x -- y\n# fidelity-ignore x -- y\nb: 2\n')).toEqual([0, 2]);
    expect(lines('a.yaml', 'a: "b # fidelity-ignore x -- y"\n')).toEqual([]);
    expect(lines('a.yaml', 'a: |\n  # fidelity-ignore x -- y\n\n  text\nb: 1\n')).toEqual([]);
    expect(lines('a.yaml', 'a: >-\n  text\nb: 1 # fidelity-ignore x -- y\n')).toEqual([2]);
  });

  it('never reads JSON', () => {
    expect(lines('a.json', '{} // fidelity-ignore a -- b')).toEqual([]);
  });
});

describe('what a suppression does', () => {
  it('marks the finding on its line and stays quiet about itself', () => {
    const [finding, ...rest] = decide('// fidelity-ignore status-undeclared -- gateway answers it\nres.status(404);');
    expect(finding?.suppressed).toEqual({ by: 'comment', reason: 'gateway answers it', until: null });
    expect(rest).toEqual([]);
  });

  it('suppresses without a reason, and says so', () => {
    const [finding, about] = decide('res.status(404); // fidelity-ignore status-undeclared');
    expect(finding?.suppressed?.by).toBe('comment');
    expect(about).toMatchObject({ rule: 'suppression-unexplained', severity: 'information', operation: null });
  });

  it('holds on its last day and not on the next', () => {
    const text = 'res.status(404); // fidelity-ignore status-undeclared -- x until 2026-05-01';
    expect(decide(text, { today: '2026-05-01' })[0]?.suppressed?.until).toBe('2026-05-01');
    const [finding, about, ...rest] = decide(text, { today: '2026-05-02' });
    expect(finding?.suppressed).toBeNull();
    expect(about?.rule).toBe('suppression-expired');
    expect(rest).toEqual([]);
  });

  it('never holds with an end that is no day', () => {
    const [finding, about] = decide('res.status(404); // fidelity-ignore status-undeclared -- x until 2026-02-30');
    expect(finding?.suppressed).toBeNull();
    expect(about?.message).toContain('"2026-02-30", which is not a day');
  });

  it.each([
    ['nothing to suppress', 'ok(); // fidelity-ignore status-undeclared -- x', 'Nothing is found here'],
    ['another rule', 'res.status(404); // fidelity-ignore parameter-undeclared -- x', 'Nothing is found here'],
    ['an unknown rule', 'res.status(404); // fidelity-ignore status-undeclard -- x', 'There is no rule'],
    ['no rule', 'res.status(404); // fidelity-ignore -- x', 'names no rule'],
  ])('is unused with %s', (_, text, message) => {
    const unused = decide(text).filter((finding) => finding.rule === 'suppression-unused');
    expect(unused).toHaveLength(1);
    expect(unused[0]?.message).toContain(message);
  });

  it('is not called unused for a rule that did not run', () => {
    const files = memory({ '/w/a.ts': 'ok(); // fidelity-ignore status-undeclared -- x' });
    const input = { files, scanned: ['/w/a.ts'], declared: [], ran: new Set<string>(), known: ran };
    expect(suppress([], input)).toEqual([]);
  });

  it('covers an operation or a whole contract from inside of the contract', () => {
    const place = { file: '/w/openapi.yaml', start: 0, end: 7, pointer: '' };
    const declared = (operation: string | null): DeclaredIgnore => ({
      contractRoot: '/w/openapi.yaml',
      operation,
      value: { 'status-undeclared': 'the gateway adds it' },
      place,
    });
    for (const operation of ['GET /orders', null]) {
      const [finding, ...rest] = decide('res.status(404);', { declared: [declared(operation)] });
      expect(finding?.suppressed).toEqual({ by: 'contract', reason: 'the gateway adds it', until: null });
      expect(rest).toEqual([]);
    }
    const [finding, about] = decide('res.status(404);', { declared: [declared('GET /other')] });
    expect(finding?.suppressed).toBeNull();
    expect(about).toMatchObject({
      rule: 'suppression-unused',
      operation: 'GET /other',
      contract: { file: place.file },
    });
  });
});

describe('fingerprints', () => {
  it('depend on rule, operation, subject and values, and on nothing else', () => {
    const one = fingerprint('status-undeclared', 'GET /orders', '404', ['a  b ']);
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprint('status-undeclared', 'GET /orders', '404', [' a b'])).toBe(one);
    const others = [
      fingerprint('status-unreturned', 'GET /orders', '404', ['a b']),
      fingerprint('status-undeclared', 'GET /order', '404', ['a b']),
      fingerprint('status-undeclared', 'GET /orders', '405', ['a b']),
      fingerprint('status-undeclared', 'GET /orders', '404', ['b a']),
      fingerprint('status-undeclared', null, '404', ['a b']),
    ];
    expect(new Set([one, ...others]).size).toBe(6);
  });

  it('stay the same for a suppression that moves down its file', () => {
    const first = decide('ok(); // fidelity-ignore status-undeclared -- x')[0];
    const moved = decide('\n\nok(); // fidelity-ignore status-undeclared -- x')[0];
    expect(moved?.fingerprint).toBe(first?.fingerprint);
    expect(moved?.code?.start).not.toBe(first?.code?.start);
  });
});
