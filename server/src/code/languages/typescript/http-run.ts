// Owns the run of one request through a chain of middlewares and handlers, and the mapping of what they throw.
// It must not know how routes are registered; it is handed values to call.

import type { Place } from '../../../base/place.ts';
import type { Guard, HandlerFacts } from '../../model.ts';
import { provenAbsent } from './absences.ts';
import { mostOfRun, stepsOfPrefixes } from './budget.ts';
import { formOfClass, formOfError } from './call-key.ts';
import { CurrentSink } from './current-sink.ts';
import { FactCollector, type Stage } from './facts.ts';
import { opened, openedFunction } from './installed/openings.ts';
import type { Machine, Thrown } from './machine.ts';
import { runWithinFrame } from './request-frame.ts';
import type { Subject } from './subject.ts';
import {
  type CallSite,
  type Cell,
  literal,
  type Model,
  type NativeValue,
  native,
  numberOf,
  truth,
  undefinedValue,
  type Value,
} from './value.ts';

/** Something that runs before the handler, or the handler itself. */
export interface Link {
  readonly id: number;
  readonly value: Value;
  readonly place: Place;
  readonly level: Guard['level'];
  /** Set when it is called with a part of the request, as what `router.param` was given is. */
  readonly inspects?: boolean;
}

/** What a run without credentials may take of a route's steps: what guards do is little beside what handlers do. */
const shareOfBareRun = 0.1;

/** The request, response and sink of one run. */
export interface Exchange {
  readonly sink: CurrentSink;
  readonly request: NativeValue;
  readonly response: NativeValue;
}

/** What a framework adds to the run: how an exchange is made and how links are called. */
export interface Protocol {
  exchange(m: Machine, sink: CurrentSink, subject: Subject): Exchange;
  /** Calls a middleware or handler; `false` when nothing behind it can be reached. */
  run(m: Machine, exchange: Exchange, link: Link, last: boolean): boolean;
  /** Answers a thrown value with one mapper; gives what the mapper passed on. */
  map(m: Machine, exchange: Exchange, mapper: Link, thrown: Thrown): readonly Thrown[];
  /** The framework's own answer to a thrown value that nobody maps. */
  fallback(m: Machine, exchange: Exchange, thrown: Thrown): void;
}

interface Prefix {
  readonly exchange: Exchange;
  readonly collector: FactCollector;
  readonly thrown: readonly StagedThrow[];
  readonly ended: boolean;
  readonly subject: Subject;
  readonly touched: ReadonlySet<string>;
  /** Whether something that carries who the caller is was asked for. */
  readonly asked: boolean;
}

/** What one run gave. */
interface Run {
  readonly collector: FactCollector;
  readonly asked: boolean;
  readonly touched: ReadonlySet<string>;
}

/** A run of shared middlewares, and how many steps it took. */
interface SharedRun {
  readonly prefix: Prefix;
  readonly steps: number;
}

interface StagedThrow {
  readonly thrown: Thrown;
  readonly stage: Stage;
}

/** What one route needs to be run. */
export interface Chain {
  /** Middlewares that other routes share, in order. */
  readonly shared: readonly Link[];
  /** The route's own middlewares and its handler, in order. */
  readonly own: readonly Link[];
  /** Error mappers, nearest first. */
  readonly mappers: readonly Link[];
  /** The request that is made, when the front-end says. */
  readonly path?: string;
  readonly method?: string;
  /** The names of the path's parameters, where the router gives no others. */
  readonly pathNames?: ReadonlySet<string>;
  /** Those of them that a request always has: the router matches no empty part there. */
  readonly filled?: readonly string[];
}

/** Runs chains for one machine; runs of shared middlewares are kept. */
export class HttpRun {
  /** Runs of shared middlewares in which the path is not known, and those for one request each. */
  private readonly general = new Map<string, SharedRun>();
  private readonly particular = new Map<string, Prefix>();

  constructor(
    private readonly m: Machine,
    private readonly protocol: Protocol,
  ) {}

  /** The facts of one route. Never throws; a spent budget opens every axis. */
  facts(chain: Chain): HandlerFacts {
    const { collector, asked, touched } = this.follow(chain, false);
    if (this.m.glancing || !asked || !collector.hasGuards()) return collector.facts([...touched]);
    // Only a guard that refuses who brings nothing asks for credentials: so one request is made without any.
    const own = collector.guardsItself() ? chain.own : withoutHandler(chain.own);
    const bare = this.follow({ ...chain, own }, true);
    collector.bare = bare.collector.asBareRun();
    return collector.facts([...new Set([...touched, ...bare.touched])]);
  }

  /** Runs one request; `bare` is one without credentials. */
  private follow(chain: Chain, bare: boolean): Run {
    const { m } = this;
    const prefix = this.prefix(chain, bare);
    prefix.subject.path = chain.path;
    prefix.subject.method = chain.method;
    const collector = prefix.collector.copy();
    const { sink } = prefix.exchange;
    sink.target = collector;
    sink.asked = prefix.asked;
    sink.pathNames = chain.pathNames;
    sink.filled = new Set(chain.filled);
    m.touched = new Set(prefix.touched);
    for (const link of [...chain.shared, ...chain.own, ...chain.mappers]) m.touched.add(link.place.file);
    // Where a share of the steps is not enough for the run without credentials, guards stay as they were found.
    const budget = bare ? Math.floor(m.budgetOfRoute * shareOfBareRun) : m.budgetOfRoute;
    const frame = { collector, budget, place: chain.own.at(-1)?.place };
    runWithinFrame(m, frame, () =>
      m.isolated(() => {
        m.steps = [];
        m.conditional = 0;
        m.dead = false;
        m.suspicion = undefined;
        const thrown = [...prefix.thrown];
        if (!prefix.ended) this.runLinks(prefix.exchange, collector, chain.own, thrown, true);
        this.mapThrown(prefix.exchange, collector, chain.mappers, thrown);
      }),
    );
    sink.pathNames = undefined;
    sink.filled = undefined;
    return { collector, asked: sink.asked, touched: m.touched };
  }

  /**
   * The run of the shared middlewares. One run, in which nobody knows the path, does for all routes where no middleware asks for it;
   * where one does, each route has a run of its own, as long as all of those together stay affordable.
   */
  private prefix({ shared: links, path, method }: Chain, bare: boolean): Prefix {
    const general = `${bare ? 'bare ' : ''}${links.map((link) => link.id).join(',')}`;
    const { prefix, steps } = this.shared(general, links, bare);
    // A request without credentials is made for all paths at once: what guards one of them only stays as it was found.
    if (bare || !prefix.subject.asked || steps * this.m.routes > stepsOfPrefixes) return prefix;
    const particular = `${this.m.glancing ? 'glance ' : ''}${general}|${method} ${path}`;
    const known = this.particular.get(particular);
    if (known) return known;
    const made = this.runShared(links, { path, method, asked: false }, this.m.budgetOfRoute, false).prefix;
    this.particular.set(particular, made);
    return made;
  }

  private shared(general: string, links: readonly Link[], bare: boolean): SharedRun {
    const known = this.general.get(general);
    if (known) return known;
    const run = this.runShared(links, { path: undefined, method: undefined, asked: false }, mostOfRun, bare);
    this.general.set(general, run);
    return run;
  }

  private runShared(links: readonly Link[], subject: Subject, budget: number, bare: boolean): SharedRun {
    const { m } = this;
    const sink = new CurrentSink(new FactCollector(m), bare);
    const collector = sink.target;
    const thrown: StagedThrow[] = [];
    let ended = false;
    let exchange: Exchange | undefined;
    m.touched = new Set();
    const frame = { collector, budget, place: links.at(-1)?.place };
    const steps = runWithinFrame(m, frame, () =>
      m.apart(() => {
        exchange = this.protocol.exchange(m, sink, subject);
        ended = !this.runLinks(exchange, collector, links, thrown, false);
      }),
    );
    exchange ??= this.protocol.exchange(m, sink, subject);
    const { asked } = exchange.sink;
    return { steps, prefix: { exchange, collector, thrown, ended, touched: m.touched, subject, asked } };
  }

  /** Runs links in order; false when the chain ends before its last link. */
  private runLinks(
    exchange: Exchange,
    collector: FactCollector,
    links: readonly Link[],
    thrown: StagedThrow[],
    own: boolean,
  ): boolean {
    const { m } = this;
    for (const [index, link] of links.entries()) {
      const last = own && index === links.length - 1;
      const tested: string[] = [];
      const stage: Stage = last
        ? { kind: 'handler', level: 'route' }
        : { kind: 'middleware', level: link.level, place: link.place, tested, inspects: link.inspects };
      m.tested = last ? undefined : tested;
      collector.stage = stage;
      const caught = m.catching(() => this.protocol.run(m, exchange, openedLink(m, link), last));
      for (const one of caught.thrown) thrown.push({ thrown: one, stage });
      const died = m.dead;
      m.dead = false;
      if (died || !caught.result) return last;
    }
    return true;
  }

  private mapThrown(
    exchange: Exchange,
    collector: FactCollector,
    mappers: readonly Link[],
    thrown: readonly StagedThrow[],
  ): void {
    const { m } = this;
    const seen = new Set<string>();
    for (const { thrown: seenFirst, stage } of thrown) {
      const first = { ...seenFirst, value: opened(m, seenFirst.value) };
      const key = keyOfThrown(first, m.glancing);
      if (key !== undefined && seen.has(key)) continue;
      if (key !== undefined) seen.add(key);
      // An exception that nobody saw may come from any call; it is the framework's 500 and says nothing of this route.
      if (first.value.kind === 'unknown' && first.value.caught) continue;
      collector.stage = stage;
      if (first.value.kind === 'unknown' || first.value.kind === 'external') {
        collector.openExits('custom-error-mapper', first.place);
        collector.refuse(first.place);
        continue;
      }
      collector.thrownFrom = { place: first.place, via: first.via };
      const before = collector.exitCount();
      let pending: readonly Thrown[] = [first];
      for (const mapper of mappers) {
        const passed: Thrown[] = [];
        for (const one of pending)
          passed.push(...m.isolated(() => this.protocol.map(m, exchange, openedLink(m, mapper), one)));
        pending = passed;
        if (pending.length === 0) break;
      }
      for (const one of pending) m.isolated(() => this.protocol.fallback(m, exchange, one));
      collector.thrownFrom = undefined;
      if (collector.rejectedSince(before)) collector.requiredAt(first.absent, first.place);
    }
  }
}

/** A link with what it is once its package is read. */
function openedLink(m: Machine, link: Link): Link {
  const value = openedFunction(m, link.value);
  return value === link.value ? link : { ...link, value };
}

/**
 * What makes two thrown values the same to whoever maps them; undefined where one has to be looked at for itself. Where only the names of
 * what is read are asked for, values of one class are the same: mappers read of the request what they read, whatever they are given.
 */
function keyOfThrown({ place, value, absent, status }: Thrown, glancing: boolean): string | undefined {
  if (glancing) return value.kind === 'object' ? `object ${formOfClass(value)}` : value.kind;
  const at = `${place.file}:${place.start}:${value.kind}`;
  if (value.kind !== 'object') return at;
  return absent.length > 0 ? undefined : `${at}:${formOfError(value)}:${status ? formOfError(status) : ''}`;
}

/** The handler tells nothing of the guards before it. */
const withoutHandler = (own: readonly Link[]): readonly Link[] =>
  own.map((link, index) => (index === own.length - 1 ? { ...link, value: nothing } : link));

const nothing: Value = native({ name: 'handler', call: () => undefinedValue }, undefined);

/** `next` of a middleware: whether it was called along the present path, and with which error. */
export function createNext(): { readonly value: NativeValue; readonly called: Cell } {
  const called: Cell = { value: literal(false) };
  return { value: native(nextModel, { called } satisfies Next), called };
}

interface Next {
  readonly called: Cell;
}

const leaving = 'route';

/** Whether `next('route')` may have been called, which hands the request to the routes behind this one. */
export function mayHaveLeft(called: Cell): boolean {
  return called.value?.kind === 'literal' && called.value.value === leaving;
}

/** Whether `next` may have been called. */
export function mayHaveCalled(called: Cell): boolean {
  return truth(called.value ?? literal(false)) !== false;
}

const nextModel: Model = {
  name: 'next',
  call(m, self, site) {
    const [error] = site.args;
    const { called: cell } = self.data as Next;
    const isSkip =
      error?.kind === 'literal' &&
      (error.value === undefined ||
        error.value === null ||
        error.value === 'route' ||
        error.value === 'router' ||
        error.value === false);
    if (!error || isSkip) {
      // Not undone with its branch: a middleware that passes on along any path passes on. Leaving the route is remembered.
      const leaves = error?.kind === 'literal' && typeof error.value === 'string';
      if (leaves || cell.value?.kind !== 'literal' || cell.value.value !== leaving)
        cell.value = literal(leaves ? leaving : true);
      return undefinedValue;
    }
    m.thrown.push({
      value: error,
      place: site.argPlaces[0] ?? site.place,
      via: [...m.steps],
      absent: provenAbsent(m),
      status: m.statusNow?.(),
      handed: true,
    });
    return undefinedValue;
  },
  method(_m, self, key, site) {
    if (key !== '[escape]') return undefined;
    (self.data as Next).called.value = literal(true);
    return site.args[0] ?? undefinedValue;
  },
};

/** A call of a link with given arguments. */
export function linkSite(m: Machine, link: Link, args: readonly Value[]): CallSite {
  return {
    args,
    open: false,
    place: link.place,
    argPlaces: args.map(() => link.place),
    namePlace: link.place,
    frame: m.globals,
  };
}

/** The status that an error object carries, as most frameworks read it. */
export function statusOfError(m: Machine, value: Value, place: Place): number | undefined {
  for (const key of ['status', 'statusCode']) {
    const status = numberOf(m.get(value, key, place));
    if (status !== undefined && status >= 400 && status < 600) return status;
  }
  return undefined;
}
