// Owns the words of messages: lists, shapes and evidence as people read them. It must not know what any rule decides.

import type { Step } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import type { RelatedPlace } from '../../findings/finding.ts';
import { resolveShape, type Shape } from '../../shape/shape.ts';
import { callsByOwnName } from './steps.ts';

/**
 * Stands in a draft's message for the code place as `file.ts:41`: rules cannot read files, so the runner writes it in.
 * It is a private-use character, which no contract and no code puts into a message by accident.
 */
export const codeLine = '\uE000';

/** Likewise for the contract place. */
export const contractLine = '\uE001';

/** How many entries a list in a message shows before it only counts. */
const longestList = 6;

export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** `a, b and c`; long lists end in "and 5 more". */
export function inWords(items: readonly string[], last = 'and'): string {
  if (items.length <= 1) return items[0] ?? '';
  if (items.length > longestList) {
    return `${items.slice(0, longestList).join(', ')} ${last} ${items.length - longestList} more`;
  }
  return `${items.slice(0, -1).join(', ')} ${last} ${items[items.length - 1]}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function operationName(operation: Operation): string {
  return code(operation.key);
}

/** What an operation declares as answers: "declares 200 and 401", "declares no response". */
export function declaredStatuses(operation: Operation): string {
  const statuses = operation.responses.map((response) => response.status);
  return statuses.length === 0
    ? 'declares no response'
    : `declares ${statuses.length === 1 ? 'only ' : ''}${inWords(statuses)}`;
}

/** Where in the code, with the calls that lead there: "(`orders.ts:41`, through `fail`)". */
export function whereInCode(via: readonly Step[]): string {
  const path = through(via);
  return path === '' ? `(${codeLine})` : `(${codeLine}, ${path})`;
}

/** "through `fail` and `send`, thrown as `NotFoundError`"; empty when the fact is written in the handler itself. */
export function through(via: readonly Step[]): string {
  const calls: string[] = [];
  let thrown: string | undefined;
  for (const step of via) {
    const [, verb, name] = /^(calls|throws) ([\w$.]+)$/.exec(step.what) ?? [];
    if (name === undefined || name === 'here' || !callsByOwnName(step)) continue;
    if (verb === 'calls') calls.push(code(name));
    else thrown = code(name);
  }
  const clauses: string[] = [];
  if (calls.length > 0) clauses.push(`through ${inWords([...new Set(calls)])}`);
  if (thrown !== undefined) clauses.push(`thrown as ${thrown}`);
  return clauses.join(', ');
}

/** The steps as related places, each with its own clause. */
export function relatedSteps(via: readonly Step[]): RelatedPlace[] {
  return via.slice(0, 8).map((step) => ({ place: step.place, message: sentence(step.what) }));
}

/** Upper-cases the first letter. */
export function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}

/** A shape with its article: "a string", "an integer", "`null`", "an array of objects". */
export function describeShape(shape: Shape | undefined): string {
  if (!shape) return 'nothing';
  const plain = resolveShape(shape);
  switch (plain.kind) {
    case 'unknown':
      return 'anything';
    case 'never':
      return 'nothing';
    case 'null':
      return code('null');
    case 'boolean':
      return plain.value === undefined ? 'a boolean' : code(String(plain.value));
    case 'number':
      if (plain.values) return values(plain.values.map(String));
      return plain.integer ? 'an integer' : 'a number';
    case 'string':
      if (plain.values) return values(plain.values.map((value) => `"${value}"`));
      return plain.format ? `a string (${plain.format})` : 'a string';
    case 'array': {
      const items = describeMany(plain.items);
      return items === undefined ? 'an array' : `an array of ${items}`;
    }
    case 'object':
      return 'an object';
    case 'union':
      return inWords([...new Set(plain.members.map(describeShape))], 'or');
  }
}

function values(list: readonly string[]): string {
  return inWords(list.map(code), 'or');
}

function describeMany(shape: Shape): string | undefined {
  const plain = resolveShape(shape);
  if (plain.kind === 'number') return plain.integer ? 'integers' : 'numbers';
  if (plain.kind === 'string' || plain.kind === 'boolean' || plain.kind === 'object' || plain.kind === 'array') {
    return `${plain.kind}s`;
  }
  return undefined;
}
