// Holds where an addition goes: where the file's own order has it, and where the file says nothing, where custom has it.

import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../server/src/base/pointer.ts';
import { largeContracts } from './large-contract.ts';
import { repaired } from './repaired.ts';

/** The keys of the map at a pointer, in the order of the text. */
function keysAt(text: string, pointer: string): string[] {
  let node = load(text) as Record<string, unknown>;
  for (const token of tokensOf(pointer)) node = node[token] as Record<string, unknown>;
  return Object.keys(node);
}

const operation = (...keys: readonly string[]): string => keys.map((key) => `      ${key}\n`).join('');
const answers = 'responses: { "200": { description: Fine } }';

/** Three operations whose keys stand in one order, and one that lacks a key. */
function withOperations(order: readonly string[], last: readonly string[]): string {
  const paths = ['/a', '/b', '/c'].map((path) => `  ${path}:\n    get:\n${operation(...order)}`).join('');
  return `openapi: 3.0.3\ninfo: { title: A, version: 1.0.0 }\npaths:\n${paths}  /d:\n    get:\n${operation(...last)}`;
}

describe('the place of a new key', () => {
  const at = '/paths/~1d/get';

  it('is where the other operations have it, whatever is usual', () => {
    const text = withOperations(
      [answers, 'deprecated: true', 'operationId: x', 'tags: [a]'],
      [answers, 'operationId: d', 'tags: [a]'],
    );
    const after = repaired('/w/a.yaml', text, 'deprecate', { pointer: at });
    expect(keysAt(after, at)).toEqual(['responses', 'deprecated', 'operationId', 'tags']);
  });

  it('is the usual one where no other operation has the key', () => {
    const text = withOperations([answers, 'operationId: x', 'tags: [a]'], ['tags: [a]', 'operationId: d', answers]);
    const after = repaired('/w/a.yaml', text, 'deprecate', { pointer: at });
    expect(keysAt(after, at)).toEqual(['tags', 'operationId', 'responses', 'deprecated']);
  });

  it('is among names the one that the alphabet gives, where five names follow it', () => {
    const fields = (names: string): string =>
      `components:\n  schemas:\n    A:\n      properties:\n${[...names].map((name) => `        ${name}: {}\n`).join('')}`;
    const add = (names: string) =>
      keysAt(
        repaired('/w/a.yaml', fields(names), 'add-property', {
          pointer: '/components/schemas/A',
          name: 'c',
          schema: {},
        }),
        '/components/schemas/A/properties',
      ).join('');
    expect(add('abdef')).toBe('abcdef');
    expect(add('abd')).toBe('abdc');
    expect(add('fabde')).toBe('fabdec');
  });

  it('is the alphabet in all that is written, where the file is in its order', () => {
    const sorted = largeContracts().filter(({ name }) => /alphabet|tabs/.test(name));
    expect(sorted).toHaveLength(2);
    for (const { file, text } of sorted) {
      const pointer = '/paths/~1thing080/get';
      const schema = { type: 'object', properties: { z: { type: 'string' }, a: { type: 'string' } } };
      const answered = repaired(file, text, 'add-response', {
        pointer,
        status: '409',
        description: 'Conflict',
        mediaType: 'application/json',
        schema,
      });
      expect(keysAt(answered, `${pointer}/responses`)).toEqual(['200', '409', 'default']);
      expect(keysAt(answered, `${pointer}/responses/409`)).toEqual(['content', 'description']);
      expect(keysAt(answered, `${pointer}/responses/409/content/application~1json/schema/properties`)).toEqual([
        'a',
        'z',
      ]);
      const deprecated = repaired(file, text, 'deprecate', { pointer });
      expect(keysAt(deprecated, pointer)[0]).toBe('deprecated');
    }
  });
});
