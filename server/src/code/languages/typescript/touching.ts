// Owns what code that was not followed can do, by its text: get at the request that an object holds, throw what has a status.
// It must not run anything; names stand for whatever is called so anywhere, so that the answer is yes rather too often.

import { digest } from '../../../base/hash.ts';
import { anyField, type Declaration, declarationsIn, importsOf, isComputed } from './declarations.ts';
import { nameOf } from './functions.ts';
import { membersOfLanguage } from './language-members.ts';
import type { Machine } from './machine.ts';
import type { Module } from './module.ts';
import type { Cell, FunctionValue, Value } from './value.ts';

/** Levels of objects that are looked through. */
const deepest = 4;

/** What leads from a value to the exchange: the names of fields that hold a part of it, and functions, which may do anything. */
export interface Leads {
  readonly names: Set<string>;
  readonly functions: FunctionValue[];
}

/** What leads from a value to the exchange; undefined where the value is a part of it itself. */
export function leadsOf(value: Value): Leads | undefined {
  const leads: Leads = { names: new Set(), functions: [] };
  return collect(value, undefined, leads, 0, new Set()) ? leads : undefined;
}

function collect(value: Value, name: string | undefined, leads: Leads, depth: number, seen: Set<Value>): boolean {
  if (depth > deepest || seen.has(value)) return true;
  const all = (parts: readonly Value[]): boolean => parts.every((part) => collect(part, name, leads, depth + 1, seen));
  switch (value.kind) {
    case 'native': {
      if (value.model.stable) return true;
      const held = value.model.holds?.(value);
      return held ? all(held) : note(name, leads);
    }
    case 'input':
      // Parts are texts, as a rule; who has the whole can ask for any part.
      return value.name !== '' || note(name, leads);
    case 'object':
      seen.add(value);
      if (!all(value.base ?? [])) return false;
      return cellsLead(value.props, leads, depth, seen);
    case 'array':
      return all(value.items);
    case 'union':
      return all(value.members);
    case 'function':
      seen.add(value);
      // One that stands in a field of its own name is known by that name to whoever calls it.
      if (name === undefined || nameOf(value.node) !== name) leads.functions.push(value);
      return closureLeads(value, leads, depth, seen);
    default:
      return true;
  }
}

/** What a function closes over is reached by the names of the variables, and by their fields. */
function closureLeads({ frame, self }: FunctionValue, leads: Leads, depth: number, seen: Set<Value>): boolean {
  if (self && !collect(self, 'this', leads, depth + 1, seen)) return false;
  for (let current = frame; current !== current.module.frame && current.parent; current = current.parent) {
    if (current.self && !collect(current.self, 'this', leads, depth + 1, seen)) return false;
    if (!cellsLead(current.cells, leads, depth, seen)) return false;
  }
  return true;
}

function cellsLead(cells: ReadonlyMap<string, Cell>, leads: Leads, depth: number, seen: Set<Value>): boolean {
  for (const [key, { value }] of cells) if (value && !collect(value, key, leads, depth + 1, seen)) return false;
  return true;
}

function note(name: string | undefined, { names }: Leads): boolean {
  if (name === undefined) return false;
  names.add(name);
  return true;
}

/** Whether a function, or anything of the workspace that it may call, reads a field of one of the names. */
export function mayTouch(m: Machine, fn: FunctionValue, names: ReadonlySet<string>): boolean {
  return names.size > 0 && mayReach(m, fn, `touch ${[...names].sort().join(' ')}`);
}

/** Whether a function, or anything of the workspace that it may call, throws more than errors of the language, which have no status. */
export function mayThrow(m: Machine, fn: FunctionValue): boolean {
  return mayReach(m, fn, 'throw');
}

function mayReach(m: Machine, fn: FunctionValue, question: string): boolean {
  const { source } = fn.frame.module;
  let own: Declaration | undefined;
  for (const one of declarationsIn(source)) {
    const inside = one.node.pos <= fn.node.pos && fn.node.end <= one.node.end;
    if (inside && (!own || one.node.end - one.node.pos < own.node.end - own.node.pos)) own = one;
  }
  return !own || reaching(m, question).has(own);
}

interface Universe {
  readonly all: readonly Declaration[];
  /** By `file#name` for words, by `.name` for members that are called, by `:name` for all. */
  readonly mentions: ReadonlyMap<string, readonly Declaration[]>;
}

const universes = new WeakMap<Machine, Universe>();
const answers = new WeakMap<Machine, Map<string, ReadonlySet<Declaration>>>();

/** The questions that were asked so far. */
export const questionsOf = (m: Machine): Iterable<string> => answers.get(m)?.keys() ?? [];

/** The answer to a question as a text: facts that rest on it hold while it stays the same. */
export function answerTo(m: Machine, question: string): string {
  return digest(
    [...reaching(m, question)].map(({ node, names }) => `${node.getSourceFile().fileName}#${names}`).sort(),
  );
}

/** Every declaration from which what is asked about can be reached, by what is called how. */
function reaching(m: Machine, question: string): ReadonlySet<Declaration> {
  const known = answers.get(m) ?? new Map<string, ReadonlySet<Declaration>>();
  answers.set(m, known);
  const before = known.get(question);
  if (before) return before;
  const { all, mentions } = universeOf(m);
  const [kind, ...names] = question.split(' ');
  const fields = new Set([...names, anyField]);
  const begins = (one: Declaration): boolean =>
    kind === 'throw' ? [...one.throws].some((word) => !ofTheLanguage.has(word)) : intersect(one.reads, fields);
  const found = new Set<Declaration>();
  const pending = all.filter(begins);
  const spoken = new Set<string>();
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const name of spokenOf(next, begins(next))) {
      if (spoken.has(name)) continue;
      spoken.add(name);
      pending.push(...(mentions.get(name) ?? []));
    }
  }
  known.set(question, found);
  return found;
}

/** Errors that say no more than that something failed. */
const ofTheLanguage = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError']);

function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of b) if (a.has(one)) return true;
  return false;
}

/**
 * By what others speak of a declaration. Methods that values of the language have are called of those, as a rule: a class that has one of
 * the same name counts where it does itself what is asked about.
 */
function spokenOf({ node, names, member }: Declaration, itself: boolean): readonly string[] {
  if (!member) return names.map((name) => `${node.getSourceFile().fileName}#${name}`);
  const mark = isComputed(node) ? ':' : '.';
  const { fileName } = node.getSourceFile();
  return names
    .filter((name) => !ofLogs.has(name) && (itself || !membersOfLanguage.has(name)))
    .flatMap((name) => [mark + name, fileName + mark + name]);
}

/** What loggers are told by: callbacks of these names are called by who was given them. */
const ofLogs = new Set(['log', 'trace', 'debug', 'info', 'warn', 'error']);

/** The declarations of all modules that are loaded, and of all that these can load. */
function universeOf(m: Machine): Universe {
  const known = universes.get(m);
  if (known) return known;
  const outer = m.touched;
  m.touched = new Set();
  const modules = reachableModules(m);
  const all = modules.flatMap(({ source }) => declarationsIn(source));
  const origins = new Map<string, Origin>();
  for (const module of modules)
    for (const { names, parts, begins } of declarationsIn(module.source)) {
      const origin = parts ? 'literal' : isOfPackage(m, module, begins) ? 'package' : undefined;
      if (origin) for (const name of names) origins.set(`${module.file}#${name}`, origin);
    }
  const mentions = new Map<string, Declaration[]>();
  const note = (key: string, declaration: Declaration): void => {
    const list = mentions.get(key);
    if (list) list.push(declaration);
    else mentions.set(key, [declaration]);
  };
  for (const module of modules) {
    for (const declaration of declarationsIn(module.source)) {
      for (const word of declaration.words) note(meantBy(m, module, word), declaration);
      for (const [word, names] of declaration.members) {
        const origin = originOf(m, module, word, origins);
        if (origin !== undefined) for (const name of names) note(`${origin}${name}`, declaration);
      }
      for (const path of declaration.qualified) note(partOf(m, module, path), declaration);
    }
  }
  m.touched = outer;
  const universe = { all, mentions };
  universes.set(m, universe);
  return universe;
}

/** All modules that are loaded, and all that these can load. */
function reachableModules(m: Machine): readonly Module[] {
  const seen = new Set<string>();
  const modules: Module[] = [];
  const pending = [...m.modules.files()];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (seen.has(file) || file.endsWith('.json')) continue;
    seen.add(file);
    const module = m.modules.module(file);
    if (!module) continue;
    modules.push(module);
    for (const specifier of importsOf(module.source)) {
      const resolution = m.resolver.resolve(specifier, file);
      if (resolution.kind === 'file') pending.push(resolution.file);
    }
  }
  return modules;
}

/**
 * Whose members are asked for by a word: those of one file, where the word stands for an object that is written out there; anybody's
 * otherwise, which is the empty text; and undefined where they are a package's or the language's.
 */
function originOf(m: Machine, module: Module, word: string, origins: ReadonlyMap<string, Origin>): string | undefined {
  if (word === '') return '';
  if (isOfPackage(m, module, word)) return undefined;
  const meant = meantBy(m, module, word);
  const origin = origins.get(meant);
  if (origin === 'package') return undefined;
  return origin === 'literal' ? meant.slice(0, meant.indexOf('#')) : '';
}

/** What a variable of a module holds: an object that is written out there, or something that a package made. */
type Origin = 'literal' | 'package';

function isOfPackage(m: Machine, module: Module, word: string): boolean {
  const entry = module.imports.get(word);
  return entry ? m.resolver.resolve(entry.specifier, module.file).kind === 'package' : globals.has(word);
}

const globals = new Set([
  'console',
  'JSON',
  'Math',
  'Object',
  'Array',
  'Number',
  'Date',
  'Promise',
  'Buffer',
  'process',
]);

/** Hops from module to module on the way to where a name is declared. */
const mostHops = 8;

/** What a word of a module means: a declaration of its own, or of the module that it is imported from. */
function meantBy(m: Machine, module: Module, word: string): string {
  const entry = module.imports.get(word);
  if (!entry || entry.name === null) return `${module.file}#${word}`;
  return exportedAs(m, entry.specifier, entry.name === '=' ? 'default' : entry.name, module.file, 0) ?? `#${word}`;
}

/** What `word.name` means where the word is a module. */
function partOf(m: Machine, module: Module, path: string): string {
  const [word = '', name = ''] = path.split('.');
  const entry = module.imports.get(word);
  if (!entry || (entry.name !== null && entry.name !== '=')) return `#${path}`;
  return exportedAs(m, entry.specifier, name, module.file, 0) ?? `#${path}`;
}

function exportedAs(m: Machine, specifier: string, name: string, from: string, hops: number): string | undefined {
  const resolution = m.resolver.resolve(specifier, from);
  if (resolution.kind !== 'file' || hops > mostHops) return undefined;
  const target = m.modules.module(resolution.file);
  if (!target) return undefined;
  const entry = target.exports.get(name);
  if (entry?.kind === 'reexport') return exportedAs(m, entry.specifier, entry.name, target.file, hops + 1);
  if (entry?.kind === 'local') return meantBy(m, target, entry.name);
  if (entry) return `${target.file}#default`;
  for (const star of target.starExports) {
    const found = exportedAs(m, star, name, target.file, hops + 1);
    if (found) return found;
  }
  return target.starExports.length > 0 ? undefined : `${target.file}#${name}`;
}
