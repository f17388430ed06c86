// Owns the tests of what `fidelity.yaml` teaches of a project's own registrars: its reading, and what is said of mistakes.

import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../server/src/registry/read-configuration.ts';
import { taughtFunctions } from '../../server/src/registry/registrars.ts';
import { memory } from './models.ts';

const read = (text: string) => readConfiguration(memory({ '/w/fidelity.yaml': text }), '/w');

/** What is underlined, with the message. */
function problems(text: string): string[] {
  return read(text).problems.map(({ message, place }) => `${text.slice(place.start, place.end)}: ${message}`);
}

describe('registrars', () => {
  it('are read with their positions, words and globs', () => {
    const text = `registrars:
  - name: registerRoute
    in: src/http/*.ts
    framework: express
    method: 0
    methods: { Create: post }
    path: 1
    handler: 2
    prefix: /api
  - { name: query, framework: koa, method: GET, path: 0 }
  - { name: unknown, framework: hono, path: 0 }
`;
    const { configuration } = read(text);
    expect(problems(text)).toEqual([]);
    const [first, second, third] = taughtFunctions(configuration);
    expect(first).toMatchObject({
      name: 'registerRoute',
      framework: 'express',
      method: 0,
      path: 1,
      handler: 2,
      prefix: '/api',
    });
    expect([...first!.methods]).toEqual([['create', 'post']]);
    expect(first?.declaredIn?.('/w/src/http/routes.ts')).toBe(true);
    expect(first?.declaredIn?.('/w/src/ui/routes.ts')).toBe(false);
    expect(second).toMatchObject({ method: 'get', path: 0, prefix: '' });
    expect(second?.declaredIn).toBeUndefined();
    expect(third?.method).toBe('all');
  });

  it.each([
    ['  - { framework: express, path: 0 }', 'needs the key `name`'],
    [
      '  - { name: f, framework: rails, path: 0 }',
      'must be one of `express`, `fastify`, `koa`, `hono`, `hapi`, `restify`',
    ],
    ['  - { name: f, framework: express, path: first }', 'must be integer'],
    ['  - { name: f, framework: express, path: -1 }', 'must be >= 0'],
    [
      '  - { name: f, framework: express, path: 0, method: fetch }',
      '`registrars.0.method` must be the position of an argument or one of `get`',
    ],
    [
      '  - { name: f, framework: express, path: 0, handler: 0 }',
      '`registrars.0.handler` is the same argument as `path`',
    ],
    ['  - { name: f, framework: express, path: 0, method: get, methods: { a: post } }', '`method` names no argument'],
    ['  - { name: f, framework: express, path: 0, verb: 1 }', 'does not know the key `verb`'],
  ])('say what is wrong with %s', (entry, message) => {
    const found = problems(`registrars:\n${entry}\n`);
    expect(found.join('\n')).toContain(message);
  });

  it('that are mistaken register nothing', () => {
    const { configuration } = read('registrars:\n  - { name: f, framework: express, path: 0, method: fetch }\n');
    expect(taughtFunctions(configuration)).toEqual([]);
  });
});
