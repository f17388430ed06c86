// Owns the run of one request through middlewares of which each encloses those behind it: `await next()` runs the rest in its place.
// It must not know how routes are registered, nor what an answer is made of.

import type { Place } from '../../../../base/place.ts';
import type { Guard } from '../../../model.ts';
import type { CurrentSink } from '../current-sink.ts';
import type { FactCollector, Stage } from '../facts.ts';
import type { Machine, Thrown } from '../machine.ts';
import { parametersOf } from '../paths.ts';
import { runWithinFrame } from '../request-frame.ts';
import type { RunningChain } from '../running-chain.ts';
import { withinShare } from '../shares.ts';
import { native, undefinedValue, type Value } from '../value.ts';
import type { Answers } from './answers.ts';
import { type Origin, type Scene, takeScene } from './scene.ts';

/** A middleware or handler. */
export interface Layer {
  readonly value: Value;
  readonly place: Place;
  readonly level: Guard['level'];
  /** The part of the path that a mount has taken away for whoever runs here. */
  readonly prefix?: string;
}

/** What one route's request runs through. */
export interface OnionRoute {
  readonly layers: readonly Layer[];
  /** Which of the layers is the handler. */
  readonly handler: number;
  /** The route's template and method, where both are known. */
  readonly path?: string;
  readonly method?: string;
}

/** What a framework adds to the run. */
export interface OnionProtocol<A extends object> {
  /** Calls one middleware and takes what it gives. */
  call(m: Machine, chain: OnionChain<A>, layer: Layer, next: Value): void;
  /** What follows the last of them. */
  end(m: Machine, chain: OnionChain<A>): void;
  /** Whether an answer has been given, so that nothing behind the handler changes it any more. */
  isAnswered(answer: A): boolean;
}

/** Steps that one middleware may take, those behind it aside, and that all of them may take together. */
const budgetOfLayer = 40_000;
const budgetOfChain = 240_000;
/** How often the rest of a chain is run for a middleware that hands on in several places. */
const repeats = 3;

/** One run. */
export class OnionChain<A extends object> implements RunningChain {
  handedOn = 0;
  handled: Thrown | undefined;
  /** The layer that runs at the moment. */
  current: Layer | undefined;
  private handledUnder = 0;
  private left = budgetOfChain;
  private readonly runs = new Map<number, number>();
  private readonly origins = new WeakMap<Thrown, Origin>();
  private readonly states = new WeakMap<readonly Value[], Value[]>();

  constructor(
    private readonly m: Machine,
    readonly sink: CurrentSink,
    readonly route: OnionRoute,
    readonly answers: Answers<A>,
    private readonly protocol: OnionProtocol<A>,
  ) {
    // Routers of this kind match no empty part of a path.
    sink.filled = new Set(parametersOf(route.path ?? ''));
  }

  get collector(): FactCollector {
    return this.sink.target;
  }

  /** The scene of an answer that is made here. */
  scene(): Scene {
    const origin = this.handled && this.originOf(this.handled);
    return takeScene(this.m, this.collector.stage, origin, this.m.conditional - (origin ? this.handledUnder : 0));
  }

  /** Runs the chain from a layer on, apart from the calls and conditions around `next()`. */
  follow(index: number): void {
    const { m, collector } = this;
    this.handedOn++;
    // What follows the handler is what is registered behind it.
    if (index > this.route.handler) collector.passesOn = true;
    const run = (this.runs.get(index) ?? 0) + 1;
    this.runs.set(index, run);
    if (run > repeats) return;
    const layer = this.route.layers[index];
    if (!layer) {
      this.protocol.end(m, this);
      return;
    }
    if (this.left <= 0) {
      collector.openAll('budget', layer.place);
      return;
    }
    const answered = index > this.route.handler ? this.setAside() : [];
    if (answered === undefined) return;
    const saved = { steps: m.steps, conditional: m.conditional, gates: m.gates, suspicion: m.suspicion };
    const outer = { budget: m.budget, watch: m.watch, stage: collector.stage, thrownFrom: collector.thrownFrom };
    const { handled, handledUnder, current } = this;
    const active = [...m.active];
    const absences = m.absences.splice(0);
    const { thrown } = m;
    const before = thrown.length;
    const stage = this.stageOf(index, layer);
    Object.assign(m, { conditional: 0, gates: 0, suspicion: undefined, watch: undefined, budget: 2 * budgetOfLayer });
    m.active.clear();
    this.handled = undefined;
    this.current = layer;
    collector.stage = stage;
    collector.thrownFrom = undefined;
    try {
      m.steps = [];
      const followed = withinShare(
        m,
        () => {
          this.protocol.call(m, this, layer, this.next(index + 1));
          return true;
        },
        budgetOfLayer,
      );
      if (!followed) m.loseCall();
    } finally {
      this.left -= 2 * budgetOfLayer - Math.max(0, m.budget);
      Object.assign(m, saved);
      m.budget = outer.budget;
      m.watch = outer.watch;
      m.active.clear();
      for (const [node, depth] of active) m.active.set(node, depth);
      m.absences.splice(0, m.absences.length, ...absences);
      collector.stage = outer.stage;
      collector.thrownFrom = outer.thrownFrom;
      this.handled = handled;
      this.handledUnder = handledUnder;
      this.current = current;
    }
    if (answered.length > 0) {
      this.answers.write(m.dead ? answered : [...answered, ...this.answers.list()]);
      m.dead = false;
    }
    for (const one of thrown.slice(before)) this.own(one, stage);
  }

  /** Remembers that whoever runs now threw a value. */
  claim(thrown: Thrown): void {
    this.own(thrown, this.collector.stage);
  }

  private own(thrown: Thrown, stage: Stage): void {
    if (this.origins.has(thrown)) return;
    const origin = thrown.cause && this.originOf(thrown.cause);
    this.origins.set(thrown, origin ?? { thrown, stage });
  }

  /** Takes away what has been answered, for middlewares behind the handler; undefined when nothing is left for them. */
  private setAside(): readonly A[] | undefined {
    const list = this.answers.list();
    const answered = list.filter((answer) => this.protocol.isAnswered(answer));
    if (answered.length === list.length) return undefined;
    if (answered.length > 0) this.answers.write(list.filter((answer) => !answered.includes(answer)));
    return answered;
  }

  /** `next`, which runs the chain from a layer on. */
  next(index: number): Value {
    return native(
      {
        name: 'next',
        call: () => {
          this.follow(index);
          return undefinedValue;
        },
        method: (_m, _self, key) => {
          // Whoever is handed the function may call it.
          if (key !== '[escape]') return undefined;
          this.follow(index);
          return undefinedValue;
        },
      },
      undefined,
    );
  }

  /** Who threw a value, once it has left them. */
  originOf(thrown: Thrown): Origin | undefined {
    return this.origins.get(thrown) ?? (thrown.cause ? this.originOf(thrown.cause) : undefined);
  }

  private stageOf(index: number, layer: Layer): Stage {
    if (index === this.route.handler) return { kind: 'handler', level: 'route' };
    return { kind: 'middleware', level: layer.level, place: layer.place };
  }

  handling<T>(thrown: Thrown, work: () => T): T {
    const { handled, handledUnder, collector } = this;
    const { thrownFrom } = collector;
    const origin = this.originOf(thrown);
    this.handled = thrown;
    this.handledUnder = this.m.conditional;
    if (origin) collector.thrownFrom = { place: origin.thrown.place, via: origin.thrown.via };
    try {
      return work();
    } finally {
      this.handled = handled;
      this.handledUnder = handledUnder;
      collector.thrownFrom = thrownFrom;
    }
  }

  leaves(list: readonly Value[]): void {
    const states = this.states.get(list) ?? [];
    states.push(this.answers.cell.value ?? undefinedValue);
    this.states.set(list, states);
  }

  ended(list: readonly Value[], value: Value): Value {
    const states = this.states.get(list);
    return states && states.length === list.length ? this.answers.settle(states, list, value) : value;
  }

  assume(test: Value, positive: boolean): void {
    this.answers.assume(test, positive);
  }
}

/** Runs one request and bounds it; a spent budget opens every axis. */
export function runOnion<A extends object>(m: Machine, chain: OnionChain<A>, work: () => void): void {
  const { collector, route } = chain;
  const frame = { collector, budget: budgetOfChain + budgetOfLayer, place: route.layers[route.handler]?.place };
  runWithinFrame(m, frame, () =>
    m.isolated(() => {
      Object.assign(m, { steps: [], conditional: 0, dead: false, suspicion: undefined, chain });
      work();
    }),
  );
  m.chain = undefined;
}
