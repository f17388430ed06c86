// Holds how a route is named as internal in a configuration that says something already.

import { describe, expect, it } from 'vitest';
import { refusal, repaired } from './repaired.ts';

const file = '/workspace/fidelity.yaml';
const marked = (text: string): string => repaired(file, text, 'mark-internal', { route: 'DELETE /orders/{id}' });

describe('marking a route as internal', () => {
  it.each([
    [
      'a list',
      'internal:\n  - GET /admin/** # operators\n',
      'internal:\n  - GET /admin/** # operators\n  - DELETE /orders/{id}\n',
    ],
    ['an empty list', 'internal: []\nrules: {}\n', "internal: ['DELETE /orders/{id}']\nrules: {}\n"],
    ['a single route', 'internal: GET /admin/**\n', "internal: [GET /admin/**, 'DELETE /orders/{id}']\n"],
    ['nothing', 'internal:\nfailOn: error\n', "internal: ['DELETE /orders/{id}']\nfailOn: error\n"],
    [
      'something else',
      'contracts:\n  - file: api.yaml\n# How strict.\nfailOn: error\n',
      'contracts:\n  - file: api.yaml\ninternal:\n  - DELETE /orders/{id}\n# How strict.\nfailOn: error\n',
    ],
    ['no text', '\n', '# Routes that no contract needs to describe.\ninternal:\n  - DELETE /orders/{id}\n'],
  ])('goes beside %s', (_, before, after) => {
    expect(marked(before)).toBe(after);
  });

  it('is refused where it stands already, and in a text that does not parse', () => {
    const route = { route: 'GET /admin' };
    expect(refusal(file, 'internal: [GET /admin]\n', 'mark-internal', route)).toBe('GET /admin is internal already');
    expect(refusal(file, 'internal: [\n', 'mark-internal', route)).toMatch(/^the configuration has a syntax error/);
  });
});
