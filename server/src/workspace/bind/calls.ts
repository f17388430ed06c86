// Owns the meeting of outgoing calls with operations: which operation a call asks for, by its host, its path and its method.
// It must not know where calls come from, nor who asks. What several operations could be alike is each of them; what is a guess is none.

import type { OutgoingCall } from '../../code/calls.ts';
import type { Contract, Operation, Server } from '../../contract/model.ts';
import type { Binding, Governed } from '../model.ts';
import { joinPaths, type PathShape, type Segment, shapeOf } from './path-shape.ts';

/** An operation that a call asks for. */
export interface CalledOperation {
  readonly operation: Operation;
  readonly contract: Contract;
}

/** One way to write an operation's whole path. */
interface Entry {
  readonly called: CalledOperation;
  readonly shape: PathShape;
  /** How many segments at the end are the operation's own, as the contract writes it. */
  readonly own: number;
  /** The host that serves it under this path; undefined for a path that any host may serve. */
  readonly host: string | undefined;
  readonly governed: Governed;
}

/** Finds the operations of calls among the contracts of a workspace. */
export class CallBinder {
  /** By number of segments of the whole path. */
  private readonly byLength = new Map<number, Entry[]>();
  private readonly hostsOf = new Map<Contract, readonly string[]>();
  private readonly answers = new Map<string, readonly CalledOperation[]>();

  private readonly servesNothing: boolean;

  constructor(governed: readonly Governed[]) {
    this.servesNothing = governed.every(({ role }) => role === 'consumed');
    for (const one of governed) for (const binding of one.bindings) this.add(one, binding);
  }

  /** The operations that a call asks for: mostly one, and none where nothing fits or too much is open. */
  operationsOf(call: OutgoingCall): readonly CalledOperation[] {
    const { target } = call;
    const where =
      target.kind === 'host' ? target.host : target.kind === 'own' && target.inProcess ? call.place.file : '';
    const key = `${call.method ?? '?'} ${target.kind} ${where} ${call.path}`;
    const known = this.answers.get(key);
    if (known) return known;
    const found = this.find(call);
    this.answers.set(key, found);
    return found;
  }

  private add(governed: Governed, binding: Binding): void {
    const { operation, contract } = binding;
    const called = { operation, contract };
    const own = shapeOf(operation.path).length;
    const servers = operation.servers.length > 0 ? operation.servers : contract.servers;
    const written = new Map<string, Entry>();
    const put = (path: string, host: string | undefined): void => {
      written.set(`${host ?? ''} ${path}`, { called, shape: shapeOf(path), own, host, governed });
    };
    put(joinPaths('', operation.path), undefined);
    for (const server of servers) {
      put(joinPaths(server.basePath, operation.path), undefined);
      const host = hostOf(server);
      if (host !== undefined) put(joinPaths(server.basePath, operation.path), host);
    }
    for (const route of binding.routes) if (!route.unmounted) put(route.path, undefined);
    for (const entry of written.values()) {
      const entries = this.byLength.get(entry.shape.length) ?? [];
      entries.push(entry);
      this.byLength.set(entry.shape.length, entries);
    }
    this.hostsOf.set(contract, [
      ...new Set([...(this.hostsOf.get(contract) ?? []), ...servers.flatMap((one) => hostOf(one) ?? [])]),
    ]);
  }

  private find(call: OutgoingCall): readonly CalledOperation[] {
    const shape = shapeOf(call.path);
    const fits = [...this.candidates(shape, call.target.kind === 'open')].flatMap((entry) => {
      if (call.method !== undefined && entry.called.operation.method !== call.method) return [];
      if (!this.reaches(call, entry)) return [];
      const from = entry.shape.length - shape.length;
      const literals = likeness(shape, entry.shape, from);
      // Where no word is the same, it is chance.
      return literals === undefined || (literals === 0 && shape.length > 0) ? [] : [{ entry, literals }];
    });
    const most = Math.max(...fits.map(({ literals }) => literals));
    const best = fits.filter(({ literals }) => literals === most).map(({ entry }) => entry);
    const near = best.filter(({ governed }) => isBeside(governed, call));
    const chosen = distinct(near.length > 0 ? near : best);
    // Which method it is nobody says: that of a path's only operation, or a guess.
    return call.method === undefined && chosen.length > 1 ? [] : chosen;
  }

  /** The entries of which a path may be the whole or, where it is open in front, the end. */
  private *candidates(shape: PathShape, open: boolean): Iterable<Entry> {
    yield* this.byLength.get(shape.length) ?? [];
    if (!open) return;
    for (const [length, entries] of this.byLength) {
      if (length <= shape.length) continue;
      for (const entry of entries) if (shape.length >= entry.own) yield entry;
    }
  }

  private reaches({ target }: OutgoingCall, { host, governed, called }: Entry): boolean {
    if (target.kind === 'host') {
      if (host !== undefined) return meets(target.host, host);
      // A machine of one's own stands in for any host, unless the contract names one such itself.
      if (!isLoopback(target.host) || !this.isOurs(governed)) return false;
      return !(this.hostsOf.get(called.contract) ?? []).some(isLoopback);
    }
    if (host !== undefined) return false;
    return target.kind === 'open' || this.isOurs(governed);
  }

  /** What is served here; everything, where nothing is, as in the workspace of a page alone. */
  private isOurs({ role }: Governed): boolean {
    return role !== 'consumed' || this.servesNothing;
  }
}

/**
 * How many segments of a call are an operation's own words; undefined when it is another path. A segment that is filled in is a
 * parameter and never a word.
 */
function likeness(call: PathShape, whole: PathShape, from: number): number | undefined {
  let literals = 0;
  for (const [index, segment] of call.entries()) {
    const other = whole[from + index];
    if (!other) return undefined;
    if (other.kind === 'literal') {
      if (!isWord(segment, other, index === call.length - 1)) return undefined;
      literals++;
    } else if (other.kind === 'mixed' && segment.kind !== 'parameter') {
      if (!fitsMixed(segment.text, other.text)) return undefined;
    } else if (other.kind === 'wildcard') return undefined;
  }
  return literals;
}

/** What is filled in at the end of the last word may be a query: `/orders${query}`. */
const isWord = ({ text }: Segment, word: Segment, last: boolean): boolean =>
  text === word.text || (last && text === `${word.text}{}`);

/** Whether `report-7.pdf` or `report-{}.pdf` is one of `report-{}.pdf`. */
function fitsMixed(text: string, template: string): boolean {
  const pattern = template
    .split('{}')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  return new RegExp(`^${pattern}$`).test(text);
}

/** An app that a test holds in its hands is mostly one of its own package. */
function isBeside({ apps }: Governed, { target, place }: OutgoingCall): boolean {
  if (target.kind !== 'own' || !target.inProcess) return false;
  return apps.some(({ folder }) => place.file.startsWith(`${folder}/`));
}

function distinct(entries: readonly Entry[]): readonly CalledOperation[] {
  return [...new Map(entries.map(({ called }) => [called.operation, called])).values()];
}

/** The host that a server names, with its port; undefined for one that stands where the contract does. */
function hostOf({ url }: Server): string | undefined {
  const found = /^(?:(?:https?|wss?|\{[^{}]*\}):)?\/\/([^/?#]+)/i.exec(url)?.[1];
  return found?.replace(/\{[^{}]*\}/g, '{}').toLowerCase();
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])(?::|$)/.test(host);

/** Whether two hosts may be the same, `{}` standing for anything between two dots; ports that the protocol implies do not count. */
function meets(a: string, b: string): boolean {
  const [one, other] = [a, b].map((host) => host.replace(/:(?:80|443)$/, '')) as [string, string];
  if (one === other) return true;
  return holds(one, other) || holds(other, one);
}

function holds(pattern: string, host: string): boolean {
  if (!pattern.includes('{}') || /^[{}.:]*$/.test(pattern)) return false;
  const form = pattern
    .split('{}')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^./]+');
  return new RegExp(`^${form}$`).test(host.replaceAll('{}', 'x'));
}
