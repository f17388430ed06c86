// Owns the collecting of one route's answers and guards, beside its reads, while its middlewares and handler are interpreted.
// It must not know any one framework; request and response models report to it.

import type { Place } from '../../../base/place.ts';
import {
  type AbstainReason,
  type BodyParser,
  type Completeness,
  closed,
  type Exit,
  type ExitOrigin,
  type ForwardedStatus,
  type Guard,
  type HandlerFacts,
} from '../../model.ts';
import { type BareRun, refusalAt, settleGuards } from './guard-passes.ts';
import type { SetHeader } from './headers.ts';
import { members } from './join.ts';
import { type Generic, ReadCollector, wider } from './reads.ts';
import { numberOf, resultOf, unknown, type Value } from './value.ts';

/** Who runs at the moment: it decides the origin of an exit and whether it counts as a guard. */
export type Stage = {
  readonly kind: 'middleware' | 'handler';
  readonly level: Guard['level'];
  readonly place?: Place;
  readonly origin?: ExitOrigin;
  /** Constants that are looked for in lists while it runs. */
  readonly tested?: readonly string[];
  /** Whether what runs was handed a part of the request. */
  readonly inspects?: boolean;
};

export interface SentResponse {
  readonly status: Value;
  /** Where the status is set, when something sets it. */
  readonly statusPlace?: Place;
  readonly place: Place;
  readonly mediaType?: string;
  readonly body?: Value;
  readonly bodyPlace?: Place;
  readonly headers: readonly SetHeader[];
  /** True when it is known that nothing is sent. */
  readonly empty?: boolean;
}

/** The packages of clients whose answers carry a status; `:fetch` is the language's own. */
const clients: ReadonlySet<string> = new Set([
  ':fetch',
  'axios',
  'got',
  'ky',
  'needle',
  'node-fetch',
  'cross-fetch',
  'isomorphic-fetch',
  'isomorphic-unfetch',
  'ofetch',
  'phin',
  'request',
  'request-promise',
  'request-promise-native',
  'superagent',
  'undici',
  'wretch',
]);

/** Collects the facts of one route. A copy can be taken where routes share their first middlewares. */
export class FactCollector extends ReadCollector {
  private readonly exits: Exit[] = [];
  private readonly guards: Guard[] = [];
  private exitsOpen: Completeness | undefined;
  private readonly suspected = new Map<number, Place>();
  private guardsOpen: Completeness | undefined;
  filtersResponses = false;
  /** Set where a response model notes every header; a header that nobody sets is known only then. */
  headersModelled = false;
  /** Whether the handler may hand the request on; undefined where that was not decided. */
  passesOn: boolean | undefined;
  private readonly forwarded: ForwardedStatus[] = [];
  private readonly parsers: BodyParser[] = [];
  private headersOpen: Completeness | undefined;
  /** Expressions of which a type checker could say more, by their place. */
  readonly typeQuestions = new Map<string, Place>();
  /** How callers prove themselves, when a guard's package says so. */
  credentialScheme: Guard['scheme'];
  /** The same of the guard at one place, where answers are told when the whole chain has run. */
  readonly credentialsAt = new Map<string, Pick<Guard, 'scheme' | 'carrier'>>();
  /** Where requests are refused, or may be, by the places of what refuses. */
  private readonly refusals = new Set<string>();
  /** What a request without credentials met, once that was tried. */
  bare: BareRun | undefined;

  /** A collector that starts with what this one has. */
  copy(): FactCollector {
    const next = new FactCollector(this.m);
    this.copyReads(next);
    next.exits.push(...this.exits);
    next.guards.push(...this.guards);
    for (const refusal of this.refusals) next.refusals.add(refusal);
    next.exitsOpen = this.exitsOpen;
    for (const [status, place] of this.suspected) next.suspected.set(status, place);
    next.guardsOpen = this.guardsOpen;
    next.filtersResponses = this.filtersResponses;
    next.headersModelled = this.headersModelled;
    next.headersOpen = this.headersOpen;
    next.forwarded.push(...this.forwarded);
    next.parsers.push(...this.parsers);
    next.credentialScheme = this.credentialScheme;
    for (const [key, told] of this.credentialsAt) next.credentialsAt.set(key, told);
    for (const [key, place] of this.typeQuestions) next.typeQuestions.set(key, place);
    return next;
  }

  /** An answer leaves. A status and a body that come from one choice are kept together. */
  exit(sent: SentResponse): void {
    const { status, body } = sent;
    const several = status.kind === 'union' && new Set(status.members.map(numberOf)).size > 1;
    if (several && body?.kind === 'union') {
      if (status.parts && body.parts?.of === status.parts.of) {
        for (const [index, one] of status.parts.values.entries())
          this.leave({ ...sent, status: one, body: body.parts.values[index] });
        return;
      }
      this.leave({ ...sent, body: unknown('unreadable-exit', sent.bodyPlace) });
      return;
    }
    this.leave(sent);
  }

  private leave(sent: SentResponse): void {
    const statuses = members(sent.status);
    // A status that a helper looks up for an error of which nothing is known may be any of its table, or none.
    const known = statuses.filter((value) => numberOf(value) !== undefined);
    if (known.length > 1 && this.isGuessing()) this.suspectAll(statuses, sent.statusPlace ?? sent.place);
    else this.leaveWith(statuses, sent);
  }

  /** Whether a function below the handler answers an error that nobody saw. */
  private isGuessing(): boolean {
    const { suspicion, steps } = this.m;
    return suspicion !== undefined && !this.thrownFrom && steps.length > suspicion.steps;
  }

  /** Statuses that an error of which nothing is known may lead to, or not. */
  private suspectAll(statuses: readonly Value[], place: Place): void {
    for (const value of statuses) {
      const status = numberOf(value);
      if (status === undefined) this.openExits('custom-error-mapper', place);
      else this.suspect(status, place);
    }
  }

  private suspect(status: number, place: Place): void {
    if (!this.suspected.has(status)) this.suspected.set(status, place);
  }

  private leaveWith(statuses: readonly Value[], sent: SentResponse): void {
    for (const value of statuses) {
      const status = numberOf(value);
      if (status === undefined) {
        const at = sent.statusPlace ?? sent.place;
        this.refuse(at);
        // What another service answers hides no status of this one's own, and neither does what a package may have thrown.
        const foreign = this.forward(value, at) || (value.kind === 'unknown' && value.ofUnseen);
        this.openExits('unreadable-exit', at, undefined, foreign ? 'request' : undefined);
        continue;
      }
      const own = value.kind === 'literal' ? value.place : undefined;
      const inside =
        own &&
        sent.statusPlace &&
        own.file === sent.statusPlace.file &&
        own.start >= sent.statusPlace.start &&
        own.end <= sent.statusPlace.end;
      this.add(status, inside ? own : (sent.statusPlace ?? sent.place), sent);
    }
  }

  /** The status of another service's answer leaves as it came; whether it is one. */
  private forward(value: Value, place: Place): boolean {
    if (value.kind !== 'external' || !clients.has(value.package)) return false;
    const last = value.path.at(-1);
    if (!value.path.includes(resultOf) || (last !== 'status' && last !== 'statusCode')) return false;
    if (this.forwarded.every((other) => other.place.file !== place.file || other.place.start !== place.start))
      this.forwarded.push({ place, via: this.m.steps.slice(1), client: value.package.replace(/^:/, '') });
    return true;
  }

  /** A parser of bodies stands on the chain. */
  addParser(parser: BodyParser): void {
    this.parsers.push(parser);
  }

  private add(status: number, place: Place, sent: SentResponse): void {
    const { m } = this;
    // What an error mapper answers under a condition that could not be decided may be meant for other errors.
    let confidence: Exit['confidence'] = this.thrownFrom && m.conditional > 0 ? 'likely' : 'proved';
    if (m.suspicion && !this.thrownFrom) {
      // An answer that depends on an error of which nothing is known is evidence only where the handler itself says so.
      if (m.steps.length > m.suspicion.steps && m.conditional > m.suspicion.conditional) {
        this.suspect(status, place);
        return;
      }
      confidence = 'likely';
    }
    m.answers++;
    if (status >= 400 && status < 500) this.refuse(this.thrownFrom?.place ?? place);
    this.markRequired(status, place);
    this.markOptional(status);
    const body = sent.body === undefined ? undefined : m.types.shapeOfValue(sent.body);
    const exit: Exit = {
      status,
      origin: this.originOf(status),
      place: this.thrownFrom?.place ?? place,
      via: this.thrownFrom
        ? [...this.thrownFrom.via.slice(1), { place, what: `maps it to ${status}` }]
        : m.steps.slice(1),
      mediaType: sent.mediaType,
      body: body?.kind === 'never' ? undefined : body,
      bodyPlace: sent.bodyPlace,
      headers: sent.headers,
      ...(sent.empty ? { empty: true } : {}),
      confidence,
    };
    if (this.exits.some((other) => sameExit(other, exit))) return;
    this.exits.push(exit);
    if (status === 401 || status === 403) this.guard(status, exit);
  }

  private originOf(status: number): ExitOrigin {
    if (this.stage.origin) return this.stage.origin;
    if (this.stage.kind === 'middleware') {
      if (status === 401 || status === 403) return 'guard';
      return (status === 400 || status === 422) && this.inspects() ? 'validator' : 'middleware';
    }
    if (this.thrownFrom) return 'throw';
    return this.m.steps.length > 1 ? 'helper' : 'handler';
  }

  private guard(status: number, exit: Exit): void {
    const credentials = this.credentials(exit.place);
    const tested = status === 403 ? [...new Set(this.stage.tested ?? [])] : [];
    const guard: Guard = {
      kind: status === 401 ? 'authentication' : 'authorization',
      ...credentials,
      scopes: tested,
      ...(tested.length > 0 ? { tested: true } : {}),
      place: this.stage.place ?? exit.place,
      level: this.stage.level,
      confidence: this.stage.kind === 'handler' ? 'likely' : 'proved',
    };
    this.guards.push(guard);
  }

  /** A request is refused by the present stage, or may be. */
  refuse(place: Place): void {
    this.refusals.add(refusalAt(this.stage.place ?? place));
  }

  /** Whether a guard was seen of which only a request without credentials tells whether it asks for any. */
  hasGuards(): boolean {
    return this.guards.some((guard) => guard.kind === 'authentication');
  }

  /** Whether one of them is the handler itself. */
  guardsItself(): boolean {
    return this.guards.some((guard) => guard.kind === 'authentication' && guard.confidence === 'likely');
  }

  /** What this run shows, where it was one without credentials. */
  asBareRun(): BareRun {
    const { exitsOpen } = this;
    const lost = exitsOpen !== undefined && !exitsOpen.closed && exitsOpen.reason === 'budget';
    return { refusals: this.refusals, lost };
  }

  private credentials(place: Place): Pick<Guard, 'scheme' | 'carrier'> {
    const told = this.credentialsAt.get(refusalAt(place));
    if (told) return told;
    return this.credentialScheme ? { scheme: this.credentialScheme } : this.carrier(place);
  }

  /** A model says how callers prove themselves to what refuses them at a place. */
  tellCredentials(place: Place, told: Pick<Guard, 'scheme' | 'carrier'>): void {
    this.credentialsAt.set(refusalAt(place), told);
  }

  /** A model says that a guard stands here. */
  addGuard(guard: Guard): void {
    this.guards.push(guard);
    if (guard.kind === 'authentication') this.refusals.add(refusalAt(guard.place));
  }

  openExits(reason: AbstainReason, place?: Place, detail?: string, generic?: Generic): void {
    this.exitsOpen = wider(this.exitsOpen, { closed: false, reason, place, detail, generic });
  }

  /** Headers may be set that are not known by name. */
  openHeaders(reason: AbstainReason, place?: Place, detail?: string): void {
    this.headersOpen ??= { closed: false, reason, place, detail };
  }

  openGuards(reason: AbstainReason, place?: Place, detail?: string, generic?: Generic): void {
    this.guardsOpen = wider(this.guardsOpen, { closed: false, reason, place, detail, generic });
  }

  openAll(reason: AbstainReason, place?: Place, detail?: string, generic?: Generic): void {
    this.openReads(reason, place, detail, generic);
    this.openExits(reason, place, detail, generic);
    this.openGuards(reason, place, detail, generic);
  }

  /** The response goes to a library: below the route's own functions it answers for every route alike, as a gateway would. */
  answeredByLibrary(reason: AbstainReason, place?: Place, detail?: string): void {
    const generic = this.stage.kind === 'middleware' && this.stage.level !== 'route' ? 'request' : undefined;
    this.openExits(reason, place, detail, generic);
  }

  exitCount(): number {
    return this.exits.length;
  }

  /** Whether an answer that rejects the request's form was added after the given count. */
  rejectedSince(count: number): boolean {
    return this.exits.slice(count).some((exit) => exit.status === 400 || exit.status === 422);
  }

  /** The facts as plain data. */
  facts(files: readonly string[]): HandlerFacts {
    const seen = new Set(this.exits.map(({ status }) => status));
    const suspected = [...this.suspected].flatMap(([status, place]) => (seen.has(status) ? [] : [{ status, place }]));
    return {
      reads: this.reads(),
      exits: this.exits,
      ...(suspected.length > 0 ? { suspected } : {}),
      exitCompleteness: this.exitsOpen ?? closed,
      guards: this.bare ? settleGuards(this.guards, this.bare) : this.guards,
      guardCompleteness: this.guardsOpen ?? closed,
      filtersResponses: this.filtersResponses,
      ...(this.forwarded.length > 0 ? { forwarded: this.forwarded } : {}),
      ...(this.passesOn === undefined ? {} : { passesOn: this.passesOn }),
      ...(this.parsers.length > 0 ? { parsers: this.parsers } : {}),
      ...(this.headersModelled ? { headerCompleteness: this.headersOpen ?? closed } : {}),
      ...(this.typeQuestions.size > 0 ? { typeQuestions: [...this.typeQuestions.values()] } : {}),
      files,
    };
  }
}

function sameExit(a: Exit, b: Exit): boolean {
  return (
    a.status === b.status &&
    a.place.file === b.place.file &&
    a.place.start === b.place.start &&
    a.origin === b.origin &&
    a.bodyPlace?.start === b.bodyPlace?.start &&
    a.bodyPlace?.file === b.bodyPlace?.file
  );
}
