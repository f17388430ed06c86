// Owns the comparison of what scalars and arrays state beyond their type: values, bounds, lengths, formats, patterns.
// It must not know objects, unions or how differences are reported. Patterns are compared as text and never executed:
// both sides come from the workspace, and a hostile pattern must not be able to stop the analysis.

import type { Direction } from './difference.ts';
import type { ArrayShape, NumberShape, StringShape } from './shape.ts';

/** One disagreement about a constraint. */
export interface ConstraintFault {
  readonly kind: 'enum' | 'constraint';
  readonly name: string;
  readonly code: string | undefined;
  readonly contract: string | undefined;
  readonly lax: boolean;
  readonly certain: boolean;
}

interface Bound {
  readonly limit: number;
  readonly exclusive: boolean;
}

/** Formats whose texts exclude each other; all other formats are annotations to us. */
const disjointFormats = new Set(['date', 'date-time', 'time', 'uuid', 'email', 'uri', 'ipv4', 'ipv6']);
const formatAliases: Readonly<Record<string, string>> = { datetime: 'date-time', url: 'uri', guid: 'uuid', iri: 'uri' };

/** Bounds this far out are how a language or a format spells "any integer". */
const practicallyUnbounded = 2 ** 31 - 1;

/** Compares two string shapes; `code` and `contract` say whose they are. */
export function stringFaults(code: StringShape, contract: StringShape, direction: Direction): ConstraintFault[] {
  const values = valueFaults(code.values, contract.values, direction, (text) => `\`${text}\``, isFree(contract));
  if (values) return values;
  const faults: ConstraintFault[] = [];
  const formats = formatFault(code, contract, direction);
  if (formats) faults.push(formats);
  if (direction === 'response') {
    const lengths = (code.values ?? []).map((value) => value.length);
    faults.push(
      ...outside(lengths, length(contract, 'minLength'), length(contract, 'maxLength'), 'minLength', 'maxLength'),
    );
    return faults;
  }
  const known = contract.values?.map((value) => value.length);
  const decided = known !== undefined || (contract.format === undefined && contract.pattern === undefined);
  if (decided) {
    push(faults, lowerFault('minLength', length(code, 'minLength'), length(contract, 'minLength'), known));
    push(faults, upperFault('maxLength', length(code, 'maxLength'), length(contract, 'maxLength'), known));
  }
  push(faults, patternFault(code, contract));
  return faults;
}

export function numberFaults(code: NumberShape, contract: NumberShape, direction: Direction): ConstraintFault[] {
  const values = valueFaults(code.values, contract.values, direction, String, !lower(contract) && !upper(contract));
  if (values) return values;
  if (direction === 'response') {
    const faults = outside(code.values ?? [], lower(contract), upper(contract), 'minimum', 'maximum');
    const fraction = code.values?.find((value) => !Number.isInteger(value));
    if (contract.integer && fraction !== undefined) faults.push(fault('integer', String(fraction), 'integer'));
    return faults;
  }
  const faults: ConstraintFault[] = [];
  if (code.integer && !contract.integer && contract.values?.every(Number.isInteger) !== true) {
    faults.push(fault('integer', 'integer', undefined));
  }
  const whole = code.integer && contract.integer;
  push(faults, lowerFault('minimum', lower(code, whole), lower(contract, whole), contract.values));
  push(faults, upperFault('maximum', upper(code, whole), upper(contract, whole), contract.values));
  const [step, declared] = [code.multipleOf, contract.multipleOf];
  if (step !== undefined && step !== 1 && step !== declared && !contract.values) {
    const divides = declared !== undefined && Number.isInteger(declared / step);
    if (!divides) faults.push(fault('multipleOf', String(step), declared === undefined ? undefined : String(declared)));
  }
  return faults;
}

/** Compares how many items are accepted; answers are not judged, since code hardly ever states a length. */
export function arrayFaults(code: ArrayShape, contract: ArrayShape, direction: Direction): ConstraintFault[] {
  if (direction === 'response') return [];
  const faults: ConstraintFault[] = [];
  push(faults, lowerFault('minItems', count(code.minItems), count(contract.minItems), undefined));
  push(faults, upperFault('maxItems', count(code.maxItems), count(contract.maxItems), undefined));
  if (code.uniqueItems === true && contract.uniqueItems !== true) faults.push(fault('uniqueItems', 'true', undefined));
  return faults;
}

/** Undefined when the values do not decide the matter, so that the other constraints have to. */
function valueFaults<T>(
  code: readonly T[] | undefined,
  contract: readonly T[] | undefined,
  direction: Direction,
  show: (value: T) => string,
  contractFree: boolean,
): ConstraintFault[] | undefined {
  if (!code) return undefined;
  const list = (values: readonly T[]): string => values.map(show).join(', ');
  if (!contract) {
    if (direction === 'response') return undefined;
    // A contract with a format or a pattern may still mean the same few values.
    return contractFree ? [{ ...fault('enum', list(code), undefined), kind: 'enum' }] : [];
  }
  const undeclared = code.filter((value) => !contract.includes(value));
  const rejected = contract.filter((value) => !code.includes(value));
  const one = (lax: boolean): ConstraintFault[] => [
    { kind: 'enum', name: 'enum', code: list(code), contract: list(contract), lax, certain: true },
  ];
  if (direction === 'response') {
    if (undeclared.length === 0) return [];
    // A type with more values than are ever sent is no proof; a value that is sent in every case is.
    const certain = undeclared.length === code.length;
    return [{ kind: 'enum', name: 'enum', code: list(undeclared), contract: list(contract), lax: false, certain }];
  }
  if (rejected.length > 0) return one(false);
  return undeclared.length > 0 ? one(true) : [];
}

function formatFault(code: StringShape, contract: StringShape, direction: Direction): ConstraintFault | undefined {
  const [mine, declared] = [formatOf(code), formatOf(contract)];
  if (mine === undefined || mine === declared) return undefined;
  if (declared !== undefined) return fault('format', mine, declared);
  if (direction === 'response' || !isFree(contract)) return undefined;
  return contract.format === undefined ? fault('format', mine, undefined) : undefined;
}

function formatOf(shape: StringShape): string | undefined {
  const format = shape.format?.toLowerCase();
  const name = format === undefined ? undefined : (formatAliases[format] ?? format);
  return name !== undefined && disjointFormats.has(name) ? name : undefined;
}

function isFree(contract: { readonly values?: unknown; readonly format?: string; readonly pattern?: string }): boolean {
  return contract.values === undefined && contract.format === undefined && contract.pattern === undefined;
}

function patternFault(code: StringShape, contract: StringShape): ConstraintFault | undefined {
  if (code.pattern === undefined) return undefined;
  if (contract.pattern === undefined) {
    return isFree(contract) ? fault('pattern', code.pattern, undefined) : undefined;
  }
  if (plainPattern(code.pattern) === plainPattern(contract.pattern)) return undefined;
  // Two patterns can be written differently and mean the same.
  return { ...fault('pattern', code.pattern, contract.pattern), certain: false };
}

/** Removes differences of spelling that mean nothing, so that `^[0-9]+$` and `^\d+$` are one pattern. */
function plainPattern(pattern: string): string {
  return pattern
    .replace(/^\/(.*)\/[a-z]*$/s, '$1')
    .replaceAll('\\/', '/')
    .replaceAll('[0-9]', '\\d')
    .replaceAll('[a-zA-Z0-9_]', '\\w')
    .replaceAll('[A-Za-z0-9_]', '\\w')
    .replaceAll('(?:', '(')
    .replace(/^\^\((.*)\)\$$/s, '^$1$');
}

function lowerFault(
  name: string,
  code: Bound | undefined,
  contract: Bound | undefined,
  values: readonly number[] | undefined,
): ConstraintFault | undefined {
  if (!code || code.limit <= -practicallyUnbounded) return undefined;
  const allows = (value: number): boolean => (code.exclusive ? value > code.limit : value >= code.limit);
  if (values) return values.every(allows) ? undefined : fault(name, show(code), show(contract));
  if (!contract) return fault(name, show(code), undefined);
  if (code.limit === contract.limit && code.exclusive === contract.exclusive) return undefined;
  const stricter = code.limit > contract.limit || (code.limit === contract.limit && code.exclusive);
  return { ...fault(name, show(code), show(contract)), lax: !stricter };
}

function upperFault(
  name: string,
  code: Bound | undefined,
  contract: Bound | undefined,
  values: readonly number[] | undefined,
): ConstraintFault | undefined {
  if (!code || code.limit >= practicallyUnbounded) return undefined;
  const allows = (value: number): boolean => (code.exclusive ? value < code.limit : value <= code.limit);
  if (values) return values.every(allows) ? undefined : fault(name, show(code), show(contract));
  if (!contract) return fault(name, show(code), undefined);
  if (code.limit === contract.limit && code.exclusive === contract.exclusive) return undefined;
  const stricter = code.limit < contract.limit || (code.limit === contract.limit && code.exclusive);
  return { ...fault(name, show(code), show(contract)), lax: !stricter };
}

function outside(
  values: readonly number[],
  low: Bound | undefined,
  high: Bound | undefined,
  lowName: string,
  highName: string,
): ConstraintFault[] {
  const below = low && values.find((value) => (low.exclusive ? value <= low.limit : value < low.limit));
  const above = high && values.find((value) => (high.exclusive ? value >= high.limit : value > high.limit));
  const faults: ConstraintFault[] = [];
  if (below !== undefined) faults.push(fault(lowName, String(below), show(low)));
  if (above !== undefined) faults.push(fault(highName, String(above), show(high)));
  return faults;
}

/** The lower bound; for whole numbers an exclusive bound is the inclusive one next to it, so that `> 0` is `>= 1`. */
function lower(shape: NumberShape, whole = shape.integer): Bound | undefined {
  const { minimum, exclusiveMinimum } = shape;
  if (exclusiveMinimum !== undefined && (minimum === undefined || exclusiveMinimum >= minimum)) {
    if (whole) return { limit: Math.floor(exclusiveMinimum) + 1, exclusive: false };
    return { limit: exclusiveMinimum, exclusive: true };
  }
  return minimum === undefined ? undefined : { limit: minimum, exclusive: false };
}

function upper(shape: NumberShape, whole = shape.integer): Bound | undefined {
  const { maximum, exclusiveMaximum } = shape;
  if (exclusiveMaximum !== undefined && (maximum === undefined || exclusiveMaximum <= maximum)) {
    if (whole) return { limit: Math.ceil(exclusiveMaximum) - 1, exclusive: false };
    return { limit: exclusiveMaximum, exclusive: true };
  }
  return maximum === undefined ? undefined : { limit: maximum, exclusive: false };
}

function length(shape: StringShape, name: 'minLength' | 'maxLength'): Bound | undefined {
  return name === 'minLength' ? count(shape.minLength) : count(shape.maxLength);
}

/** A bound of zero from below says nothing. */
function count(limit: number | undefined): Bound | undefined {
  return limit === undefined ? undefined : { limit, exclusive: false };
}

function show(bound: Bound | undefined): string | undefined {
  if (!bound) return undefined;
  return bound.exclusive ? `${bound.limit} (exclusive)` : String(bound.limit);
}

function fault(name: string, code: string | undefined, contract: string | undefined): ConstraintFault {
  return { kind: 'constraint', name, code, contract, lax: false, certain: true };
}

function push(faults: ConstraintFault[], found: ConstraintFault | undefined): void {
  if (!found) return;
  // Nothing can be shorter than empty: a lower bound of zero on lengths rejects nobody.
  if (/^min(Length|Items)$/.test(found.name) && found.code === '0') return;
  faults.push(found);
}
