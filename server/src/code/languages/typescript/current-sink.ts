// Owns the sink of inputs that outlive one route's run: it hands everything to whichever collector is current.
// It must not know any one framework.

import type { Place } from '../../../base/place.ts';
import { resolveShape, type Shape } from '../../../shape/shape.ts';
import type { AbstainReason } from '../../model.ts';
import { isCredential } from './credentials.ts';
import type { FactCollector } from './facts.ts';
import { type InputSink, partKey } from './input-sink.ts';
import { members } from './join.ts';
import type { Cell, InputValue } from './value.ts';

/** A sink that hands everything to whichever collector is current, for values that outlive one route's run. */
export class CurrentSink implements InputSink {
  /** The names in the path of the route that runs, where they are known. */
  pathNames: ReadonlySet<string> | undefined;

  /** Names in the path that every request of the route which runs has, and never empty. */
  filled: ReadonlySet<string> | undefined;

  readonly written = new Map<string, Cell>();

  /** Whether the code asked for something that carries who the caller is. */
  asked = false;

  /** With `bare`, the request brings nothing that says who sends it. */
  constructor(
    private collector: FactCollector,
    private readonly bare = false,
  ) {}

  /** Whether the request brings nothing that says who sends it; who asks decides by it. */
  isBare(): boolean {
    this.asked = true;
    this.collector.m.particular++;
    return this.bare;
  }

  /** Who is told now. Whatever asks for it does something that belongs to the request that runs, and to no other. */
  get target(): FactCollector {
    this.collector.m.particular++;
    return this.collector;
  }

  set target(collector: FactCollector) {
    this.collector = collector;
  }
  gives(part: InputValue): boolean {
    this.collector.m.particular++;
    return part.in === 'path' && this.filled?.has(part.name) === true;
  }
  lacks(part: InputValue): boolean {
    this.collector.m.particular++;
    if (isCredential(part.in, part.name)) {
      this.asked = true;
      return this.bare;
    }
    return part.in === 'path' && this.pathNames?.has(part.name) === false;
  }
  read(input: InputValue, place: Place): void {
    this.target.read(input, place);
  }
  convert(input: InputValue, shape: Shape, place: Place): void {
    this.target.convert(input, shape, place);
  }
  defaultTo(input: InputValue, value: unknown, place: Place): void {
    this.target.defaultTo(input, value, place);
  }
  tolerate(input: InputValue): void {
    this.target.tolerate(input);
  }
  recognise(_input: InputValue, scheme: 'bearer' | 'basic'): void {
    this.target.recognise(scheme);
  }
  escape(input: InputValue, reason: AbstainReason, place: Place, generic = false): void {
    this.target.escape(input, reason, place, generic);
  }
  validate(input: InputValue, shape: Shape, place: Place): void {
    this.target.validate(input, this.asBrought(input, shape), place);
  }
  declare(input: InputValue, shape: Shape, place: Place): void {
    this.target.declare(input, shape, place);
  }

  /** What a check asks of the caller: fields that the code itself has put into the request are not asked for. */
  private asBrought(input: InputValue, shape: Shape): Shape {
    const plain = this.written.size === 0 ? undefined : resolveShape(shape);
    if (plain?.kind !== 'object') return shape;
    const fields = new Map(plain.fields);
    for (const field of plain.fields.values()) {
      const value = this.written.get(partKey(input, field.name))?.value;
      if (!value) continue;
      // What is put there only where it lacks may still come with the request.
      if (members(value).some((one) => one.kind === 'input')) fields.set(field.name, { ...field, required: undefined });
      else fields.delete(field.name);
    }
    return { ...plain, fields };
  }
}
