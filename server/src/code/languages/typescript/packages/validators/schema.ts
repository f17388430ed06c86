// Owns the description of a validator's schema, the same for every library: what it takes, what it may leave out, what it makes of it.
// It must not know any one library, and it holds no conversion to shapes.

import type { Place } from '../../../../../base/place.ts';
import type {
  AdditionalFields,
  BooleanShape,
  NeverShape,
  NullShape,
  NumberShape,
  Shape,
  StringShape,
  UnknownShape,
} from '../../../../../shape/shape.ts';
import type { AbstainReason } from '../../../../model.ts';
import type { Value } from '../../value.ts';

export type ScalarShape = StringShape | NumberShape | BooleanShape | NullShape | NeverShape | UnknownShape;

/** Which conversion happens before the check: the input side then takes more than the shape says. */
export type Coercion = 'number' | 'boolean' | 'string' | 'date';

export interface SchemaField {
  readonly schema: Schema;
  /** The field's name in the text. */
  readonly origin?: Place;
}

export type SchemaBody =
  | { readonly kind: 'scalar'; readonly shape: ScalarShape; readonly output?: Shape }
  | {
      readonly kind: 'object';
      readonly fields: ReadonlyMap<string, SchemaField>;
      readonly additional: AdditionalFields;
      /** What unnamed fields must be. */
      readonly rest?: Schema;
      readonly reason?: AbstainReason;
      /** Whether unnamed fields are dropped from the result. */
      readonly strips: boolean;
    }
  | {
      readonly kind: 'array';
      readonly items: Schema;
      readonly minItems?: number;
      readonly maxItems?: number;
      readonly uniqueItems?: boolean;
      readonly single?: boolean;
    }
  | { readonly kind: 'record'; readonly keys?: Schema; readonly values: Schema }
  | { readonly kind: 'union'; readonly options: readonly Schema[] }
  | { readonly kind: 'intersection'; readonly parts: readonly Schema[] }
  /** The result of the first is checked by the second. */
  | { readonly kind: 'pipe'; readonly first: Schema; readonly second: Schema }
  /** What passes is turned into something else. `output` runs the function when it is first asked for. */
  | { readonly kind: 'mapped'; readonly inner: Schema; readonly output: () => Value }
  /** What comes in is turned into something else before the check. `given` is what the function makes of a text. */
  | { readonly kind: 'prepared'; readonly inner: Schema; readonly given: () => Value }
  | { readonly kind: 'lazy'; readonly resolve: () => Schema | undefined }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Schema {
  readonly body: SchemaBody;
  readonly place?: Place;
  /** Whether the field may be left out of the input: `false` rejects absence. */
  readonly optional: boolean | undefined;
  readonly nullable?: boolean;
  /** Constants that pass although the rest of the schema would reject them. */
  readonly also?: Shape;
  readonly coerces?: Coercion;
  /** Set when the language's own functions convert (`new Date(x)`, `Number(x)`), which take null and booleans as well. */
  readonly coercesAll?: boolean;
  /** A default for what is absent; `value` is missing when it is not a constant. */
  readonly fallback?: { readonly value?: unknown };
  /** Checks follow that are not read (refinements): less may pass than the shape says, and an object may need more of its fields. */
  readonly refined?: boolean;
}

/** What the `data` of a native value holds that stands for a schema. */
export class DescribedSchema {
  constructor(readonly schema: Schema) {}
}

/** The schema that a value stands for, whichever library made it. */
export function schemaOf(value: Value | undefined): Schema | undefined {
  return value?.kind === 'native' && value.data instanceof DescribedSchema ? value.data.schema : undefined;
}

export const unknownSchema = (reason: string, place?: Place): Schema => ({
  body: { kind: 'unknown', reason },
  place,
  optional: undefined,
});
export const scalar = (shape: ScalarShape, place?: Place, facts: Partial<Schema> = {}): Schema => ({
  body: { kind: 'scalar', shape },
  place,
  optional: false,
  ...facts,
});
