// Owns the account of one operation: everything that is known of it on both sides, each fact with its place and its steps.
// It must not know files or a terminal. It explains a verdict; it never makes one.

import type { Place } from '../base/place.ts';
import type { Completeness, Exit, HandlerFacts, ParameterRead, ReadLocation, Route, Step } from '../code/model.ts';
import type { Operation } from '../contract/model.ts';
import type { Binding, Governed } from '../workspace/model.ts';
import type { Places } from './places.ts';
import { meaningOf } from './reasons.ts';
import { printable } from './wording.ts';

const LOCATIONS: readonly ReadLocation[] = ['path', 'query', 'header', 'cookie', 'body', 'form'];

/** The account as lines of text. `shown` turns a path of the report into one that the reader can follow. */
export function explainOperation(
  binding: Binding,
  governed: Governed,
  places: Places,
  shown: (file: string) => string,
): string {
  const at = (place: Place): string => {
    const { file, line, column } = places.span(place);
    return `${shown(file)}:${line}:${column}`;
  };
  const lines = [binding.operation.key, ...contractLines(binding.operation, at)];
  if (binding.routes.length === 0) {
    const open = openText(governed.routeCompleteness, at);
    lines.push('', open === '' ? 'No route serves it: every route of the app is known.' : `No route was found${open}.`);
  }
  for (const route of binding.routes) lines.push('', ...routeLines(route, at));
  return `${lines.map(printable).join('\n')}\n`;
}

function contractLines(operation: Operation, at: (place: Place) => string): string[] {
  const parameters = operation.parameters.map((one) => `${one.in}:${one.name}${one.required ? ' (required)' : ''}`);
  const body = operation.body?.content.map((media) => media.name).join(', ');
  const security = operation.security?.map((all) => all.map((one) => one.scheme).join(' and ') || 'nothing');
  return [
    `  declared at ${at(operation.place)}${operation.complete ? '' : ', a part of which could not be read'}`,
    `  parameters: ${parameters.join(', ') || 'none'}`,
    `  body: ${body === undefined ? 'none' : `${body}${operation.body?.required ? ' (required)' : ''}`}`,
    `  responses: ${operation.responses.map((one) => one.status).join(', ') || 'none'}`,
    `  security: ${security === undefined ? 'not mentioned' : security.join(' or ') || 'none'}`,
  ];
}

function routeLines(route: Route, at: (place: Place) => string): string[] {
  const facts = route.facts();
  const lines = [
    `Served as ${route.method.toUpperCase()} ${route.path} by ${route.framework}, registered at ${at(route.place)}${openText(route.completeness, at)}`,
    ...steps(route.mounts, at, '  '),
  ];
  if (route.handlerPlace) lines.push(`  handled by ${route.handlerName ?? 'a function'} at ${at(route.handlerPlace)}`);
  lines.push('  answers:');
  for (const exit of facts.exits) lines.push(...exitLines(exit, at));
  for (const { status, place } of facts.suspected ?? [])
    lines.push(`    ${status} perhaps, for an error of which nothing is known, at ${at(place)}`);
  lines.push(
    `    ${facts.exitCompleteness.closed ? 'and nothing else' : `and perhaps others${openText(facts.exitCompleteness, at)}`}`,
  );
  lines.push('  reads:', ...readLines(facts, at), '  guards:');
  for (const guard of facts.guards) {
    const how = [guard.scheme, ...guard.scopes].filter(Boolean).join(' ');
    lines.push(`    ${guard.kind}${how === '' ? '' : ` (${how})`} at ${at(guard.place)}, on the ${guard.level}`);
  }
  lines.push(
    `    ${facts.guardCompleteness.closed ? 'and no other' : `and perhaps others${openText(facts.guardCompleteness, at)}`}`,
  );
  return lines;
}

function exitLines(exit: Exit, at: (place: Place) => string): string[] {
  const body = exit.body === undefined ? 'no body' : exit.body.kind;
  const media = exit.mediaType === undefined ? '' : ` as ${exit.mediaType}`;
  const likely = exit.confidence === 'likely' ? ', likely' : '';
  const head = `    ${exit.status} from a ${exit.origin} at ${at(exit.place)}: ${body}${media}${likely}`;
  return [head, ...steps(exit.via, at, '      ')];
}

function readLines(facts: HandlerFacts, at: (place: Place) => string): string[] {
  const lines = facts.reads.parameters.map((read) => readLine(read, at));
  for (const body of facts.reads.bodies) {
    const needed = body.required === true ? ', required' : '';
    lines.push(`    a whole body (${body.shape.kind}, from a ${body.source})${needed} at ${at(body.place)}`);
  }
  for (const location of LOCATIONS) {
    const completeness = facts.reads.completeness[location];
    if (!completeness.closed) lines.push(`    and perhaps more of the ${location}${openText(completeness, at)}`);
  }
  return lines.length > 0 ? lines : ['    nothing'];
}

function readLine(read: ParameterRead, at: (place: Place) => string): string {
  const needed = read.required === true ? ', required' : read.required === false ? ', optional' : '';
  const kind = read.shape.kind === 'unknown' ? '' : `, ${read.shape.kind}`;
  return `    ${read.in}:${read.name}${kind}${needed} (${read.source}) at ${at(read.place)}`;
}

function steps(via: readonly Step[], at: (place: Place) => string, indent: string): string[] {
  return via.map((step) => `${indent}\u2514 ${step.what} at ${at(step.place)}`);
}

/** `, because …` for what is open; nothing for what is closed. */
function openText(completeness: Completeness, at: (place: Place) => string): string {
  if (completeness.closed) return '';
  const where = completeness.place ? ` at ${at(completeness.place)}` : '';
  const detail = completeness.detail === undefined ? '' : ` (${completeness.detail})`;
  return `, because ${meaningOf(completeness.reason)}${where}${detail}`;
}
