// Owns the methods of texts, numbers and dates: what they give for what is known.
// It must not know frameworks.

import { arrayShape, booleanShape, numberShape, type Shape, stringShape } from '../../../../shape/shape.ts';
import { concatenate } from '../literals.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  type LiteralValue,
  literal,
  shaped,
  someString,
  type TemplateValue,
  textOf,
  type Value,
} from '../value.ts';

const textResults = new Set([
  'toString',
  'trim',
  'trimStart',
  'trimEnd',
  'toLowerCase',
  'toUpperCase',
  'slice',
  'substring',
  'substr',
  'replace',
  'replaceAll',
  'padStart',
  'padEnd',
  'repeat',
  'charAt',
  'toFixed',
  'toLocaleString',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
  'normalize',
  'concat',
]);
const booleanResults = new Set(['startsWith', 'endsWith', 'includes', 'test', 'isEmpty', 'hasOwnProperty']);
const numberResults = new Set([
  'indexOf',
  'lastIndexOf',
  'charCodeAt',
  'search',
  'localeCompare',
  'getTime',
  'valueOf',
]);

/** Calls a method that texts, numbers and dates have; undefined when the name is not one of theirs. */
export function callTextMethod(_m: Machine, receiver: Value, name: string, site: CallSite): Value | undefined {
  if (receiver.kind === 'literal') {
    const known = callOnLiteral(receiver, name, site);
    if (known) return known;
  }
  if (receiver.kind === 'template' && (name === 'toString' || name === 'trim')) return receiver;
  if (receiver.kind === 'template' && name === 'startsWith') {
    const [head] = receiver.parts;
    const wanted = textOf(site.args[0]);
    if (typeof head === 'string' && wanted !== undefined && head.startsWith(wanted)) return literal(true);
    if (typeof head === 'string' && wanted !== undefined && !wanted.startsWith(head)) return literal(false);
  }
  if (name === 'toISOString' || name === 'toJSON') return shaped(stringShape(site.place, { format: 'date-time' }));
  if (receiver.kind === 'template' && name === 'concat')
    return concatenate([receiver as TemplateValue, ...site.args], site.node ?? site.frame.module.source);
  const isUnknown = receiver.kind === 'unknown' && !receiver.shape;
  // An unknown receiver may be anything with a method of that name, unless the name belongs to texts alone.
  if (
    isUnknown &&
    !['trim', 'toLowerCase', 'toUpperCase', 'toFixed', 'padStart', 'charCodeAt', 'startsWith', 'endsWith'].includes(
      name,
    )
  )
    return undefined;
  if (textResults.has(name)) return someString();
  if (booleanResults.has(name)) return shaped(booleanShape());
  if (numberResults.has(name)) return shaped(numberShape());
  if (name === 'split' || name === 'match') return shaped(arrayShape(stringShape() as Shape));
  return undefined;
}

function callOnLiteral(receiver: LiteralValue, name: string, site: CallSite): Value | undefined {
  const { value } = receiver;
  if (name === 'toString' && value !== null && value !== undefined) return literal(String(value), receiver.place);
  if (typeof value !== 'string') return undefined;
  const first = textOf(site.args[0]);
  const second = textOf(site.args[1]);
  switch (name) {
    case 'toLowerCase':
    case 'toLocaleLowerCase':
      return literal(value.toLowerCase(), receiver.place);
    case 'toUpperCase':
    case 'toLocaleUpperCase':
      return literal(value.toUpperCase(), receiver.place);
    case 'trim':
      return literal(value.trim(), receiver.place);
    case 'startsWith':
      return first === undefined ? undefined : literal(value.startsWith(first));
    case 'endsWith':
      return first === undefined ? undefined : literal(value.endsWith(first));
    case 'includes':
      return first === undefined ? undefined : literal(value.includes(first));
    case 'replace':
    case 'replaceAll': {
      if (first !== undefined && second !== undefined) {
        return literal(name === 'replace' ? value.replace(first, () => second) : value.replaceAll(first, () => second));
      }
      const pattern = tamePattern(site.args[0]);
      if (!pattern || second === undefined || value.length > longestText) return undefined;
      return literal(
        value.replace(pattern, () => second),
        receiver.place,
      );
    }
    case 'charAt': {
      const [at] = site.args;
      const index = at === undefined ? 0 : at.kind === 'literal' && typeof at.value === 'number' ? at.value : undefined;
      return index === undefined ? undefined : literal(value.charAt(index));
    }
    case 'concat': {
      const rest = site.args.map((argument) => (argument.kind === 'literal' ? String(argument.value) : undefined));
      return rest.every((part) => part !== undefined) ? literal(value + rest.join('')) : undefined;
    }
    case 'split':
      if (first === undefined) return undefined;
      return { kind: 'array', items: value.split(first).map((part) => literal(part)) };
    case 'slice':
    case 'substring': {
      const bounds = site.args.map((argument) =>
        argument.kind === 'literal' && typeof argument.value === 'number' ? argument.value : undefined,
      );
      if (bounds.some((bound) => bound === undefined)) return undefined;
      const [start, end] = bounds as number[];
      return literal(name === 'slice' ? value.slice(start, end) : value.substring(start ?? 0, end));
    }
    default:
      return undefined;
  }
}

const longestText = 500;

/**
 * The regular expression that a literal stands for, when it is so simple that it cannot take long on a short text: no groups, no
 * backreferences, three quantifiers at most. Paths are cleaned with such ones (`/\/{2,}/g`).
 */
function tamePattern(value: Value | undefined): RegExp | undefined {
  if (value?.kind !== 'external' || value.package !== ':regexp') return undefined;
  const written = /^\/(.*)\/([gimsuy]*)$/s.exec(value.path[0] ?? '');
  const [, source = '', flags = ''] = written ?? [];
  if (!written || source.length > 80 || /[()]|\\[1-9k]/.test(source)) return undefined;
  if ((source.match(/[*+?{]/g)?.length ?? 0) > 3) return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
