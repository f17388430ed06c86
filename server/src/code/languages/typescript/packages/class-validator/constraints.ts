// Owns what each decorator of class-validator demands of a value, as facts of a scalar shape.
// It must not know classes or optionality.

import { members } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import type { Note } from '../../nest/notes.ts';
import { numberOf, textOf, type Value } from '../../value.ts';

/** What is demanded of one value, gathered over all decorators of a field. */
export interface Demands {
  kind?: 'string' | 'number' | 'integer' | 'boolean' | 'date' | 'object' | 'array' | 'constants';
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  values?: readonly (string | number | boolean | null)[];
  nested?: boolean;
  /** Something is checked that cannot be told as a shape. */
  refined?: boolean;
  /** Texts that are numbers pass. */
  numeric?: boolean;
}

/** Decorators that demand a text of some form. A form that JSON Schema names is told, others narrow in a way that is not. */
const texts: Readonly<Record<string, string | null>> = {
  IsEmail: 'email',
  IsUUID: 'uuid',
  IsUrl: null,
  IsISO8601: null,
  IsDateString: null,
  IsRFC3339: 'date-time',
  IsIP: null,
  IsJSON: null,
  IsJWT: null,
  IsAlpha: null,
  IsAlphanumeric: null,
  IsAscii: null,
  IsBase64: null,
  IsBase32: null,
  IsBase58: null,
  IsByteLength: null,
  IsCreditCard: null,
  IsCurrency: null,
  IsISO4217CurrencyCode: null,
  IsISO31661Alpha2: null,
  IsISO31661Alpha3: null,
  IsISO6391: null,
  IsDataURI: null,
  IsDecimal: null,
  IsEthereumAddress: null,
  IsBtcAddress: null,
  IsFQDN: null,
  IsHash: null,
  IsHexColor: null,
  IsHexadecimal: null,
  IsIBAN: null,
  IsBIC: null,
  IsISBN: null,
  IsISSN: null,
  IsISIN: null,
  IsEAN: null,
  IsLocale: null,
  IsLowercase: null,
  IsUppercase: null,
  IsMACAddress: null,
  IsMagnetURI: null,
  IsMilitaryTime: null,
  IsMimeType: null,
  IsMobilePhone: null,
  IsPhoneNumber: null,
  IsMongoId: null,
  IsNumberString: null,
  IsOctal: null,
  IsPassportNumber: null,
  IsIdentityCard: null,
  IsPort: null,
  IsPostalCode: null,
  IsRgbColor: null,
  IsHSL: null,
  IsSemVer: null,
  IsStrongPassword: null,
  IsTimeZone: null,
  IsTaxId: null,
  IsVariableWidth: null,
  Contains: null,
  NotContains: null,
};

/** Decorators that say nothing of the value itself. */
export const silent = new Set(['IsOptional', 'IsDefined', 'ValidateIf', 'ValidateNested', 'Allow', 'ValidatePromise']);

/** Adds what one decorator demands. False when it is not known to demand anything in particular. */
export function addDemand(m: Machine, demands: Demands, note: Note): boolean {
  const { name, args } = note;
  const number = (at: number): number | undefined => numberOf(args[at]);
  if (name in texts) {
    demands.kind ??= 'string';
    const format = texts[name];
    if (format) demands.format ??= format;
    else demands.refined = true;
    if (name === 'IsNumberString') demands.numeric = true;
    return true;
  }
  switch (name) {
    case 'IsString':
      demands.kind = 'string';
      return true;
    case 'IsInt':
      demands.kind = 'integer';
      return true;
    case 'IsNumber':
    case 'IsLatitude':
    case 'IsLongitude':
      demands.kind ??= 'number';
      return true;
    case 'IsBoolean':
      demands.kind = 'boolean';
      return true;
    case 'IsDate':
      demands.kind = 'date';
      return true;
    case 'MinDate':
    case 'MaxDate':
      demands.kind = 'date';
      demands.refined = true;
      return true;
    case 'IsObject':
    case 'IsNotEmptyObject':
    case 'IsInstance':
      demands.kind ??= 'object';
      return true;
    case 'IsArray':
      demands.kind = 'array';
      return true;
    case 'IsBooleanString':
      demands.kind = 'string';
      demands.values = ['true', 'false', '1', '0'];
      return true;
    case 'Length':
      demands.kind ??= 'string';
      demands.minLength = number(0);
      if (args.length > 1) demands.maxLength = number(1);
      return true;
    case 'MinLength':
      demands.kind ??= 'string';
      demands.minLength = number(0);
      return true;
    case 'MaxLength':
      demands.kind ??= 'string';
      demands.maxLength = number(0);
      return true;
    case 'Matches':
      demands.kind ??= 'string';
      addPattern(demands, args[0]);
      return true;
    case 'Min':
      demands.kind ??= 'number';
      demands.minimum = number(0);
      return true;
    case 'Max':
      demands.kind ??= 'number';
      demands.maximum = number(0);
      return true;
    case 'IsPositive':
      demands.kind ??= 'number';
      demands.exclusiveMinimum = 0;
      return true;
    case 'IsNegative':
      demands.kind ??= 'number';
      demands.exclusiveMaximum = 0;
      return true;
    case 'IsDivisibleBy':
      demands.kind ??= 'number';
      demands.multipleOf = number(0);
      return true;
    case 'ArrayMinSize':
      demands.kind = 'array';
      demands.minItems = number(0);
      return true;
    case 'ArrayNotEmpty':
      demands.kind = 'array';
      demands.minItems ??= 1;
      return true;
    case 'ArrayMaxSize':
      demands.kind = 'array';
      demands.maxItems = number(0);
      return true;
    case 'ArrayUnique':
      demands.kind = 'array';
      // With a function the items are compared by what it gives.
      if (args[0]?.kind !== 'function') demands.uniqueItems = true;
      return true;
    case 'ArrayContains':
    case 'ArrayNotContains':
      demands.kind = 'array';
      demands.refined = true;
      return true;
    case 'IsIn':
    case 'IsEnum':
      return addValues(m, demands, args[0]);
    case 'Equals':
      return args[0] ? addValues(m, demands, { kind: 'array', items: [args[0]] }) : false;
    case 'IsNotEmpty':
      if (demands.kind === 'string') demands.minLength ??= 1;
      return true;
    case 'IsNotIn':
    case 'NotEquals':
      demands.refined = true;
      return true;
    default:
      return false;
  }
}

function addPattern(demands: Demands, value: Value | undefined): void {
  const source = value?.kind === 'external' && value.package === ':regexp' ? value.path[0] : undefined;
  const read = source === undefined ? undefined : /^\/(.*)\/([a-z]*)$/s.exec(source);
  if (read && (read[2] === '' || read[2] === 'u')) demands.pattern ??= read[1];
  else if (textOf(value) !== undefined) demands.pattern ??= textOf(value);
  else demands.refined = true;
}

/** The constants that an enum or a list allows. */
function addValues(m: Machine, demands: Demands, value: Value | undefined): boolean {
  demands.kind = 'constants';
  const found: (string | number | boolean | null)[] = [];
  const items =
    value?.kind === 'array'
      ? value.rest
        ? undefined
        : value.items
      : value?.kind === 'object' && !value.open
        ? [...value.props.values()].map((cell) => m.force(cell))
        : undefined;
  for (const item of items ?? []) {
    for (const member of members(item)) {
      const constant = member.kind === 'literal' ? member.value : undefined;
      if (constant === undefined || typeof constant === 'bigint') {
        demands.refined = true;
        return true;
      }
      found.push(constant);
    }
  }
  if (items && items.length > 0) demands.values = found;
  else demands.refined = true;
  return true;
}
