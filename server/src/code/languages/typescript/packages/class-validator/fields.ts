// Owns the fields of a DTO class: its own and those that it inherits, also through mapped types, each with what its decorators note.
// It must not know what a note demands.

import ts from 'typescript';
import type { Place } from '../../../../../base/place.ts';
import type { Machine } from '../../machine.ts';
import { placeOf } from '../../module.ts';
import { type Note, notesOf, notesOfClass } from '../../nest/notes.ts';
import type { ClassValue, Frame, Value } from '../../value.ts';

/** One property of a DTO. */
export interface DtoField {
  readonly name: string;
  readonly place: Place;
  /** Uppermost decorator first. */
  readonly notes: readonly Note[];
  readonly type?: ts.TypeNode;
  readonly initializer?: ts.Expression;
  readonly frame: Frame;
  /** `PartialType` adds this. */
  readonly partial?: boolean;
  /** A decorator that nobody can read stands on it. */
  readonly lost?: boolean;
  /** Declared with a question mark. */
  readonly question?: boolean;
}

/** What a mapped type makes of classes. */
export interface MappedClass {
  readonly how: 'partial' | 'pick' | 'omit' | 'intersection';
  readonly parents: readonly Value[];
  readonly keys?: readonly string[];
}

/** What the `data` of a native value holds that stands for a mapped class. */
export class MappedClassData {
  constructor(readonly mapped: MappedClass) {}
}

/** The fields of a DTO, and whether there may be more. */
export interface DtoFields {
  readonly fields: ReadonlyMap<string, DtoField>;
  readonly open: boolean;
}

/** Reads the fields of a class or of a mapped type. */
export function fieldsOf(m: Machine, value: Value, depth = 0): DtoFields {
  if (depth > 12) return { fields: new Map(), open: true };
  if (value.kind === 'class') return fieldsOfClass(m, value, depth);
  if (value.kind === 'native' && value.data instanceof MappedClassData)
    return fieldsOfMapped(m, value.data.mapped, depth);
  return { fields: new Map(), open: true };
}

function fieldsOfClass(m: Machine, cls: ClassValue, depth: number): DtoFields {
  m.touched.add(cls.frame.module.file);
  const inherited = cls.parent
    ? fieldsOf(m, cls.parent, depth + 1)
    : { fields: new Map<string, DtoField>(), open: false };
  const fields = new Map(inherited.fields);
  for (const member of cls.node.members) {
    const isField = ts.isPropertyDeclaration(member) || ts.isGetAccessorDeclaration(member);
    if (!isField || !(ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))) continue;
    if (ts.getModifiers(member)?.some((flag) => flag.kind === ts.SyntaxKind.StaticKeyword)) continue;
    const notes = notesOf(m, member, cls.frame);
    const before = fields.get(member.name.text);
    fields.set(member.name.text, {
      name: member.name.text,
      place: placeOf(member.name),
      // Decorators of an inherited property stay when a class declares it again (class-validator, "Inheriting Validation decorators").
      notes: [...[...notes.list].reverse(), ...(before?.notes ?? [])],
      type: member.type,
      initializer: ts.isPropertyDeclaration(member) ? member.initializer : undefined,
      frame: cls.frame,
      lost: notes.lost !== undefined,
      question: ts.isPropertyDeclaration(member) && !!member.questionToken,
    });
  }
  return { fields, open: inherited.open };
}

function fieldsOfMapped(m: Machine, mapped: MappedClass, depth: number): DtoFields {
  const parts = mapped.parents.map((parent) => fieldsOf(m, parent, depth + 1));
  const open = parts.some((part) => part.open);
  const all = new Map(parts.flatMap((part) => [...part.fields]));
  switch (mapped.how) {
    case 'partial':
      return { fields: new Map([...all].map(([name, field]) => [name, { ...field, partial: true }])), open };
    case 'pick':
      return {
        fields: new Map([...all].filter(([name]) => mapped.keys?.includes(name) !== false)),
        open: open || !mapped.keys,
      };
    case 'omit':
      return {
        fields: new Map([...all].filter(([name]) => mapped.keys?.includes(name) !== true)),
        open: open || !mapped.keys,
      };
    case 'intersection':
      return { fields: all, open };
  }
}

/** Whether any decorator of class-validator stands on a field, so that there is something to check. */
export function isChecked({ fields }: DtoFields): boolean {
  return [...fields.values()].some((field) => field.notes.some((note) => note.package === 'class-validator'));
}

/** Whether a class as a whole is excluded, so that only exposed fields come and go. */
export function isExcludedWhole(m: Machine, cls: ClassValue): boolean {
  return notesOfClass(m, cls).list.some((note) => note.name === 'Exclude');
}
