// Holds the ways inside of contracts: over two files, both ways, and what a new name changes.

import { describe, expect, it } from 'vitest';
import { uncancelled } from '../../server/src/base/host.ts';
import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import { Analyser, type Analysis } from '../../server/src/features/analysis.ts';
import {
  namedPartAt,
  outlineOf,
  referenceTargetsAt,
  renameAt,
  renameableAt,
  usesAt,
} from '../../server/src/features/contract-navigation.ts';
import { memoryFiles } from '../harness/memory-files.ts';

const root = `openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
tags:
  - name: pets
security:
  - key: []
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      security: [{ "key": [] }]
      responses:
        '200':
          description: Some
          content: { application/json: { schema: { $ref: 'shared.yaml#/components/schemas/Pet' } } }
          links:
            again: { operationId: listPets }
    post:
      responses: { '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Any' } } } } }
components:
  schemas:
    Any:
      oneOf: [{ $ref: "#/components/schemas/Cat" }]
      discriminator:
        propertyName: kind
        mapping:
          cat: Cat
          also: '#/components/schemas/Cat'
    Cat: { type: object }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
`;
const shared = `components:
  schemas:
    Pet:
      type: object
      properties:
        friend: { $ref: '#/components/schemas/Pet' }
`;

const files = { 'openapi.yaml': root, 'shared.yaml': shared };

function analysed(texts: Readonly<Record<string, string>>): Promise<Analysis> {
  const source = memoryFiles({ 'package.json': '{ "name": "pets" }', ...texts });
  const input = { folders: ['/workspace'], files: source, withProduced: () => source, configurations: source };
  return new Analyser().run(input, uncancelled);
}

/** The offset of the nth occurrence of a text, a little inside of it. */
function at(text: string, words: string, nth = 0): number {
  let found = -1;
  for (let index = 0; index <= nth; index++) found = text.indexOf(words, found + 1);
  if (found < 0) throw new Error(`${words} is not there`);
  return found + 1;
}

const textOf = (place: { file: string; start: number; end: number }): string =>
  (place.file.endsWith('shared.yaml') ? shared : root).slice(place.start, place.end);

describe('a definition', () => {
  it.each([
    ['a reference into another file', "'shared.yaml#", 0, 'Pet'],
    ['a reference in the same file', '"#/components/schemas/Cat"', 0, 'Cat'],
    ['a mapping by name', 'Cat\n', 0, 'Cat'],
    ['a mapping by reference', "'#/components/schemas/Cat'", 0, 'Cat'],
    ['a tag', 'pets]', 0, 'pets'],
    ['a requirement', '"key"', 0, 'key'],
    ['a requirement of the root', 'key: []', 0, 'key'],
    ['an operation of a link', 'listPets }', 0, 'listPets'],
  ])('is found from %s', async (_, words, nth, name) => {
    const found = namedPartAt(await analysed(files), '/workspace/openapi.yaml', at(root, words, nth));
    expect(found?.targets.map(({ selection }) => textOf(selection))).toEqual([name]);
  });

  it('is nothing where nothing is named', async () => {
    expect(namedPartAt(await analysed(files), '/workspace/openapi.yaml', at(root, 'title'))).toBeUndefined();
  });
});

describe('references', () => {
  it.each([
    ['Cat:', ['"#/components/schemas/Cat"', 'Cat', "'#/components/schemas/Cat'"]],
    ['listPets\n', ['listPets']],
    ['pets\nsec', ['pets']],
    ['key: { type', ['key', '"key"']],
  ])('of %s are found', async (words, expected) => {
    const places = usesAt(await analysed(files), '/workspace/openapi.yaml', at(root, words), false);
    expect(places.map(textOf)).toEqual(expected);
  });

  it('reach over files, with the definition when it is wanted', async () => {
    const places = usesAt(await analysed(files), '/workspace/shared.yaml', at(shared, 'Pet:'), true);
    expect(places.map((place) => [place.file, textOf(place)])).toEqual([
      ['/workspace/openapi.yaml', "'shared.yaml#/components/schemas/Pet'"],
      ['/workspace/shared.yaml', 'Pet'],
      ['/workspace/shared.yaml', "'#/components/schemas/Pet'"],
    ]);
  });
});

describe('a new name', () => {
  async function renamed(file: string, words: string, name: string): Promise<Readonly<Record<string, string>>> {
    const texts: Record<string, string> = { ...files };
    const result = renameAt(await analysed(files), `/workspace/${file}`, at(texts[file]!, words), name);
    if ('refused' in result) throw new Error(result.refused);
    for (const edit of result.files) {
      const path = edit.file.replace('/workspace/', '');
      texts[path] = applyTextEdits(texts[path]!, edit.edits);
    }
    return texts;
  }

  it('of a component changes its key, every reference and every mapping, in their quotes', async () => {
    const texts = await renamed('openapi.yaml', 'Cat: {', 'Lion');
    expect(texts['openapi.yaml']).toBe(
      root
        .replaceAll('#/components/schemas/Cat', '#/components/schemas/Lion')
        .replace('cat: Cat', 'cat: Lion')
        .replace('    Cat: {', '    Lion: {'),
    );
    expect(texts['shared.yaml']).toBe(shared);
  });

  it('changes all files', async () => {
    const texts = await renamed('shared.yaml', 'Pet:', 'Animal');
    expect(texts['openapi.yaml']).toBe(root.replace('schemas/Pet', 'schemas/Animal'));
    expect(texts['shared.yaml']).toBe(shared.replaceAll('Pet', 'Animal'));
  });

  it('of an operation, a tag or a scheme changes what names it', async () => {
    expect((await renamed('openapi.yaml', 'listPets\n', 'allPets'))['openapi.yaml']).toBe(
      root.replaceAll('listPets', 'allPets'),
    );
    expect((await renamed('openapi.yaml', 'pets]', 'all: of them'))['openapi.yaml']).toBe(
      root.replace('name: pets', 'name: "all: of them"').replace('[pets]', '["all: of them"]'),
    );
    expect((await renamed('openapi.yaml', '"key"', 'token'))['openapi.yaml']).toBe(
      root.replace('- key: []', '- token: []').replace('"key"', '"token"').replace('    key: {', '    token: {'),
    );
  });

  it('is refused where it is taken, or no name', async () => {
    const analysis = await analysed(files);
    const name = (to: string) => renameAt(analysis, '/workspace/openapi.yaml', at(root, 'Cat: {'), to);
    expect(name('Any')).toEqual({ refused: '"Any" is there already' });
    expect(name('a b')).toEqual({ refused: '"a b" is no name for it' });
    expect(renameableAt(analysis, '/workspace/openapi.yaml', at(root, 'title'))).toBeUndefined();
    expect(renameableAt(analysis, '/workspace/openapi.yaml', at(root, 'Cat: {'))?.name).toBe('Cat');
  });
});

describe('the rest', () => {
  it('offers the components that fit, of every file, while a reference is typed', async () => {
    const typing = root.replace("'shared.yaml#/components/schemas/Pet'", "'sha'");
    const analysis = await analysed({
      'openapi.yaml': typing.replace('Cat: { type: object }', "Cat: { $ref: 'shared.yaml#/components/schemas/Pet' }"),
      'shared.yaml': shared,
    });
    const found = referenceTargetsAt(analysis, '/workspace/openapi.yaml', at(typing, "'sha'") + 3);
    expect(typing.slice(found?.place.start, found?.place.end)).toBe('sha');
    expect(found?.targets.map(({ text }) => text)).toEqual([
      '#/components/schemas/Any',
      '#/components/schemas/Cat',
      'shared.yaml#/components/schemas/Pet',
    ]);
    expect(referenceTargetsAt(analysis, '/workspace/openapi.yaml', at(typing, 'title'))).toBeUndefined();
  });

  it('gives the outline of every file of a contract', async () => {
    const analysis = await analysed(files);
    const names = outlineOf(analysis, '/workspace/openapi.yaml')?.map(({ name }) => name);
    expect(names).toEqual(['openapi', 'info', 'tags', 'security', 'paths', 'components']);
    const pet = outlineOf(analysis, '/workspace/shared.yaml')?.[0]?.children[0]?.children[0];
    expect(pet).toMatchObject({ kind: 'component', name: 'Pet' });
    expect(outlineOf(analysis, '/workspace/package.json')).toBeUndefined();
  });
});
