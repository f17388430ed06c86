// Owns the meeting of declared parameters with what the code reads: names, places and who says what.
// It must not know what any rule decides.

import type { ParameterRead, ReadLocation, Route } from '../../code/model.ts';
import type { Contract, Operation, Parameter } from '../../contract/model.ts';
import { isInfrastructureField, isInfrastructureHeader } from './infrastructure.ts';
import { pairedNames } from './path-names.ts';

export type NamedLocation = 'path' | 'query' | 'header' | 'cookie';

/** Everything that the code says about one declared parameter. */
export interface ParameterMeeting {
  readonly parameter: Parameter;
  readonly reads: readonly ParameterRead[];
}

/** All reads of one named part of the request. */
export interface NamedReads {
  readonly in: NamedLocation;
  readonly name: string;
  readonly reads: readonly ParameterRead[];
}

/** `query:limit`: the normal form of a parameter in subjects. */
export function parameterSubject(location: ReadLocation | Parameter['in'], name: string): string {
  return `${location}:${name}`;
}

/** Declared parameters that the code reads, path parameters paired by position. */
export function parameterMeetings(operation: Operation, route: Route): readonly ParameterMeeting[] {
  const renamed = new Map(pairedNames(operation, route));
  const meetings: ParameterMeeting[] = [];
  for (const parameter of operation.parameters) {
    const name = parameter.in === 'path' ? (renamed.get(parameter.name) ?? parameter.name) : parameter.name;
    const reads = route
      .facts()
      .reads.parameters.filter((read) => read.in === parameter.in && sameName(read.in, read.name, name));
    if (reads.length > 0) meetings.push({ parameter, reads });
  }
  return meetings;
}

/** What the code reads from query, headers and cookies, by name. Path parameters are never undeclared: they are the path. */
export function namedReads(route: Route): readonly NamedReads[] {
  const groups = new Map<string, { in: NamedLocation; name: string; reads: ParameterRead[] }>();
  for (const read of route.facts().reads.parameters) {
    if (read.in !== 'query' && read.in !== 'header' && read.in !== 'cookie') continue;
    const name = read.in === 'header' ? read.name.toLowerCase() : bareName(read.name);
    const key = parameterSubject(read.in, name);
    const group = groups.get(key);
    if (group) group.reads.push(read);
    else groups.set(key, { in: read.in, name, reads: [read] });
  }
  return [...groups.values()];
}

/** Whether two names mean one parameter: headers whatever their case, `ids[]` and `filter[name]` by what is before the bracket. */
export function sameName(location: string, a: string, b: string): boolean {
  if (location === 'header') return a.toLowerCase() === b.toLowerCase();
  return a === b || bareName(a) === bareName(b);
}

/** Whether two names are one name in two styles (`userId`, `user_id`), which a case-mapping middleware makes one. */
export function sameInAnyStyle(a: string, b: string): boolean {
  return styleless(a) === styleless(b);
}

function styleless(name: string): string {
  return bareName(name).replace(/[-_]/g, '').toLowerCase();
}

/** `tags[]`, `tags[*]`, `filter[name]` and `filter.name` are read as `tags` and `filter` by the parsers in use. */
export function bareName(name: string): string {
  const cut = name.search(/[[.]/);
  return cut > 0 ? name.slice(0, cut) : name;
}

/** Whether a name is carried by a security scheme, by HTTP or by infrastructure, so that no parameter has to declare it. */
export function isCarried(location: NamedLocation, name: string, contract: Contract, route: Route): boolean {
  if (location === 'header' && isInfrastructureHeader(name.toLowerCase())) return true;
  if (location !== 'header' && isInfrastructureField(name)) return true;
  for (const scheme of contract.securitySchemes.values()) {
    if (scheme.in === location && scheme.parameterName && sameName(location, scheme.parameterName, name)) return true;
  }
  return route.facts().guards.some((guard) => guard.carrier !== undefined && sameName(location, guard.carrier, name));
}

/** What the strongest statement about a parameter says; the validator's word goes before everybody else's. */
export function strongest(reads: readonly ParameterRead[]): ParameterRead | undefined {
  const order: readonly ParameterRead['source'][] = ['validator', 'conversion', 'type', 'read'];
  return [...reads].sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source))[0];
}

/**
 * Whether the code rejects the parameter's absence. A check by hand after an optional declaration still rejects; a default
 * beside a demand never comes to bear.
 */
export function demanded(reads: readonly ParameterRead[]): boolean | undefined {
  if (reads.some((read) => read.required === true && read.default === undefined)) return true;
  return reads.some((read) => read.required === false || read.default !== undefined) ? false : undefined;
}
