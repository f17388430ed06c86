// Owns single changes of any contract, chosen by its own data, and the judging of what a repair made of its text: the data is what it should
// be, and no line differs that need not. It must not know where contracts come from.

import { isDeepStrictEqual } from 'node:util';
import { childPointer, escapeToken } from '../../server/src/base/pointer.ts';
import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import { repair } from '../../server/src/fixes/repair.ts';
import { dataIn, lacking, Plain } from './plain-data.ts';

/** One repair and what it does to plain data. */
export interface OneChange {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly apply: (plain: Plain) => void;
  /** Lines that may go or be written anew, and that may come; what is taken out whole may have any number. */
  readonly gone: number;
  readonly added: number;
}

type Data = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);
const maps = (value: unknown): [string, Data][] =>
  isMap(value)
    ? Object.entries(value).flatMap(([key, item]) => (isMap(item) ? [[key, item] as [string, Data]] : []))
    : [];

const methods = new Set(['get', 'put', 'post', 'delete', 'patch']);
/** Where in a document changes are tried, as shares of what there is. */
const shares = [0.1, 0.5, 0.95];

const picked = <T>(all: readonly T[]): T[] => [
  ...new Set(shares.flatMap((share) => all[Math.floor(share * all.length)] ?? [])),
];

/** The changes that can be tried on a document: at the beginning, in the middle and near the end of it. */
export function changesOf(document: unknown): OneChange[] {
  if (!isMap(document)) return [];
  const operations = maps(document.paths).flatMap(([path, item]) =>
    maps(item).flatMap(([method, operation]) => {
      const answers = operation.responses;
      const whole = isMap(answers) && !('$ref' in answers) && Object.keys(answers).length > 0;
      const pointer = `/paths/${escapeToken(path)}/${method}`;
      return methods.has(method) && whole ? [{ pointer, operation, answers }] : [];
    }),
  );
  const schemas = maps(isMap(document.components) ? document.components.schemas : undefined)
    .map(([name, schema]) => ({ pointer: `/components/schemas/${escapeToken(name)}`, schema }))
    .filter(
      ({ schema }) => isMap(schema.properties) && Object.keys(schema.properties).length > 0 && !('$ref' in schema),
    );
  return [
    ...picked(operations).flatMap((one) => ofOperation(one)),
    ...picked(schemas).flatMap((one) => ofSchema(one)),
    ...ofVersion(document),
  ];
}

function ofOperation({
  pointer,
  operation,
  answers,
}: {
  pointer: string;
  operation: Data;
  answers: Data;
}): OneChange[] {
  const changes: OneChange[] = [];
  const responses = childPointer(pointer, 'responses');
  const statuses = Object.keys(answers);
  if (!('418' in answers)) {
    const description = 'Said by nobody else';
    changes.push({
      id: 'add-response',
      data: { pointer, status: '418', description },
      apply: (plain) => plain.set(responses, '418', { description }),
      gone: 0,
      added: 2,
    });
    const from = statuses[0]!;
    changes.push({
      id: 'rename-key',
      data: { pointer: responses, from, to: '418' },
      apply: (plain) => plain.rename(responses, from, '418'),
      gone: 1,
      added: 1,
    });
  }
  const last = statuses.at(-1)!;
  if (statuses.length > 1) {
    changes.push({
      id: 'remove-entry',
      data: { pointer: childPointer(responses, last) },
      apply: (plain) => plain.drop(responses, last),
      gone: Number.POSITIVE_INFINITY,
      added: 0,
    });
  }
  if (!('deprecated' in operation)) {
    changes.push({
      id: 'deprecate',
      data: { pointer },
      apply: (plain) => plain.set(pointer, 'deprecated', true),
      gone: 0,
      added: 1,
    });
  }
  const parameter = { name: 'known_by_nobody_else', in: 'query', schema: { type: 'string' } };
  if (operation.parameters === undefined || (Array.isArray(operation.parameters) && operation.parameters.length > 0)) {
    const had = operation.parameters !== undefined;
    changes.push({
      id: 'add-parameter',
      data: { pointer, ...parameter, required: true },
      apply: (plain) => {
        const written = { ...parameter, required: true };
        if (had) plain.push(childPointer(pointer, 'parameters'), written);
        else plain.set(pointer, 'parameters', [written]);
      },
      gone: 0,
      added: had ? 5 : 6,
    });
  }
  return changes;
}

function ofSchema({ pointer, schema }: { pointer: string; schema: Data }): OneChange[] {
  const properties = childPointer(pointer, 'properties');
  const written = { type: 'string', description: 'Said by nobody else' };
  const changes: OneChange[] = [
    {
      id: 'add-property',
      data: { pointer, name: 'known_by_nobody_else', schema: written },
      apply: (plain) => plain.set(properties, 'known_by_nobody_else', written),
      gone: 0,
      added: 3,
    },
  ];
  const { required } = schema;
  const free = maps(schema.properties).find(([name]) => Array.isArray(required) && !required.includes(name))?.[0];
  if (free !== undefined && Array.isArray(required) && required.length > 0) {
    changes.push({
      id: 'set-required',
      data: { pointer, name: free, value: true },
      apply: (plain) => plain.push(childPointer(pointer, 'required'), free),
      gone: 0,
      added: 1,
    });
  }
  return changes;
}

function ofVersion(document: Data): OneChange[] {
  if (!isMap(document.info) || typeof document.info.version !== 'string') return [];
  return [
    {
      id: 'set-version',
      data: { version: '918.27.36' },
      apply: (plain) => plain.set('/info', 'version', '918.27.36'),
      gone: 1,
      added: 1,
    },
  ];
}

/** What is wrong with the text that a change makes, in one sentence; undefined when nothing is. `before` is the text's data. */
export function faultOf(file: string, text: string, before: unknown, change: OneChange): string | undefined {
  const made = repair({ id: change.id, data: { file, ...change.data } }, (path) => (path === file ? text : undefined));
  if ('refused' in made) return `refused: ${made.refused}`;
  const [only, ...others] = made.files;
  if (!only || only.file !== file || others.length > 0) return 'changes other files';
  const after = applyTextEdits(text, only.edits);
  const expected = new Plain(structuredClone(before));
  change.apply(expected);
  let data: unknown;
  try {
    data = dataIn(file, after);
  } catch (error) {
    return `cannot be read any more: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`;
  }
  if (!isDeepStrictEqual(data, expected.data)) return 'the data is not what it should be';
  return lineFault(file, text, after, change);
}

/** What differs that need not. In JSON, and in flow style, a comma comes to the line before, and a brace goes to a line of its own. */
function lineFault(file: string, text: string, after: string, { gone, added }: OneChange): string | undefined {
  const breaks = text.includes('\r\n') ? '\r\n' : '\n';
  const [old, now] = [text.split(breaks), after.split(breaks)];
  let first = 0;
  while (first < old.length && old[first] === now[first]) first++;
  let last = 0;
  const most = Math.min(old.length, now.length) - first;
  while (last < most && old[old.length - 1 - last] === now[now.length - 1 - last]) last++;
  const region = old.slice(first, old.length - last);
  const written = now.slice(first, now.length - last);
  // A collection that stands in one line is written anew with that line.
  const inLine = [...region, ...written].some((line) => /[{[].*[}\]]\s*,?$/.test(line));
  const braced = inLine || file.endsWith('.json');
  const anew = inLine ? 1 : 0;
  const words = (lines: readonly string[]): string[] =>
    braced ? lines.map((line) => line.replace(/,$/, '')).filter((line) => /\w/.test(line)) : [...lines];
  const lost = lacking(words(region), words(written)).length;
  const come = lacking(words(written), words(region)).length;
  if (lost > gone + anew) return `${lost} lines are gone or written anew where ${gone} would do`;
  if (come > added + anew) return `${come} lines are new where ${added} would do`;
  return undefined;
}
