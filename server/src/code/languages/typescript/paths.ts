// Owns route paths: turning a framework's pattern into OpenAPI templates.
// It must not know what registers a path.

import type { Place } from '../../../base/place.ts';
import type { AbstainReason } from '../../model.ts';
import { everyItem, members } from './join.ts';
import { mergedParts } from './literals.ts';
import { literal, type Value } from './value.ts';

/** One path that a registration serves, as far as it is known. */
export interface PathTemplate {
  /** OpenAPI form: `/orders/{id}`; `{*}` for wildcards. */
  readonly template: string;
  readonly place?: Place;
  /** Set when a part takes only some texts (`:id(\\d+)`), which the template does not say. */
  readonly constrained?: boolean;
  /** Set when a leading part is not known: the template is what follows it. */
  readonly lostPrefix?: AbstainReason;
}

export interface PathReading {
  readonly paths: readonly PathTemplate[];
  /** Why a path could not be read, when one could not. */
  readonly lost?: AbstainReason;
}

/** Reads the path argument of a registration: a text, a list of texts, a template with constants. */
export function readPaths(given: Value, fallback: Place): PathReading {
  const value = byDefault(given);
  const paths: PathTemplate[] = [];
  let lost: AbstainReason | undefined;
  for (const member of value.kind === 'array' ? everyItem(value) : members(value)) {
    if (member.kind === 'literal' && typeof member.value === 'string') {
      const constrained = isConstrained(member.value) ? { constrained: true } : {};
      for (const template of templatesOf(member.value))
        paths.push({ template, place: member.place ?? fallback, ...constrained });
    } else if (member.kind === 'template') {
      const read = readTemplate(member.parts, member.place ?? fallback);
      if (read) paths.push(...read);
      else lost = 'dynamic-path';
    } else if (member.kind === 'external' && member.package === ':regexp') {
      const templates = templatesOfExpression(member.path[0] ?? '');
      if (templates) for (const template of templates) paths.push({ template, place: member.place ?? fallback });
      else lost = 'catch-all-or-proxy';
    } else if (member.kind === 'unknown' && member.reason === 'environment-dependent') lost = 'environment-dependent';
    else lost = 'dynamic-path';
  }
  return { paths, lost };
}

/**
 * `process.env.PREFIX ?? '/api'` is `/api`: the default is what the repository says of its paths, and whoever deploys it
 * elsewhere has another gateway to say so.
 */
function byDefault(value: Value): Value {
  if (value.kind === 'union') {
    const said = value.members.filter(
      (member) => member.kind !== 'unknown' || member.reason !== 'environment-dependent',
    );
    const parts = (said.length > 0 ? said : value.members).map(byDefault);
    return parts.length === 1 ? parts[0]! : { ...value, members: parts };
  }
  if (value.kind !== 'template') return value;
  const parts = mergedParts(value.parts.map((one) => (typeof one === 'string' ? one : byDefault(one))));
  const [only] = parts;
  return parts.length === 1 && typeof only === 'string'
    ? { ...literal(only), place: value.place }
    : { ...value, parts };
}

/** The name of a path parameter that the code makes in a way which was not followed; by position it is one like any other. */
const unnamedParameter = '_';

/** A template literal: unknown text before the first `/` is a lost prefix; inside of a segment it is a parameter-like hole that we do not guess. */
function readTemplate(parts: readonly (string | Value)[], place: Place): PathTemplate[] | undefined {
  const [first, ...rest] = parts;
  if (typeof first !== 'string' && rest.length === 1 && typeof rest[0] === 'string' && rest[0].startsWith('/')) {
    const reason = first?.kind === 'unknown' ? first.reason : 'dynamic-path';
    return templatesOf(rest[0]).map((template) => ({
      template,
      place,
      lostPrefix: reason === 'environment-dependent' ? reason : 'unresolved-prefix',
    }));
  }
  // A hole inside of the path is some constant that we cannot name: what stands before it is still known.
  if (typeof first !== 'string' || !first.startsWith('/')) return undefined;
  // A parameter of which only the name is unknown leaves nothing of the path open.
  const isName = (index: number): boolean => {
    const before = parts[index - 1];
    return typeof parts[index] !== 'string' && typeof before === 'string' && before.endsWith('/:');
  };
  const hole = parts.find((part, index): part is Value => typeof part !== 'string' && !isName(index));
  // What stands behind an unknown beginning of a name belongs to that name.
  const template = parts
    .map((part, index) => {
      if (typeof part !== 'string') return isName(index) ? unnamedParameter : '*';
      return isName(index - 1) ? part.replace(/^\w+/, '') : part;
    })
    .join('');
  const environment = hole?.kind === 'unknown' && hole.reason === 'environment-dependent';
  const lost = hole && { lostPrefix: environment ? ('environment-dependent' as const) : ('dynamic-path' as const) };
  return templatesOf(template).map((one) => ({ template: one, place, ...lost }));
}

/** Whether a pattern has an expression of its own for some part; one that takes anything is none. */
function isConstrained(pattern: string): boolean {
  return /\((?!\.\*\)|\*\))/.test(pattern);
}

/** The OpenAPI templates of an Express or Fastify pattern; optional parameters give two. */
function templatesOf(pattern: string): string[] {
  const variants = expandOptional(pattern.replace(/^\^|\$$/g, ''));
  return [...new Set(variants.map(normaliseTemplate))];
}

function expandOptional(pattern: string): string[] {
  const group = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern);
  // Express 5 writes optional parts as `{/:id}`; a bare `{id}` is already OpenAPI's form.
  if (group && /[:/*]/.test(group[2]!))
    return [...expandOptional(group[1]! + group[3]!), ...expandOptional(group[1]! + group[2]! + group[3]!)];
  const optional = /^(.*?)\/:([A-Za-z0-9_]+)(\([^)]*\))?[*+]?\?(.*)$/.exec(pattern);
  if (optional)
    return [
      ...expandOptional(optional[1]! + optional[4]!),
      ...expandOptional(`${optional[1]}/:${optional[2]}${optional[4]}`),
    ];
  return [pattern];
}

function normaliseTemplate(pattern: string): string {
  let text = pattern.replace(/\/{2,}/g, '/');
  text = text.replace(/:([A-Za-z0-9_]+)\((?:[^()]|\([^()]*\))*\)/g, ':$1');
  text = text.replace(/:([A-Za-z0-9_]+)[+*]?/g, '{$1}');
  text = text.replace(/\(\.\*\)|\*[A-Za-z0-9_]*|\{\*[A-Za-z0-9_]*\}/g, '{*}');
  if (text !== '' && !text.startsWith('/')) text = `/${text}`;
  return text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text;
}

/** The texts that a regular expression takes, when it is only escaped text with anchors, alternatives and optional groups. */
function templatesOfExpression(source: string): string[] | undefined {
  const body = /^\/\^?(.*?)\$?\/[a-z]*$/.exec(source)?.[1];
  const texts = body === undefined ? undefined : textsOfPattern(body);
  return texts && [...new Set(texts.map((text) => (text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text)))];
}

/** More texts than this are no list of paths. */
const mostTexts = 16;

function textsOfPattern(pattern: string): string[] | undefined {
  const group = /^((?:\\.|[^()\\])*)\((?:\?:)?((?:\\.|[^()\\])*)\)(\?)?(.*)$/s.exec(pattern);
  if (!group) {
    const plain = pattern.replace(/\\\/\?$/, '');
    return /^(?:\\[/.-]|[\w/-])*$/.test(plain) ? [plain.replace(/\\(.)/g, '$1')] : undefined;
  }
  const [, head = '', inside = '', optional, tail = ''] = group;
  const texts: string[] = [];
  for (const choice of [...(optional ? [''] : []), ...inside.split('|')]) {
    const rest = textsOfPattern(head + choice + tail);
    if (!rest || texts.length + rest.length > mostTexts) return undefined;
    texts.push(...rest);
  }
  return texts;
}

/** Joins a mount prefix and a path. */
export function joinPaths(prefix: string, path: string): string {
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/');
  const trimmed = joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
  return trimmed === '' ? '/' : trimmed;
}

/** Whether a middleware mounted on `mount` runs for `path`. */
export function covers(mount: string, path: string): boolean {
  if (mount === '/' || mount === '' || mount.includes('{*}')) {
    const head = mount.split('{*}')[0]!.replace(/\/$/, '');
    return head === '' || path === head || path.startsWith(`${head}/`);
  }
  const wanted = mount.split('/');
  const have = path.split('/');
  if (have.length < wanted.length) return false;
  return wanted.every((segment, index) => segment === have[index] || segment.startsWith('{'));
}

/** The names of a template's parameters. */
export function parametersOf(template: string): string[] {
  return [...template.matchAll(/\{([^{}*]+)\}/g)].map((match) => match[1]!);
}
