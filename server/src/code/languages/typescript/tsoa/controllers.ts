// Owns the controllers of tsoa: which classes are controllers, and which of their methods are routes under which paths.
// It must not run them.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { lastNote, type Note, type Notes, notesOf, notesOfClass } from '../nest/notes.ts';
import { requestMethods } from '../nest/request-methods.ts';
import { isCandidatePath } from '../scan.ts';
import { type ClassValue, type Frame, textOf } from '../value.ts';
import type { Settings } from './settings.ts';

/** One method of a controller that is a route. */
export interface Action {
  readonly cls: ClassValue;
  readonly method: ts.MethodDeclaration;
  readonly name: string;
  readonly frame: Frame;
  readonly verb: string;
  /** As Express writes it; undefined where a part is not constant. */
  readonly path: string | undefined;
  readonly place: Place;
  readonly pathPlace: Place;
  readonly notes: Notes;
  /** Those of the class. */
  readonly shared: Notes;
}

/** Whether a note is one of tsoa's. */
export const isOwn = ({ package: name }: Note): boolean => name === 'tsoa' || name === '@tsoa/runtime';

/** The actions of every controller below the settings' folder, in the order of the files. */
export function actionsOf(m: Machine, settings: Settings): readonly Action[] {
  return m.files
    .list()
    .filter((path) => path.startsWith(`${settings.folder}/`) && isCandidatePath(path, m.files.roots))
    .filter((path) => mayControl(m, path))
    .flatMap((path) => classesOf(m, path).flatMap((cls) => actionsIn(m, cls, settings)));
}

function mayControl(m: Machine, path: string): boolean {
  const read = m.files.read(path);
  return !('failure' in read) && /['"](@tsoa\/runtime|tsoa)['"]/.test(read.text) && /@Route\b/.test(read.text);
}

function classesOf(m: Machine, path: string): readonly ClassValue[] {
  const module = m.modules.module(path);
  if (!module) return [];
  m.modules.run(module);
  return module.source.statements.flatMap((statement) => {
    const cell = ts.isClassDeclaration(statement) && statement.name && module.frame?.find(statement.name.text);
    const value = cell ? m.force(cell) : undefined;
    return value?.kind === 'class' ? [value] : [];
  });
}

function actionsIn(m: Machine, cls: ClassValue, settings: Settings): readonly Action[] {
  const shared = notesOfClass(m, cls);
  const route = lastNote(shared, 'Route');
  if (!route || !isOwn(route)) return [];
  m.touched.add(cls.frame.module.file);
  return cls.node.members.flatMap((member): Action[] => {
    if (!ts.isMethodDeclaration(member) || !member.body || !ts.isIdentifier(member.name)) return [];
    const notes = notesOf(m, member, cls.frame);
    const verb = notes.list.findLast((note) => isOwn(note) && note.name in requestMethods);
    if (!verb) return [];
    const parts = [route, verb].map(({ args }) => (args.length === 0 ? '' : textOf(args[0])));
    const path = parts.some((part) => part === undefined) ? undefined : joined([settings.basePath, ...parts]);
    const pathPlace = verb.argPlaces[0] ?? verb.place;
    return [
      {
        cls,
        method: member,
        name: member.name.text,
        frame: cls.frame,
        verb: requestMethods[verb.name]!,
        path,
        place: verb.place,
        pathPlace,
        notes,
        shared,
      },
    ];
  });
}

/** Parts of a path as Express writes them: `{id}` is `:id` there. */
function joined(parts: readonly (string | undefined)[]): string {
  const segments = parts.flatMap((part) => (part ?? '').split('/')).filter((segment) => segment !== '');
  return `/${segments.join('/')}`.replace(/\{([^{}]+)\}/g, ':$1');
}
