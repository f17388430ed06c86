// Owns the endpoints of a controller: which of its methods, and of the methods that it inherits, are routes, and under which paths.
// It must not know what they do.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import type { AbstainReason } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import { joinPaths, type PathReading, readPaths } from '../paths.ts';
import { type ClassValue, isEmpty, literal, undefinedValue, type Value } from '../value.ts';
import { versionNeutral } from './decorating-packages.ts';
import type { ModuleNode } from './module-graph.ts';
import { lastNote, type Notes, notesOf, notesOfClass } from './notes.ts';
import { requestMethods } from './request-methods.ts';
import type { Endpoint } from './scene.ts';
import { lineageOf } from './uses.ts';

/** Decorators of methods, with the method that each serves. */
const verbs: Readonly<Record<string, string>> = {
  ...requestMethods,
  All: 'all',
  Search: 'search',
  Propfind: 'propfind',
  Mkcol: 'mkcol',
  Sse: 'get',
};

/** One route of an endpoint before the app adds its prefix. */
export interface EndpointRoute {
  readonly endpoint: Endpoint;
  readonly verb: string;
  readonly place: Place;
  readonly pathPlace: Place;
  /** The controller's and the method's paths, joined. */
  readonly templates: readonly { readonly template: string; readonly lost?: AbstainReason; readonly place?: Place }[];
  readonly lost?: { readonly reason: AbstainReason; readonly place: Place };
  /** What `@Version` or the controller says. */
  readonly version: Value;
  readonly controllerPlace: Place;
}

/** Whether a class is a controller, and what it says. */
export function controllerNote(
  m: Machine,
  cls: ClassValue,
): { readonly notes: Notes; readonly options: Value; readonly place: Place } | undefined {
  const notes = notesOfClass(m, cls);
  const note = lastNote(notes, 'Controller');
  if (!note) return undefined;
  return { notes, options: note.args[0] ?? undefinedValue, place: note.argPlaces[0] ?? note.place };
}

/** The routes of a controller, in the order in which Nest finds them: its own methods first, then those that it inherits. */
export function endpointsOf(m: Machine, cls: ClassValue, module: ModuleNode | undefined): readonly EndpointRoute[] {
  const note = controllerNote(m, cls);
  if (!note) return [];
  const isObject = note.options.kind === 'object';
  const given = isObject ? m.get(note.options, 'path', note.place) : note.options;
  const base = isEmpty(given) ? literal('') : given;
  const version = isObject ? m.get(note.options, 'version', note.place) : undefinedValue;
  const paths = pathsOf(base, note.place);
  const found: EndpointRoute[] = [];
  const seen = new Set<string>();
  for (const home of [...lineageOf(cls)].reverse()) {
    for (const member of home.node.members) {
      const isMethod = ts.isMethodDeclaration(member) && member.body;
      if (!isMethod && !ts.isPropertyDeclaration(member)) continue;
      const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : undefined;
      if (name === undefined || seen.has(name)) continue;
      if (isMethod) seen.add(name);
      const notes = notesOf(m, member, home.frame);
      const verbNotes = notes.list.filter((one) => one.name in verbs || one.name === 'RequestMapping');
      // The uppermost decorator stands, as each writes over the one before.
      const verb = verbNotes.at(-1);
      if (!verb) continue;
      const pathPlace = verb.argPlaces[0] ?? verb.place;
      const endpoint: Endpoint = {
        cls,
        module,
        name,
        method: member,
        frame: home.frame,
        home,
        notes,
        place: verb.place,
      };
      const own = ownPath(m, verb.name, verb.args[0], verb.place);
      const inner = pathsOf(own, pathPlace);
      const lost = paths.lost ?? inner.lost;
      found.push({
        endpoint,
        verb: verb.name === 'RequestMapping' ? 'all' : verbs[verb.name]!,
        place: verb.place,
        pathPlace,
        templates: combine(paths, inner),
        lost: lost && { reason: lost, place: paths.lost ? note.place : pathPlace },
        version:
          lastNote(notes, 'Version')?.args[0] ??
          (isEmpty(version) ? (lastNote(note.notes, 'Version')?.args[0] ?? undefinedValue) : version),
        controllerPlace: note.place,
      });
    }
  }
  return found;
}

function ownPath(m: Machine, name: string, value: Value | undefined, place: Place): Value {
  if (name === 'RequestMapping' && value?.kind === 'object') return m.get(value, 'path', place);
  return value ?? literal('');
}

function pathsOf(value: Value, place: Place): PathReading {
  if (isEmpty(value)) return { paths: [{ template: '', place }] };
  const reading = readPaths(value, place);
  return reading.paths.length === 0 && !reading.lost ? { paths: [{ template: '', place }] } : reading;
}

function combine(outer: PathReading, inner: PathReading): EndpointRoute['templates'] {
  const bases = outer.paths.length > 0 ? outer.paths : [{ template: '', lostPrefix: outer.lost }];
  return bases.flatMap((base) =>
    inner.paths.map((own) => ({
      template: joinPaths(base.template, own.template),
      lost: own.lostPrefix && base.template === '' ? own.lostPrefix : (base.lostPrefix ?? own.lostPrefix),
      place: own.place,
    })),
  );
}

/** The versions that a value names: texts, and `undefined` for the one that answers whatever is asked. */
export function versionsOf(value: Value): readonly (string | undefined)[] | undefined {
  if (isEmpty(value)) return [];
  if (value === versionNeutral || (value.kind === 'native' && value.model.name === 'VERSION_NEUTRAL'))
    return [undefined];
  if (value.kind === 'literal') return [String(value.value)];
  if (value.kind !== 'array' || value.rest) return undefined;
  const all = value.items.map(versionsOf);
  return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? []);
}
