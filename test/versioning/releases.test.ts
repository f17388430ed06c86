// The changes of consecutive versions of published contracts are those that were read in them by hand, no more and no fewer. With
// `FIDELITY_RELEASES`, a folder that holds the published files, they are compared themselves; else contracts of our own with the same edits.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Data } from './contract-data.ts';
import { compared } from './pairs.ts';
import { type Edit, type Release, releases, type SchemaFacts } from './releases.ts';

/** What the hand-read edits are called, as `direction-id Schema.property`; properties of a closed object come and go as such. */
function expectedOf(release: Release): string[] {
  const operations = (release.operations ?? []).map((name) => `operation-added ${name}`);
  const changes = release.schemas.flatMap((facts) => facts.edits.flatMap((edit) => namesOf(facts, edit)));
  const answers = (release.answers ?? []).map((name) => `response-success-status-added ${name}`);
  return [...operations, ...answers, ...changes, 'server-version-changed'].sort();
}

function namesOf(facts: SchemaFacts, edit: Edit): string[] {
  const [before = '', after = before] = facts.schema.split('>');
  const direction = facts.sent ? 'request' : 'response';
  const named = (id: string, names: readonly string[], schema = after): string[] =>
    names.map((name) => `${direction}-${id} ${schema}${name === '' ? '' : `.${name}`}`);
  switch (edit[0]) {
    case 'removed':
      return named('property-removed-from-closed', edit.slice(1) as string[], before);
    case 'added':
      return named('property-added-to-closed', edit.slice(1) as string[]);
    case 'requiredAdded':
      return named('required-property-added', edit.slice(1) as string[]);
    case 'required':
      return named('property-became-required', edit.slice(1) as string[]);
    case 'optional':
      return named('property-became-optional', edit.slice(1) as string[]);
    case 'deprecated':
      return named('deprecated', edit.slice(1) as string[]);
    case 'opened':
      return [`response-additional-properties-allowed ${after}`];
    case 'set': {
      const [, property, keyword, had, has] = edit;
      if (keyword === 'format') return named('format-added', [property]);
      if (keyword === 'enum') return named('enum-value-added', [property]);
      const id = keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const way =
        had === undefined
          ? 'added'
          : has === undefined
            ? 'removed'
            : Number(has) > Number(had)
              ? 'increased'
              : 'decreased';
      // What is both sent and received is said for the way in which it hurts.
      const worse = facts.received && way === 'removed' ? 'response' : direction;
      return [`${worse}-${id}-${way} ${after}.${property}`];
    }
  }
}

/** What the engine found, in the same words. */
function foundIn(base: string, revision: string): { readonly level: string; readonly changes: string[] } {
  const { level, changes } = compared(base, revision);
  const said = changes
    .filter((change) => change.level !== 'documentation')
    .map((change) => {
      if (change.id === 'operation-added') return `${change.id} ${change.operation}`;
      if (change.id === 'server-version-changed') return change.id;
      if (change.id.includes('-status-')) return `${change.id} ${change.operation} ${change.subject}`;
      const place = /-removed/.test(change.id) ? change.base : change.revision;
      const schema = /\/components\/schemas\/([^/]+)/.exec(place?.pointer ?? '')?.[1] ?? '';
      const property = /`([^`]+)`/.exec(change.message)?.[1] ?? /\/properties\/([^/]+)/.exec(place?.pointer ?? '')?.[1];
      return `${change.id} ${schema}${property === undefined ? '' : `.${property}`}`;
    });
  return { level, changes: said.sort() };
}

/** Two contracts of our own with the edits of a release. */
function writtenOut(release: Release): [string, string] {
  const sides = [0, 1].map((side): string => {
    const schemas: { [name: string]: Schema } = {};
    const paths: Data = {};
    for (const facts of release.schemas) {
      const name = facts.schema.split('>')[side] ?? facts.schema.split('>')[0]!;
      const fresh: Schema = { type: 'object', additionalProperties: false, required: [], properties: {} };
      const schema = schemas[name] ?? fresh;
      schemas[name] = schema;
      for (const edit of facts.edits) apply(schema, edit, side);
      const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
      const key = `/${facts.schema.split('>')[0]!.toLowerCase()}`;
      const operation = mapIn(mapIn(paths, key), 'post');
      operation.responses ??= { '200': { description: 'ok' } };
      if (facts.sent) operation.requestBody = { content };
      if (!facts.sent || facts.received) operation.responses = { '200': { description: 'ok', content } };
    }
    for (const one of side === 1 ? (release.operations ?? []) : []) {
      const [method = '', path = ''] = one.split(' ');
      const item = mapIn(paths, path);
      item[method.toLowerCase()] = { responses: { '200': { description: 'ok' } } };
    }
    for (const one of release.answers ?? []) {
      const [method = '', path = '', status = ''] = one.split(' ');
      const responses = { '202': { description: 'later' }, ...(side === 1 && { [status]: { description: 'ok' } }) };
      mapIn(paths, path)[method.toLowerCase()] = { responses };
    }
    const servers = [{ url: `https://api.example/v${side + 1}` }];
    return dump({
      openapi: '3.1.0',
      info: { title: 'Published', version: String(side + 1) },
      servers,
      paths,
      components: { schemas },
    });
  });
  return [sides[0]!, sides[1]!];
}

interface Schema {
  readonly type: 'object';
  additionalProperties?: boolean;
  readonly required: string[];
  readonly properties: { [name: string]: Data };
}

/** The map under a key, made when there is none. */
function mapIn(owner: Data, key: string): Data {
  const found = owner[key] ?? {};
  owner[key] = found;
  return found as Data;
}

function apply(schema: Schema, edit: Edit, side: number): void {
  const after = side === 1;
  if (edit[0] === 'opened') {
    if (after) delete schema.additionalProperties;
    return;
  }
  if (edit[0] === 'set') {
    const [, property, keyword, had, has] = edit;
    const value = after ? has : had;
    schema.properties[property] ??= { type: 'string' };
    if (value !== undefined) schema.properties[property]![keyword] = value;
    return;
  }
  const [what, ...names] = edit;
  for (const name of names) {
    if (what === 'removed' ? after : (what === 'added' || what === 'requiredAdded') && !after) continue;
    schema.properties[name] ??= { type: 'string' };
    if (what === 'deprecated' && after) schema.properties[name]!.deprecated = true;
    const demanded =
      (what === 'required' && after) || (what === 'optional' && !after) || (what === 'requiredAdded' && after);
    if (demanded) schema.required.push(name);
  }
}

const folder = process.env.FIDELITY_RELEASES;

describe('consecutive versions of published contracts', () => {
  it.each(releases.map((release) => [release.name, release] as const))('%s', (_, release) => {
    const files = release.files.map((name) => join(folder ?? '', name));
    const [base, revision] =
      folder !== undefined && files.every((file) => existsSync(file))
        ? files.map((file) => readFileSync(file, 'utf8'))
        : writtenOut(release);
    const found = foundIn(base!, revision!);
    expect(found.changes).toEqual(expectedOf(release));
    expect(found.level).toBe(release.level);
  });
});
