// Owns what is known of HTTP statuses: which ones are asked for per operation, and how an operation's exits are read.
// It must not know what any rule decides.

import type { Confidence, Exit, HandlerFacts, Route } from '../../code/model.ts';
import { declaredResponse, type Operation } from '../../contract/model.ts';

/** Answers that frameworks and gateways give everywhere; no contract is asked for them. */
const infrastructureStatuses = new Set([304, 405, 415]);

/** Server errors that a handler chooses itself; any other is an accident that no contract promises. */
const chosenServerErrors = new Set([502, 503, 504]);

/** Statuses that HTTP sends without a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
export const bodilessStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

const ownOrigins: ReadonlySet<Exit['origin']> = new Set(['handler', 'helper', 'throw']);

/** Whether the handler itself, or what it calls, decided on this exit. */
export function isOwnExit(exit: Exit): boolean {
  return ownOrigins.has(exit.origin);
}

/** Whether a contract can be asked to declare this exit. */
export function isDeclarable(exit: Exit): boolean {
  const { status } = exit;
  if (exit.origin === 'framework' || infrastructureStatuses.has(status)) return false;
  if (status < 200 || status > 599) return false;
  if (status >= 300 && status < 400) return isOwnExit(exit);
  if (status >= 500) return chosenServerErrors.has(status) && isOwnExit(exit);
  return true;
}

export function exitConfidence(exit: Exit): Confidence {
  return exit.status >= 500 ? 'likely' : exit.confidence;
}

/** Whether a status may leave for errors of which nothing is known, so that nothing is said of its absence. */
export function isSuspected({ suspected }: HandlerFacts, status: number): boolean {
  return suspected?.some((one) => one.status === status) ?? false;
}

/** The exits by status, in ascending order; within a status the surest and nearest to the handler first. */
export function exitsByStatus(exits: readonly Exit[]): ReadonlyMap<number, readonly Exit[]> {
  const groups = new Map<number, Exit[]>();
  for (const exit of exits) {
    const group = groups.get(exit.status);
    if (group) group.push(exit);
    else groups.set(exit.status, [exit]);
  }
  const sorted = [...groups].sort(([a], [b]) => a - b);
  return new Map(sorted.map(([status, group]) => [status, [...group].sort(byRank)]));
}

function byRank(a: Exit, b: Exit): number {
  return rank(a) - rank(b) || a.via.length - b.via.length || a.place.start - b.place.start;
}

function rank(exit: Exit): number {
  return (isOwnExit(exit) ? 0 : 2) + (exit.confidence === 'proved' ? 0 : 1);
}

/** A success that the code answers with, where the contract knows exactly one other success. */
export interface SuccessConflict {
  readonly exits: readonly Exit[];
  readonly returned: number;
  readonly declared: number;
}

/**
 * The conflict between the only success of the code and the only one of the contract. It takes the place of two
 * findings, an undeclared and an unreturned status, which would say the same thing twice.
 */
export function successConflict(operation: Operation, route: Route): SuccessConflict | undefined {
  const exits = route.facts().exits.filter((exit) => isSuccess(exit.status) && isDeclarable(exit));
  const [returned, ...others] = new Set(exits.map((exit) => exit.status));
  if (returned === undefined || others.length > 0 || declaredResponse(operation, returned)) return undefined;
  const declared = operation.responses.map((response) => response.status).filter((status) => /^2/.test(status));
  if (declared.length !== 1 || !/^2\d\d$/.test(declared[0]!)) return undefined;
  return { exits: exitsByStatus(exits).get(returned) ?? exits, returned, declared: Number(declared[0]) };
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No content',
  206: 'Partial content',
  301: 'Moved permanently',
  302: 'Found',
  303: 'See other',
  307: 'Temporary redirect',
  308: 'Permanent redirect',
  400: 'Bad request',
  401: 'Unauthorized',
  402: 'Payment required',
  403: 'Forbidden',
  404: 'Not found',
  406: 'Not acceptable',
  408: 'Request timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  413: 'Content too large',
  422: 'Unprocessable content',
  423: 'Locked',
  424: 'Failed dependency',
  425: 'Too early',
  428: 'Precondition required',
  429: 'Too many requests',
  451: 'Unavailable for legal reasons',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
};

/** The phrase of RFC 9110, for descriptions that a fix writes. */
export function phraseOf(status: number): string {
  return phrases[status] ?? `Status ${status}`;
}
