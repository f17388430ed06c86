// Owns the collecting of one route's answers and guards, beside its reads, while its middlewares and handler are interpreted.
// It must not know any one framework; request and response models report to it.

import type { Place } from '../../../base/place.ts';
import {
  type AbstainReason,
  type Completeness,
  closed,
  type Exit,
  type ExitOrigin,
  type Guard,
  type HandlerFacts,
  type Step,
} from '../../model.ts';
import { members } from './join.ts';
import { ReadCollector } from './reads.ts';
import { numberOf, unknown, type Value } from './value.ts';

/** Who runs at the moment: it decides the origin of an exit and whether it counts as a guard. */
export type Stage = {
  readonly kind: 'middleware' | 'handler';
  readonly level: Guard['level'];
  readonly place?: Place;
  readonly origin?: ExitOrigin;
};

export interface SentResponse {
  readonly status: Value;
  /** Where the status is set, when something sets it. */
  readonly statusPlace?: Place;
  readonly place: Place;
  readonly mediaType?: string;
  readonly body?: Value;
  readonly bodyPlace?: Place;
  readonly headers: readonly { readonly name: string; readonly place: Place }[];
}

/** Collects the facts of one route. A copy can be taken where routes share their first middlewares. */
export class FactCollector extends ReadCollector {
  private readonly exits: Exit[] = [];
  private readonly guards: Guard[] = [];
  private exitsOpen: Completeness | undefined;
  private guardsOpen: Completeness | undefined;
  filtersResponses = false;
  /** How callers prove themselves, when a guard's package says so. */
  credentialScheme: Guard['scheme'];
  /** For thrown values that a mapper answers: where they were thrown and how the throw was reached. */
  thrownFrom: { readonly place: Place; readonly via: readonly Step[] } | undefined;

  /** A collector that starts with what this one has. */
  copy(): FactCollector {
    const next = new FactCollector(this.m);
    this.copyReads(next);
    next.exits.push(...this.exits);
    next.guards.push(...this.guards);
    next.exitsOpen = this.exitsOpen;
    next.guardsOpen = this.guardsOpen;
    next.filtersResponses = this.filtersResponses;
    next.credentialScheme = this.credentialScheme;
    return next;
  }

<<<<<<< ours
=======
  /** A named part of the request is read. */
  read(input: InputValue, place: Place): Mutable<ParameterRead> | undefined {
    if (input.name === '') return undefined;
    const key = `${input.in}:${input.name}`;
    const known = this.parameters.get(key);
    // Headers and cookies that a middleware reads are its own business, wherever it is attached.
    const carrier = input.in === 'header' || input.in === 'cookie';
    // So is what an error mapper looks at.
    const shared = this.thrownFrom !== undefined || (this.stage.kind === 'middleware' && (carrier || this.stage.level !== 'route'));
    if (known) {
      if (known.shared && !shared) Object.assign(known, { shared: false, place, via: this.m.steps.slice(1) });
      return known;
    }
    const read: Mutable<ParameterRead> = {
      in: input.in,
      name: input.name,
      place,
      required: undefined,
      shape: unknownShape(),
      source: 'read',
      confidence: 'proved',
      via: this.m.steps.slice(1),
      shared,
    };
    this.parameters.set(key, read);
    return read;
  }

  /** The code converts an input. A validator's word is stronger and stays. */
  convert(input: InputValue, shape: Shape, place: Place): void {
    const read = this.read(input, input.place);
    if (!read || read.source === 'validator') return;
    read.shape = { ...shape, origin: place };
    read.source = 'conversion';
  }

  defaultTo(input: InputValue, value: unknown, place: Place): void {
    const read = this.read(input, input.place);
    if (!read || this.demandedSomewhere.has(`${input.in}:${input.name}`)) return;
    // What a validator demands is there: the fallback is never taken.
    if (read.required === true && read.source === 'validator') return;
    if (value !== undefined) read.default ??= { value };
    if (read.required === undefined) read.required = false;
    read.via = read.via.length > 0 ? read.via : [{ place, what: 'falls back on a default' }];
  }

  tolerate(input: InputValue): void {
    this.tolerated.add(`${input.in}:${input.name}`);
  }

  /** A check that looks into several places demands a name in one of them. */
  demandSomewhere(name: string, among: readonly ReadLocation[]): void {
    for (const location of among) this.demandedSomewhere.add(`${location}:${name}`);
  }

  escape(input: InputValue, reason: AbstainReason, place: Place): void {
    this.open(input.in, reason, place);
    if (input.in === 'body') this.open('form', reason, place);
  }

  /** A type that nothing enforces: of a whole body, or of one input. */
  declare(input: InputValue, shape: Shape, place: Place): void {
    const resolved = resolveShape(shape);
    if (resolved.kind === 'unknown' || resolved.kind === 'never') return;
    if (input.name === '' && (input.in === 'body' || input.in === 'form')) {
      if (this.bodies.some((body) => body.source === 'type' && body.place.start === place.start && body.place.file === place.file)) return;
      this.bodies.push({ shape, source: 'type', required: undefined, place, mediaTypes: [], confidence: 'likely', via: this.m.steps.slice(1) });
      return;
    }
    const read = this.read(input, input.place);
    if (read?.source === 'read') {
      read.shape = shape;
      read.source = 'type';
    }
  }

  /** A validator checks an input: of a whole location every field, of a single input its shape. */
  validate(input: InputValue, shape: Shape, place: Place): void {
    if (input.name === '') {
      this.validateWhole(input, shape, place);
      return;
    }
    const read = this.read(input, input.place);
    if (!read) return;
    read.shape = shape;
    read.source = 'validator';
  }

  private validateWhole(input: InputValue, shape: Shape, place: Place): void {
    if (input.in === 'body' || input.in === 'form') {
      this.restrict(input.in, resolveShape(shape));
      this.bodies.push({
        shape,
        source: 'validator',
        required: requiredWhole(shape),
        place,
        mediaTypes: input.in === 'form' ? ['application/x-www-form-urlencoded'] : [],
        confidence: 'proved',
        via: this.m.steps.slice(1),
      });
      return;
    }
    const resolved = resolveShape(shape);
    this.restrict(input.in, resolved);
    if (resolved.kind !== 'object') {
      this.open(input.in, 'spread-or-any', place);
      return;
    }
    for (const field of resolved.fields.values()) {
      const name = input.in === 'header' ? field.name.toLowerCase() : field.name;
      const read = this.read({ ...input, name, place: field.origin ?? place }, field.origin ?? place);
      if (!read) continue;
      read.shape = field.shape;
      read.source = 'validator';
      read.place = field.origin ?? read.place;
      read.required = field.default !== undefined ? false : field.required;
      if (field.required) read.requiredPlace = field.origin ?? place;
      if (field.default !== undefined) read.default = { value: field.default };
    }
    if (resolved.additional === 'unknown') this.open(input.in, 'spread-or-any', place);
  }

  /** A strict validator refuses other names: a later read of one finds nothing, and is no fact of this route. */
  private restrict(location: ReadLocation, shape: Shape): void {
    if (shape.kind !== 'object' || shape.additional !== 'none' || shape.values) return;
    const before = this.allowed.get(location);
    this.allowed.set(location, new Set([...shape.fields.keys()].filter((name) => !before || before.has(name))));
  }

  private isPossible(read: ParameterRead): boolean {
    const names = this.allowed.get(read.in);
    return !names || read.source === 'validator' || names.has(read.name.split(/[.[]/)[0]!);
  }

>>>>>>> theirs
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
    for (const value of members(sent.status)) {
      const status = numberOf(value);
      if (status === undefined) {
        this.openExits('unreadable-exit', sent.statusPlace ?? sent.place);
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

  private add(status: number, place: Place, sent: SentResponse): void {
    const { m } = this;
    // What an error mapper answers under a condition that could not be decided may be meant for other errors.
    let confidence: Exit['confidence'] = this.thrownFrom && m.conditional > 0 ? 'likely' : 'proved';
    if (m.suspicion && !this.thrownFrom) {
      // An answer that depends on an error of which nothing is known is evidence only where the handler itself says so.
      if (m.steps.length > m.suspicion.steps && m.conditional > m.suspicion.conditional) {
        this.openExits('custom-error-mapper', place);
        return;
      }
      confidence = 'likely';
    }
    m.answers++;
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
      return status === 400 || status === 422 ? 'validator' : 'middleware';
    }
    if (this.thrownFrom) return 'throw';
    return this.m.steps.length > 1 ? 'helper' : 'handler';
  }

  private guard(status: number, exit: Exit): void {
    const credentials = this.credentials();
    this.guards.push({
      kind: status === 401 ? 'authentication' : 'authorization',
      ...credentials,
      scopes: [],
      place: this.stage.place ?? exit.place,
      level: this.stage.level,
      confidence: this.stage.kind === 'handler' ? 'likely' : 'proved',
    });
  }

  private credentials(): Pick<Guard, 'scheme' | 'carrier'> {
    return this.credentialScheme ? { scheme: this.credentialScheme } : this.carrier();
  }

  /** A model says that a guard stands here. */
  addGuard(guard: Guard): void {
    this.guards.push(guard);
  }

<<<<<<< ours
=======
  /** A client error under "this input is absent" means that the input is required. */
  private markRequired(status: number, place: Place): void {
    if (this.thrownFrom || status < 400 || status >= 500 || status === 401 || status === 403 || status === 404) return;
    for (const input of this.m.provenAbsent()) {
      const read = this.read(input, input.place);
      if (!read || read.required === false) continue;
      this.demand(read, place);
    }
  }

  private demand(read: Mutable<ParameterRead>, place: Place): void {
    read.required = true;
    read.requiredPlace = place;
    // A check in the code is more than a declared type.
    if (read.source === 'type') read.source = 'read';
  }

  /** A success although an input is absent means that it is optional. */
  private markOptional(status: number): void {
    if (status >= 400) return;
    for (const { inputs } of this.m.absences) {
      for (const input of inputs) {
        const read = this.read(input, input.place);
        if (read && read.required === undefined) read.required = false;
      }
    }
  }

  /** Also for thrown values: the absence is known at the throw, the status only at the mapper. */
  requiredAt(inputs: readonly InputValue[], place: Place): void {
    for (const input of inputs) {
      const read = this.read(input, input.place);
      if (read && read.required !== false) this.demand(read, place);
    }
  }

  /** There may be more reads in a location than are known. */
  open(location: ReadLocation, reason: AbstainReason, place?: Place, detail?: string): void {
    if (!this.opened.has(location)) this.opened.set(location, { closed: false, reason, place, detail });
  }

  openReads(reason: AbstainReason, place?: Place, detail?: string): void {
    for (const location of locations) this.open(location, reason, place, detail);
  }

>>>>>>> theirs
  openExits(reason: AbstainReason, place?: Place, detail?: string): void {
    this.exitsOpen ??= { closed: false, reason, place, detail };
  }

  openGuards(reason: AbstainReason, place?: Place, detail?: string): void {
    this.guardsOpen ??= { closed: false, reason, place, detail };
  }

  openAll(reason: AbstainReason, place?: Place, detail?: string): void {
    this.openReads(reason, place, detail);
    this.openExits(reason, place, detail);
    this.openGuards(reason, place, detail);
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
    return {
      reads: this.reads(),
      exits: this.exits,
      exitCompleteness: this.exitsOpen ?? closed,
      guards: this.guards,
      guardCompleteness: this.guardsOpen ?? closed,
      filtersResponses: this.filtersResponses,
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
