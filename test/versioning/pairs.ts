// Owns pairs of contracts as text, with marks where a change must be said: `^ id level` under the place on either side.
// A pair of schemas stands for two: what a client sends has its level before the slash, what it receives the one behind it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, compareContracts } from '../../server/src/versioning/compare.ts';
import { type ContractSource, ContractSources } from '../../server/src/versioning/source.ts';
import { withWitnesses } from '../../server/src/versioning/witness/witnesses.ts';
import { memoryFiles } from '../harness/memory-files.ts';

export interface Mark {
  readonly side: 'base' | 'revision';
  /** Both from 0, in the text of the pair without marks; line -1 is what stands around it. */
  readonly line: number;
  readonly column: number;
  readonly id: string;
  readonly level: string;
}

export type Direction = 'request' | 'response';

/** Two whole contracts and what must be said of them. */
export interface ContractPair {
  readonly family: string;
  readonly title: string;
  /** For pairs of schemas: which way the values travel. */
  readonly direction?: Direction;
  readonly base: string;
  readonly revision: string;
  readonly marks: readonly Mark[];
  /** Lines, and columns, that were put before the pair's own text. */
  readonly offset: readonly [lines: number, columns: number];
}

const folder = join(import.meta.dirname, 'pairs');
const markLine = /^ *\^ ([a-z-]+) (\S+)$/;

/** Every pair of a folder, those of schemas once for each direction. */
export function readPairs(): ContractPair[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return files.sort().flatMap((name) => readFamily(name.slice(0, -'.txt'.length)));
}

const schemaFamilies: ReadonlySet<string> = new Set([
  'annotations',
  'arrays',
  'composition',
  'constraints',
  'properties',
  'types',
  'values',
]);

function readFamily(family: string): ContractPair[] {
  const text = readFileSync(join(folder, `${family}.txt`), 'utf8');
  const cases = text.split(/^=== /m).slice(1);
  return cases.flatMap((one) => {
    const cut = one.indexOf('\n');
    const title = one.slice(0, cut);
    const sides = one
      .slice(cut + 1)
      .trimEnd()
      .split('\n---\n');
    if (sides.length !== 2) throw new Error(`${family}: "${title}" has ${sides.length} sides`);
    const [base, revision] = [takeMarks(sides[0]!, 'base'), takeMarks(sides[1]!, 'revision')];
    const marks = [...base.marks, ...revision.marks];
    if (!schemaFamilies.has(family)) {
      const offset = [base.text.includes('info:') ? 1 : 2, 0] as const;
      return [{ family, title, base: headed(base.text), revision: headed(revision.text), marks, offset }];
    }
    return (['request', 'response'] as const).map((direction): ContractPair => {
      const own = marks.flatMap((mark) => {
        const [sent = '', received = ''] = mark.level.split('/');
        const level = direction === 'request' ? sent : received;
        return level === '-' ? [] : [{ ...mark, id: `${direction}-${mark.id}`, level }];
      });
      const wrap = (schema: string): string => `${frames[direction]}${indented(schema)}`;
      const offset = [frames[direction].split('\n').length - 1, 6] as const;
      return { family, title, direction, base: wrap(base.text), revision: wrap(revision.text), marks: own, offset };
    });
  });
}

function takeMarks(text: string, side: Mark['side']): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const line of text.split('\n')) {
    const match = markLine.exec(line);
    if (!match) {
      kept.push(line);
      continue;
    }
    const column = kept.length === 0 ? 0 : line.indexOf('^');
    marks.push({ side, line: kept.length - 1, column, id: match[1]!, level: match[2]! });
  }
  return { text: kept.join('\n'), marks };
}

const headed = (text: string): string =>
  `openapi: 3.1.0\n${text.includes('info:') ? '' : 'info: { title: Orders, version: 1.0.0 }\n'}${text}\n`;

const indented = (text: string): string => `${text.replace(/^/gm, '      ')}\n`;

const tail = `components:
  schemas:
    Other: { type: object }
    Further: { type: object, minProperties: 1 }
    Thing:
`;

const schema = "{ application/json: { schema: { $ref: '#/components/schemas/Thing' } } }";

const frames: Readonly<Record<Direction, string>> = {
  request: `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
paths:
  /things:
    post:
      requestBody: { content: ${schema} }
      responses: { '204': { description: done } }
${tail}`,
  response: `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
paths:
  /things:
    get:
      responses: { '200': { description: ok, content: ${schema} } }
${tail}`,
};

/** The day on which all tests are run. */
export const today = '2026-06-01';

/** A contract out of texts by path; the first is the root. */
export function contractOf(texts: Readonly<Record<string, string>> | string): ContractSource {
  const files = typeof texts === 'string' ? { 'openapi.yaml': texts } : texts;
  const source = new ContractSources().open(memoryFiles(files), `/workspace/${Object.keys(files)[0]}`);
  if ('failure' in source) throw new Error(source.failure);
  return source;
}

/** The comparison of two contracts, witnesses and all. */
export const compared = (base: string, revision: string): Comparison =>
  withWitnesses(compareContracts(contractOf(base), contractOf(revision), { today }));
