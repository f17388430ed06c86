// Owns the collecting of what one route reads of a request, and of what it demands there.
// It must not know any one framework, nor what a route answers.

import type { Place } from '../../../base/place.ts';
import { resolveShape, type Shape, unknownShape } from '../../../shape/shape.ts';
import {
  type AbstainReason,
  type BodyAcceptance,
  type Completeness,
  closed,
  type Guard,
  type HandlerFacts,
  type ParameterRead,
  type ReadLocation,
  type Step,
} from '../../model.ts';
import { provenAbsent } from './absences.ts';
import { isCredential, isKeyHeader } from './credentials.ts';
import type { Stage } from './facts.ts';
import type { Machine } from './machine.ts';
import type { InputValue } from './value.ts';

/** Places that a check without one looks into as well. */
const elsewhere: readonly ReadLocation[] = ['path', 'header', 'cookie'];

/** What of a request a generic got hold of. */
export type Generic = 'request' | 'part';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const locations: readonly ReadLocation[] = ['path', 'query', 'header', 'cookie', 'body', 'form'];

/** Collects the reads of one route: parameters, bodies, and where there may be more of them than are known. */
export class ReadCollector {
  private readonly parameters = new Map<string, Mutable<ParameterRead>>();
  /** Inputs without which the code goes on, by key: optional unless something demands them after all. */
  private readonly tolerated = new Set<string>();
  /** Names that a check demands in some place of the request: what one place tolerates, by key, says nothing then. */
  private readonly demandedSomewhere = new Set<string>();
  /** The kinds of credentials that the code tells apart in the header `Authorization`. */
  private readonly recognised = new Set<'bearer' | 'basic'>();
  /** Per location the only names that a strict validator lets through. */
  private readonly allowed = new Map<ReadLocation, ReadonlySet<string>>();
  /** Names that are checked wherever they come. */
  private readonly checked: {
    readonly name: string;
    readonly among: readonly ReadLocation[];
    readonly place: Place;
  }[] = [];
  private readonly bodies: BodyAcceptance[] = [];
  private readonly opened = new Map<ReadLocation, Completeness>();
  stage: Stage = { kind: 'handler', level: 'route' };
  /** The stages that looked at more of the request than who sends it. */
  private readonly inspecting = new WeakSet<Stage>();
  /** For thrown values that a mapper answers: where they were thrown and how the throw was reached. */
  thrownFrom: { readonly place: Place; readonly via: readonly Step[] } | undefined;

  constructor(readonly m: Machine) {}

  /** Starts another collector with what this one has read. */
  protected copyReads(next: ReadCollector): void {
    for (const [key, read] of this.parameters) next.parameters.set(key, { ...read });
    for (const scheme of this.recognised) next.recognised.add(scheme);
    for (const key of this.tolerated) next.tolerated.add(key);
    for (const key of this.demandedSomewhere) next.demandedSomewhere.add(key);
    for (const [location, names] of this.allowed) next.allowed.set(location, names);
    next.checked.push(...this.checked);
    next.bodies.push(...this.bodies);
    for (const [key, value] of this.opened) next.opened.set(key, value);
  }

  /** A named part of the request is read. */
  read(input: InputValue, place: Place): Mutable<ParameterRead> | undefined {
    if (input.name === '') return undefined;
    const key = `${input.in}:${input.name}`;
    const known = this.parameters.get(key);
    // Headers and cookies that a middleware reads are its own business, wherever it is attached.
    const carrier = input.in === 'header' || input.in === 'cookie';
    if (!carrier) this.inspecting.add(this.stage);
    // So is what an error mapper looks at.
    const aside = this.stage.kind === 'middleware' && (carrier || this.stage.level !== 'route');
    const shared = this.thrownFrom !== undefined || aside;
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
      ...(isCredential(input.in, input.name) ? { credential: true } : {}),
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

  recognise(scheme: 'bearer' | 'basic'): void {
    this.recognised.add(scheme);
  }

  tolerate(input: InputValue): void {
    this.tolerated.add(`${input.in}:${input.name}`);
  }

  /** A check that looks into several places demands a name in one of them. */
  demandSomewhere(name: string, among: readonly ReadLocation[]): void {
    for (const location of among) this.demandedSomewhere.add(`${location}:${name}`);
  }

  /** A check that names no place: it is met where the code reads that name, else it may be anywhere. */
  checkSomewhere(name: string, among: readonly ReadLocation[], place: Place): void {
    this.checked.push({ name, among, place });
  }

  /** Where a checked name is read nowhere, any of its places may be meant, and no other name. */
  private openUnmetChecks(): void {
    for (const { name, among, place } of this.checked) {
      if ([...among, ...elsewhere].some((location) => this.parameters.has(`${location}:${name}`))) continue;
      for (const location of among) this.open(location, 'spread-or-any', place, name, 'request');
    }
  }

  /** An input goes where it cannot be followed: into a generic as a whole, or into code that may look into it. */
  escape(input: InputValue, reason: AbstainReason, place: Place, generic = false): void {
    if (input.name !== '') {
      const read = this.read(input, input.place);
      if (read) read.escapes = true;
      return;
    }
    // Headers and cookies that a middleware looks through are its own business, as those are that it reads by their names.
    const aside = this.stage.kind === 'middleware' && (input.in === 'header' || input.in === 'cookie');
    const part = generic ? 'part' : aside ? 'request' : undefined;
    this.open(input.in, reason, place, undefined, part);
    if (input.in === 'body') this.open('form', reason, place, undefined, part);
  }

  /** A type that nothing enforces: of a whole body, or of one input. */
  declare(input: InputValue, shape: Shape, place: Place): void {
    const resolved = resolveShape(shape);
    if (resolved.kind === 'unknown' || resolved.kind === 'never') return;
    if (input.name === '' && (input.in === 'body' || input.in === 'form')) {
      if (
        this.bodies.some(
          (body) => body.source === 'type' && body.place.start === place.start && body.place.file === place.file,
        )
      )
        return;
      this.bodies.push({
        shape,
        source: 'type',
        required: undefined,
        place,
        mediaTypes: [],
        confidence: 'likely',
        via: this.m.steps.slice(1),
      });
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
      this.inspecting.add(this.stage);
      this.restrict(input.in, resolveShape(shape));
      this.bodies.push({
        shape,
        source: 'validator',
        required: input.defaulted ? false : requiredWhole(shape),
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

  /** A client error under "this input is absent" means that the input is required. */
  protected markRequired(status: number, place: Place): void {
    if (this.thrownFrom || status < 400 || status >= 500 || status === 401 || status === 403 || status === 404) return;
    for (const input of provenAbsent(this.m)) {
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
  protected markOptional(status: number): void {
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

  /** Whether the present stage looked at parts of the request that an operation declares. */
  protected inspects(): boolean {
    return this.stage.inspects === true || this.inspecting.has(this.stage);
  }

  /** There may be more reads in a location than are known. */
  open(location: ReadLocation, reason: AbstainReason, place?: Place, detail?: string, generic?: Generic): void {
    this.opened.set(location, wider(this.opened.get(location), { closed: false, reason, place, detail, generic }));
  }

  openReads(reason: AbstainReason, place?: Place, detail?: string, generic?: Generic): void {
    for (const location of locations) this.open(location, reason, place, detail, generic);
  }

  /** How callers prove themselves, as far as the reads show it. */
  protected carrier(at: Place): Pick<Guard, 'scheme' | 'carrier'> {
    const reads = [...this.parameters.values()];
    // Of several guards each reads its own: what is read in the file that refuses comes first.
    const near = reads.filter((read) => read.place.file === at.file);
    for (const read of [...near, ...reads]) {
      if (read.in === 'header' && read.name === 'authorization') {
        const [scheme] = this.recognised;
        return scheme && this.recognised.size === 1 ? { scheme } : {};
      }
      if (isKeyHeader(read.in, read.name)) return { scheme: 'apiKey', carrier: read.name };
      if (read.in === 'cookie') return { scheme: 'cookie', carrier: read.name };
    }
    return {};
  }

  /** The reads as plain data. */
  protected reads(): HandlerFacts['reads'] {
    this.openUnmetChecks();
    const completeness = Object.fromEntries(
      locations.map((location) => [location, this.opened.get(location) ?? closed]),
    );
    return {
      parameters: [...this.parameters]
        .filter(([, read]) => this.isPossible(read))
        .map(([key, read]) =>
          read.required === undefined && this.tolerated.has(key) && !this.demandedSomewhere.has(key)
            ? { ...read, required: false }
            : read,
        ),
      bodies: this.bodies,
      completeness: completeness as Record<ReadLocation, Completeness>,
    };
  }
}

/** Of two reasons the one that leaves more open: what a generic may look at is less than what unknown code may. The first one stays. */
export function wider(before: Completeness | undefined, next: Completeness): Completeness {
  if (!before || before.closed) return next;
  if (next.closed || !before.generic) return before;
  if (!next.generic) return next;
  return before.generic === 'part' && next.generic === 'request' ? next : before;
}

/**
 * A body is required when it has a required field: a missing one is `undefined`, `null` or `{}`, and all of them lack it. Where every
 * field is optional it depends on what the framework hands over for no body, which differs between versions.
 */
function requiredWhole(shape: Shape): boolean | undefined {
  const resolved = resolveShape(shape);
  if (resolved.kind !== 'object') return undefined;
  return [...resolved.fields.values()].some((field) => field.required === true && field.default === undefined)
    ? true
    : undefined;
}
