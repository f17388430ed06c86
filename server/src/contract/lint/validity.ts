// Owns asking whether the parts of a contract have the form that their version of the specification prescribes, part by part, and
// saying what is wrong at its exact place. It must not know rules.

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { tokensOf } from '../../base/pointer.ts';
import type { ContractNode } from '../load/contract-node.ts';
import { lazily } from '../load/lazily.ts';
import type { ModelContext } from '../load/model-context.ts';
import type { SpecificationVersion, Violation } from '../model.ts';
import { definitionPointer, officialSchema, sectionPointer } from './official-schemas.ts';
import { Patterns } from './patterns.ts';

/** What is wrong below a part, as keys from the part. */
interface Fault {
  readonly path: readonly string[];
  readonly message: string;
  /** Whether the key is wrong, rather than what it holds. */
  readonly key: boolean;
  /** `text`: a text has to stand there. `description`: it lacks one. */
  readonly wants?: 'text' | 'description';
}

/** More faults of one part than this have one cause. */
const mostFaults = 10;
/** A contract with more than this is no contract of this version. */
const mostViolations = 100;

/** Validators by version, compiled when first asked for: they are the same for every contract. */
const validators = new Map<SpecificationVersion, (pointer: string) => ValidateFunction | undefined>();

/** What is known of parts, by the identity of their text. */
const known = new WeakMap<object, Map<string, readonly Fault[]>>();

const bare: ReadonlySet<string> = new Set([
  'paths',
  'webhooks',
  'components',
  'definitions',
  'parameters',
  'responses',
]);

/** Every place at which the root document of a contract breaks the rules of its version, in the order of the text. */
export function findInvalidParts(context: ModelContext): readonly Violation[] {
  const { root, specification: version } = context;
  if (root.kind !== 'map' || root.broken || root.strayLines) return [];
  const found: Violation[] = [];
  const check = (node: ContractNode, pointer: string, referable = false): void => {
    if (found.length >= mostViolations) return;
    for (const fault of faultsOf(node, version, pointer, referable)) found.push(violationOf(node, fault));
  };
  checkRoot(root, version, found);
  for (const key of ['paths', 'webhooks']) {
    for (const entry of root.get(key)?.entries() ?? []) {
      if (!entry.token.startsWith('x-') && entry.kind === 'map') check(entry, definitionPointer(version, 'path-item'));
    }
  }
  const home = version === '2.0' ? root : root.get('components');
  for (const section of home?.entries() ?? []) {
    const pointer = sectionPointer(version, section.token);
    if (pointer === undefined) continue;
    for (const entry of section.entries()) {
      // Up to 3.0 the definitions do not allow for references, which may stand in the place of every component.
      if (!entry.token.startsWith('x-')) check(entry, pointer, version === '2.0' || version === '3.0');
    }
  }
  return found.sort((a, b) => a.place.start - b.place.start);
}

/** What is known of roots, by the first of their small parts. */
const knownRoots = new WeakMap<
  object,
  {
    readonly tokens: string;
    readonly version: SpecificationVersion;
    readonly parts: readonly (object | undefined)[];
    readonly faults: readonly Fault[];
  }
>();

/** The root without its large parts, which are looked at entry by entry. */
function checkRoot(root: ContractNode, version: SpecificationVersion, found: Violation[]): void {
  const small = root.entries().filter((entry) => !bare.has(entry.token) || entry.kind !== 'map');
  const parts = small.map((entry) => entry.identity);
  const first = parts.find((part) => part !== undefined);
  const before = first && knownRoots.get(first);
  const tokens = root
    .entries()
    .map((entry) => entry.token)
    .join('\n');
  const same = before?.tokens === tokens && before.version === version && before.parts.length === parts.length;
  if (same && parts.every((part, index) => part !== undefined && part === before.parts[index])) {
    for (const fault of before.faults) found.push(violationOf(root, fault));
    return;
  }
  const shell: Record<string, unknown> = {};
  for (const entry of root.entries()) {
    if (!bare.has(entry.token) && !entry.sound) return;
    const large = bare.has(entry.token) && entry.kind === 'map';
    const value = large ? {} : entry.data();
    Object.defineProperty(shell, entry.token, { value, enumerable: true, configurable: true, writable: true });
  }
  const faults = explain(validatorOf(version, '#'), shell);
  if (first) knownRoots.set(first, { tokens, version, parts, faults });
  for (const fault of faults) found.push(violationOf(root, fault));
}

/** `referable` says that a reference in the place of the node is no fault. */
function faultsOf(
  node: ContractNode,
  version: SpecificationVersion,
  pointer: string,
  referable: boolean,
): readonly Fault[] {
  const { identity } = node;
  const key = `${version} ${pointer}`;
  const before = identity && known.get(identity)?.get(key);
  if (before) return before;
  if (!node.sound) return [];
  const refers = referable && node.string('$ref') !== undefined;
  const faults = refers ? [] : explain(validatorOf(version, pointer), node.data());
  if (identity) {
    const all = known.get(identity) ?? new Map<string, readonly Fault[]>();
    all.set(key, faults);
    known.set(identity, all);
  }
  return faults;
}

function violationOf(node: ContractNode, { path, message, key, wants }: Fault): Violation {
  let part = node;
  for (const token of path) part = part.get(token) ?? part;
  const subject = part.pointer === '' ? '/' : part.pointer;
  // A whole object is marked by its key: what is wrong is in it or missing from it.
  const place = part.kind === 'scalar' && !key ? part.place : part.keyPlace;
  const whole = part.pointer === '' && part.entries()[0];
  const remedy = key ? 'remove' : remedyOf(part, wants);
  return { kind: 'form', subject, message, place: whole ? whole.keyPlace : place, ...(remedy && { remedy }) };
}

function validatorOf(version: SpecificationVersion, pointer: string): ValidateFunction | undefined {
  let ofVersion = validators.get(version);
  if (!ofVersion) {
    const ajv = lazily(() => compiler(version));
    const compiled = new Map<string, ValidateFunction | undefined>();
    ofVersion = (at) => {
      if (!compiled.has(at)) compiled.set(at, ajv().getSchema(at === '#' ? idOf(version) : `${idOf(version)}${at}`));
      return compiled.get(at);
    };
    validators.set(version, ofVersion);
  }
  return ofVersion(pointer);
}

const schemas = new Map<SpecificationVersion, ReturnType<typeof officialSchema>>();

function schemaOf(version: SpecificationVersion): ReturnType<typeof officialSchema> {
  const before = schemas.get(version);
  if (before) return before;
  const schema = officialSchema(version);
  schemas.set(version, schema);
  return schema;
}

const idOf = (version: SpecificationVersion): string => String(schemaOf(version).$id);

function compiler(version: SpecificationVersion): Ajv {
  const patterns = new Patterns();
  const regExp = Object.assign((pattern: string) => patterns.compile(pattern), { code: 'undefined' });
  const options = {
    strict: false,
    logger: false,
    allErrors: true,
    validateSchema: false,
    code: { regExp, optimize: false },
  } as const;
  const ajv = version === '2.0' || version === '3.0' ? new Ajv(options) : new Ajv2020(options);
  formats.default(ajv, { mode: 'fast' });
  // Addresses are written with spaces, braces and umlauts; a client never notices.
  for (const format of ['uri', 'uri-reference', 'email', 'regex', 'media-range']) ajv.addFormat(format, true);
  ajv.addSchema(schemaOf(version));
  return ajv;
}

/** Words that only say that a part below is wrong. */
const composing: ReadonlySet<string> = new Set(['if', 'allOf', 'anyOf', 'oneOf', 'not', 'propertyNames']);

/** What is wrong with a value, the innermost places only and each once. */
function explain(validate: ValidateFunction | undefined, value: unknown): readonly Fault[] {
  if (!validate || value === undefined) return [];
  try {
    if (validate(value)) return [];
  } catch {
    // A value that exhausts the stack is judged by nobody.
    return [];
  }
  const errors = [...(validate.errors ?? [])];
  const plain = errors.filter((error) => !composing.has(error.keyword));
  const said = [...plain, ...errors.filter((error) => error.keyword === 'oneOf' || error.keyword === 'not')];
  said.sort((a, b) => depthOf(b) - depthOf(a) || weightOf(a) - weightOf(b));
  const taken = new Map<string, Fault>();
  for (const error of said) {
    const at = pathOf(error);
    const place = at.join('/');
    const inner = [...taken.keys()].some((other) => other === place || other.startsWith(`${place}/`) || place === '');
    if (taken.size > 0 && inner) continue;
    const wants = wantedBy(error);
    taken.set(place, {
      path: at,
      message: describe(error),
      key: superfluous(error) !== undefined,
      ...(wants && { wants }),
    });
    if (taken.size === mostFaults) break;
  }
  return [...taken.values()];
}

const depthOf = (error: ErrorObject): number => pathOf(error).length;

function wantedBy({ keyword, params }: ErrorObject): Fault['wants'] {
  if (keyword === 'type' && params.type === 'string') return 'text';
  return keyword === 'required' && params.missingProperty === 'description' ? 'description' : undefined;
}

/** A number or a truth value where a text belongs lacks its quotes, and the description of a status is at least what the status means. */
function remedyOf(part: ContractNode, wants: Fault['wants']): Violation['remedy'] {
  if (wants === 'text' && part.kind === 'scalar')
    return ['number', 'boolean'].includes(typeof part.data()) ? 'quote' : undefined;
  const [holder, status = ''] = tokensOf(part.pointer).slice(-2);
  const isResponse = wants === 'description' && part.kind === 'map' && holder === 'responses';
  return isResponse && /^[1-5]\d\d$/.test(status) ? { describe: Number(status) } : undefined;
}

/** Superfluous keys are marked where they stand. */
function pathOf(error: ErrorObject): string[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra = superfluous(error);
  return extra === undefined ? path : [...path, extra];
}

function superfluous({ params }: ErrorObject): string | undefined {
  const extra: unknown = params.additionalProperty ?? params.unevaluatedProperty;
  return typeof extra === 'string' ? extra : undefined;
}

function weightOf(error: ErrorObject): number {
  const order = ['additionalProperties', 'unevaluatedProperties', 'type', 'enum', 'const', 'required'];
  const at = order.indexOf(error.keyword);
  return at < 0 ? order.length : at;
}

function describe(error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      return `the specification knows no "${name.slice(0, 60)}" here`;
    }
    case 'required':
      return `"${String(params.missingProperty)}" is missing`;
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).slice(0, 8).map((value) => JSON.stringify(value));
      return `must be one of ${allowed.join(', ')}`;
    }
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'oneOf':
    case 'not':
      return 'has none of the forms that the specification allows here, or several at once';
    default:
      return error.message ?? 'is not valid';
  }
}
