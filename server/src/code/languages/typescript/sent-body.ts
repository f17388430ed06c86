// Owns what a body is sent as: the media type where nothing names one, and the data behind a text of JSON.
// It must not know any one framework; what each makes of a text is its argument.

import { alternatives, type Shape } from '../../../shape/shape.ts';
import { isEmpty, type Value } from './value.ts';

/** What a framework sends bodies as when nothing names a type. */
export interface ImpliedTypes {
  /** The type of a text, of which the beginning is given as far as it is known. */
  text(start: string): string;
  /** The type of what is serialised; absent where nothing is. */
  readonly data?: string;
}

/** The media type that all alternatives of a body have in common; undefined where they differ or one is not known. */
export function impliedType(parts: readonly Value[], implied: ImpliedTypes): string | undefined {
  const types = new Set(parts.filter((part) => !isEmpty(part)).map((part) => typeOf(part, implied)));
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOf(part: Value, implied: ImpliedTypes): string | undefined {
  switch (part.kind) {
    case 'object':
    case 'array':
    case 'typed':
      return implied.data;
    case 'literal':
      return typeof part.value === 'string' ? implied.text(part.value) : implied.data;
    case 'template':
      return implied.text(typeof part.parts[0] === 'string' ? part.parts[0] : '');
    case 'native':
      return isJsonText(part) ? implied.text('') : undefined;
    case 'unknown':
      return part.shape && typeOfShape(part.shape, implied);
    default:
      return undefined;
  }
}

function typeOfShape(shape: Shape, implied: ImpliedTypes): string | undefined {
  const types = new Set(
    alternatives(shape)
      .filter(({ kind }) => kind !== 'null' && kind !== 'never')
      .map(({ kind }) => (kind === 'unknown' ? undefined : kind === 'string' ? implied.text('') : implied.data)),
  );
  return types.size === 1 ? [...types][0] : undefined;
}

/** Whether a value is what `JSON.stringify` gave. */
function isJsonText(value: Value): boolean {
  return value.kind === 'native' && value.model.name === 'json-text';
}

/** What leaves of a body: `JSON.stringify(x)` under a JSON type sends x's JSON. */
export function sentAs(body: Value, mediaType: string | undefined): Value {
  return body.kind === 'native' && isJsonText(body) && mediaType?.includes('json') ? (body.data as Value) : body;
}
