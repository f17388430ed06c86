// Owns express-validator's chains: what each validator and sanitizer says of a field, by method or by schema.
// It must not know requests or when a chain runs.

import type { Place } from '../../../../../base/place.ts';
import { booleanShape, numberShape, stringShape, unknownShape } from '../../../../../shape/shape.ts';
import type { ReadLocation } from '../../../../model.ts';
import type { Machine } from '../../machine.ts';
import { type CallSite, numberOf, type Value } from '../../value.ts';
import { shapeOfConstants } from '../json-schema.ts';
import { constantOf } from '../validators/constants.ts';
import { patternOf } from '../validators/scalars.ts';
import { type ScalarShape, type Schema, scalar } from '../validators/schema.ts';

/** The check of some fields in some places of the request. */
export interface Chain {
  /** Undefined: `check()` looks everywhere. */
  readonly in: ReadLocation | undefined;
  /** Names as written; undefined when they cannot be seen. */
  readonly fields: readonly string[] | undefined;
  readonly schema: Schema;
  /** Whether some validator rejects absence. */
  readonly demands: boolean | undefined;
  readonly optional: boolean;
  /** Whether anything is validated; sanitizers alone reject nothing. */
  readonly validates: boolean;
  /** `.not()` turns the next validator round. */
  readonly negated: boolean;
  readonly place: Place;
}

export function startChain(
  location: ReadLocation | undefined,
  fields: readonly string[] | undefined,
  place: Place,
): Chain {
  const schema = scalar(unknownShape(undefined, place), place);
  return { in: location, fields, schema, demands: false, optional: false, validates: false, negated: false, place };
}

/** Options given to a validator: `isInt({ min: 1 })`, or `{ isInt: { options: { min: 1 } } }`. */
type Options = readonly Value[];

const scalarOf = (chain: Chain, shape: ScalarShape, facts: Partial<Schema> = {}): Schema => ({
  ...chain.schema,
  body: { kind: 'scalar', shape: { ...shape, origin: chain.place } },
  place: chain.place,
  ...facts,
});

const formats: Readonly<Record<string, string>> = {
  isEmail: 'email',
  isUUID: 'uuid',
  isURL: 'uri',
  isRFC3339: 'date-time',
};

/** Validators of which the empty text may pass, so that absence is not certain to be rejected. */
const lenient = new Set([
  'custom',
  'matches',
  'contains',
  'isEmpty',
  'isAscii',
  'isHexadecimal',
  'equals',
  'isWhitelisted',
  'isLowercase',
  'isUppercase',
  'isLength',
  'isByteLength',
  'isBase64',
  'isMultibyte',
  'isFullWidth',
  'isHalfWidth',
  'isVariableWidth',
  'isSurrogatePair',
  'isHash',
]);

/** The validators of express-validator and of validator.js on which it rests; others are the service's own. */
const standard =
  /^is(String|Array|Object|ULID|After|Before|Alpha|Alphanumeric|AbaRouting|BIC|Base32|Base58|BtcAddress|Boolean|CreditCard|Currency|DataURI|Date|Decimal|DivisibleBy|EAN|Email|EthereumAddress|FQDN|Float|FreightContainerID|HSL|HexColor|IBAN|IMEI|IP|IPRange|ISBN|ISIN|ISO\w+|ISRC|ISSN|IdentityCard|In|Int|JSON|JWT|LatLong|LicensePlate|Locale|LuhnNumber|MACAddress|MD5|MagnetURI|MailtoURI|MimeType|MobilePhone|MongoId|Numeric|Octal|PassportNumber|Port|PostalCode|RFC3339|RgbColor|SemVer|Slug|StrongPassword|TaxID|Time|URL|UUID|VAT)$/;

const sanitizers =
  /^(to[A-Z]\w*|trim|ltrim|rtrim|escape|unescape|normalizeEmail|blacklist|whitelist|stripLow|replace|customSanitizer|default|hide)$/;
const context = new Set(['bail', 'withMessage', 'if', 'not', 'optional', 'run', 'exists', 'notEmpty']);

export const isChainMethod = (name: string): boolean =>
  /^is[A-Z]/.test(name) ||
  context.has(name) ||
  sanitizers.test(name) ||
  ['custom', 'matches', 'equals', 'contains'].includes(name);

/** The chain after one method. */
export function extend(m: Machine, chain: Chain, name: string, options: Options, site: Pick<CallSite, 'place'>): Chain {
  const next: Chain = { ...chain, place: site.place };
  switch (name) {
    case 'withMessage':
    case 'bail':
    case 'hide':
      return chain;
    case 'not':
      return { ...next, negated: !chain.negated };
    case 'if':
      // Whether the chain applies is decided by the request.
      return { ...next, demands: undefined };
    case 'optional':
      return optionalChain(m, next, options[0]);
    case 'default': {
      const constant = options[0] ? constantOf(m, options[0]) : undefined;
      return { ...next, schema: { ...chain.schema, fallback: constant ?? {} } };
    }
    case 'exists':
    case 'notEmpty':
      return { ...next, validates: true, demands: chain.negated ? chain.demands : demand(chain), negated: false };
    default:
      break;
  }
  if (sanitizers.test(name)) return next;
  if (chain.negated) return { ...next, negated: false, validates: true };
  // A validator of the service's own may accept anything, even absence.
  if (!lenient.has(name) && !standard.test(name)) return { ...next, validates: true };
  const shape = shapeAfter(m, next, name, options);
  const rejects = lenient.has(name) ? name === 'isLength' && (bounds(m, options[0]).min ?? 0) > 0 : true;
  return { ...next, validates: true, demands: rejects ? demand(chain) : chain.demands, schema: shape };
}

/** A demand stands unless a condition made the chain uncertain. */
function demand(chain: Chain): boolean | undefined {
  return chain.demands === undefined ? undefined : true;
}

function optionalChain(m: Machine, chain: Chain, options: Value | undefined): Chain {
  const off = options?.kind === 'literal' && options.value === false;
  if (off) return chain;
  const constant = options ? constantOf(m, options)?.value : undefined;
  const given = (constant ?? {}) as { nullable?: unknown; checkFalsy?: unknown; values?: unknown };
  const nullable =
    given.nullable === true || given.checkFalsy === true || given.values === 'null' || given.values === 'falsy';
  return { ...chain, optional: true, schema: { ...chain.schema, nullable: nullable || chain.schema.nullable } };
}

function bounds(m: Machine, options: Value | undefined): Partial<Record<'min' | 'max' | 'gt' | 'lt', number>> {
  const found: Partial<Record<'min' | 'max' | 'gt' | 'lt', number>> = {};
  if (options?.kind !== 'object') return found;
  for (const key of ['min', 'max', 'gt', 'lt'] as const) {
    const cell = options.props.get(key);
    const limit = cell ? numberOf(m.force(cell)) : undefined;
    if (limit !== undefined) found[key] = limit;
  }
  return found;
}

function shapeAfter(m: Machine, chain: Chain, name: string, options: Options): Schema {
  const { schema } = chain;
  const current = schema.body.kind === 'scalar' ? schema.body.shape : undefined;
  const text = current?.kind === 'string' ? current : stringShape(chain.place);
  const fresh = !current || current.kind === 'unknown' || current.kind === 'string';
  const { min, max, gt, lt } = bounds(m, options[0]);
  const defined = <T extends object>(facts: T): T =>
    Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
  switch (name) {
    case 'isString':
      return fresh ? scalarOf(chain, text, { coerces: undefined }) : schema;
    case 'isInt':
      return scalarOf(
        chain,
        numberShape(
          chain.place,
          defined({ integer: true, minimum: min, maximum: max, exclusiveMinimum: gt, exclusiveMaximum: lt }),
        ),
        { coerces: 'number' },
      );
    case 'isFloat':
    case 'isDecimal':
    case 'isNumeric':
      return scalarOf(
        chain,
        numberShape(chain.place, defined({ minimum: min, maximum: max, exclusiveMinimum: gt, exclusiveMaximum: lt })),
        { coerces: 'number' },
      );
    case 'isBoolean':
      return scalarOf(chain, booleanShape(chain.place), { coerces: 'boolean' });
    case 'isLength':
      return current?.kind === 'number' || schema.body.kind !== 'scalar'
        ? schema
        : scalarOf(chain, { ...text, ...defined({ minLength: min, maxLength: max }) });
    case 'isIn':
      return inList(chain, options[0]);
    case 'matches': {
      const pattern = options.length === 1 ? patternOf(options[0]) : undefined;
      return pattern !== undefined && fresh ? scalarOf(chain, { ...text, pattern }) : schema;
    }
    case 'isArray': {
      const items = unknownShape(undefined, chain.place);
      return {
        ...schema,
        body: { kind: 'array', items: scalar(items, chain.place), minItems: min, maxItems: max },
        place: chain.place,
      };
    }
    case 'isObject':
      return {
        ...schema,
        body: { kind: 'object', fields: new Map(), additional: 'allowed', strips: false },
        place: chain.place,
      };
    case 'custom':
    case 'isEmpty':
    case 'equals':
    case 'contains':
      return schema;
    default: {
      const format = formats[name];
      return fresh ? scalarOf(chain, format ? { ...text, format } : text) : schema;
    }
  }
}

function inList(chain: Chain, list: Value | undefined): Schema {
  if (list?.kind !== 'array' || list.rest) return chain.schema;
  const shape = shapeOfConstants(list.items, chain.place);
  if (shape.kind === 'union' || shape.kind === 'unknown') return chain.schema;
  return scalarOf(chain, shape as ScalarShape);
}

/** The chain of one entry of `checkSchema`: methods by name, in the order in which they are written. */
export function chainOfEntry(
  m: Machine,
  name: string,
  entry: Value,
  locations: readonly (ReadLocation | undefined)[],
  place: Place,
): Chain[] {
  if (entry.kind !== 'object') return locations.map((location) => startChain(location, [name], place));
  return locations.map((location) => {
    let chain = startChain(location, [name], place);
    for (const [key, cell] of entry.props) {
      const held = m.force(cell);
      if (!isChainMethod(key) || (held.kind === 'literal' && (held.value === false || held.value === undefined)))
        continue;
      const given = held.kind === 'object' ? held.props.get('options') : undefined;
      const options = given ? m.force(given) : undefined;
      const list =
        options?.kind === 'array' && key !== 'isIn'
          ? options.items
          : options?.kind === 'array' && options.items[0]?.kind === 'array'
            ? options.items
            : options
              ? [options]
              : [];
      const negates = held.kind === 'object' && truthy(m, held.props.get('negated'));
      chain = extend(m, negates ? { ...chain, negated: true } : chain, key, list, {
        place: entry.places?.get(key) ?? place,
      });
    }
    return chain;
  });
}

function truthy(m: Machine, cell: Parameters<Machine['force']>[0] | undefined): boolean {
  const value = cell && m.force(cell);
  return value?.kind === 'literal' && value.value === true;
}
