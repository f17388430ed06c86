// Owns the offers that make a schema say what the code does, for each kind of difference between two shapes.
// It must not know what any rule decides.

import type { Place } from '../../base/place.ts';
import type { Contract, ContractPlace } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { Difference } from '../../shape/difference.ts';
import { alternatives, resolveShape, type Shape } from '../../shape/shape.ts';
import { contractOffer } from './offers.ts';
import { propertyOffer } from './property-offer.ts';
import { fieldOffer } from './required-offer.ts';
import { schemaOf } from './schema.ts';
import { valuesOffer } from './values-offer.ts';

type Offers = readonly FixOffer[];

/** The offers for one difference; none where the place of the schema, or what to write there, is not known exactly. */
export function schemaOffers(contract: Contract, difference: Difference): Offers {
  const place = exact(difference.contractOrigin);
  if (!place) return [];
  const { kind } = difference;
  if (kind === 'field-undeclared') return propertyOffer(contract, place, difference);
  if (kind === 'field-missing' || kind === 'required-unenforced') return fieldOffer(place, difference.path, false);
  if (kind === 'required-undeclared') return fieldOffer(place, difference.path, true);
  const schema = { file: place.file, pointer: schemaPointer(place.pointer) };
  if (kind === 'null') return nullOffer(contract, schema, difference);
  if (difference.detail) return constraintOffer(contract, schema, difference, difference.detail.name);
  return kind === 'type' ? typeOffer(contract, schema, difference.code, difference.contract) : [];
}

const exact = (place: Place | undefined): ContractPlace | undefined =>
  place && 'pointer' in place && typeof place.pointer === 'string' ? (place as ContractPlace) : undefined;

type At = { readonly file: string; readonly pointer: string };

/** Null is added for what the code sends; what a validator refuses is another matter. */
function nullOffer(contract: Contract, at: At, { code, contract: declared }: Difference): Offers {
  if (!declared || (code && alternatives(code).every((one) => one.kind !== 'null'))) return [];
  const members = alternatives(declared);
  const plain = members.every((member) => ['boolean', 'number', 'string', 'array', 'object'].includes(member.kind));
  return plain && new Set(members.map(({ kind }) => kind)).size === 1
    ? [contractOffer('set-nullable', 'Allow null in the schema', contract, at, {})]
    : [];
}

/** The offer to change the type of a schema that has a plain one. */
export function typeOffer(contract: Contract, at: At, code: Shape | undefined, declared: Shape | undefined): Offers {
  const schema = schemaOf(code);
  const type = schema?.type;
  if (typeof type !== 'string' || type === 'object' || !declared || !isPlainType(declared)) return [];
  const { format, items } = schema ?? {};
  const wanted = {
    type,
    ...(format === undefined ? {} : { format }),
    ...(items === undefined ? {} : { items }),
    ...(code && alternatives(code).some((one) => one.kind === 'null') ? { nullable: true } : {}),
  };
  return [contractOffer('set-type', `Declare the type ${type}`, contract, at, { schema: wanted })];
}

/** One scalar or list, without a list of values. */
function isPlainType(shape: Shape): boolean {
  const [only, ...others] = alternatives(shape).filter((member) => member.kind !== 'null');
  if (!only || others.length > 0) return false;
  if (only.kind === 'string' || only.kind === 'number') return only.values === undefined;
  return only.kind === 'boolean' ? only.value === undefined : only.kind === 'array';
}

const values: ReadonlySet<string> = new Set(['enum', 'const']);

/** The offer for a bound, a format or a list of values. */
export function constraintOffer(contract: Contract, at: At, difference: Difference, name: string): Offers {
  const { code, contract: declared } = difference;
  if (!code || !declared) return [];
  if (values.has(name)) return valuesOffer(contract, at, code, declared);
  if (name === 'integer') {
    const plain = resolveShape(code);
    const type = plain.kind === 'number' && plain.integer ? 'integer' : 'number';
    return [contractOffer('set-type', `Declare the type ${type}`, contract, at, { schema: { type } })];
  }
  // Before 3.1 an exclusive bound is a flag beside the bound.
  if (name.startsWith('exclusive') && ['2.0', '3.0'].includes(contract.specification)) return [];
  const value = (resolveShape(code) as unknown as Readonly<Record<string, unknown>>)[name];
  if (!['string', 'number', 'boolean', 'undefined'].includes(typeof value)) return [];
  const keyword = { keyword: name, ...(value === undefined ? {} : { value }) };
  const title = value === undefined ? `Remove ${name} from the schema` : `Declare ${name} ${String(value)}`;
  return [contractOffer('set-constraint', title, contract, at, keyword)];
}

/** A shape is stated by its keyword; the schema is what carries the keyword, unless that is a property of this name. */
function schemaPointer(pointer: string): string {
  return /\/properties\/(?:type|enum|const)$/.test(pointer) ? pointer : pointer.replace(/\/(?:type|enum|const)$/, '');
}
