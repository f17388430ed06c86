// Owns the question whether a request body's schemas know a field. It must not know what any rule decides.

import type { Operation } from '../../contract/model.ts';
import { isFreeForm } from '../../shape/compare-objects.ts';
import { alternatives, type Field, type ObjectShape, type Shape } from '../../shape/shape.ts';

/** What a schema says about a field at a path. */
export type FieldAnswer =
  | { readonly known: 'declared' }
  /** The schema says nothing that could be held against anybody. */
  | { readonly known: 'unknown' }
  /** Missing, with the path that is missing first, the object that lacks it and whether that allows others. */
  | { readonly known: 'undeclared'; readonly path: string; readonly owner: ObjectShape; readonly open: boolean };

/** Looks a dotted path up (`items[].id`). One alternative that declares it is enough; one that is unknown silences. */
export function fieldAt(shape: Shape, path: string): FieldAnswer {
  const steps = path.split('.').flatMap((step) => {
    const name = step.replace(/(\[\])+$/, '');
    const arrays = (step.length - name.length) / 2;
    return [...(name === '' ? [] : [name]), ...Array.from({ length: arrays }, () => '[]')];
  });
  return lookUp(shape, steps, '', 0);
}

function lookUp(shape: Shape, steps: readonly string[], path: string, depth: number): FieldAnswer {
  const [step, ...rest] = steps;
  if (step === undefined) return { known: 'declared' };
  if (depth > 30) return { known: 'unknown' };
  const answers = alternatives(shape)
    .filter((member) => member.kind !== 'null' && member.kind !== 'never')
    .map((member): FieldAnswer => {
      if (step === '[]') {
        return member.kind === 'array' ? lookUp(member.items, rest, `${path}[]`, depth + 1) : { known: 'unknown' };
      }
      if (member.kind !== 'object' || isFreeForm(member)) return { known: 'unknown' };
      const at = path === '' ? step : `${path}.${step}`;
      const field = member.fields.get(step);
      if (field) return lookUp(field.shape, rest, at, depth + 1);
      if (member.values) return lookUp(member.values, rest, at, depth + 1);
      if (member.additional === 'unknown') return { known: 'unknown' };
      return { known: 'undeclared', path: at, owner: member, open: member.additional === 'allowed' };
    });
  return (
    answers.find((answer) => answer.known === 'declared') ??
    answers.find((answer) => answer.known === 'unknown') ??
    answers.find((answer) => answer.known === 'undeclared' && answer.open) ??
    answers[0] ?? { known: 'unknown' }
  );
}

/** What the operation's body says about a field, over all of its media types. */
export function bodyFieldAt(operation: Operation, path: string): FieldAnswer {
  const content = operation.body?.content ?? [];
  const answers = content.map(
    (media): FieldAnswer => (media.shape ? fieldAt(media.shape, path) : { known: 'unknown' }),
  );
  return (
    answers.find((answer) => answer.known === 'declared') ??
    answers.find((answer) => answer.known === 'unknown') ??
    answers[0] ?? { known: 'unknown' }
  );
}

/** Whether the body names this field at its top. */
export function declaresField(operation: Operation, name: string): boolean {
  return (
    bodyFieldAt(operation, name).known === 'declared' &&
    operation.body !== undefined &&
    operation.body.content.length > 0
  );
}

/** The one object that every declared body is, where there are no alternatives to it; undefined otherwise. */
export function bodyObjects(operation: Operation): readonly ObjectShape[] | undefined {
  const objects: ObjectShape[] = [];
  for (const media of operation.body?.content ?? []) {
    const [only, ...others] = media.shape ? alternatives(media.shape).filter((member) => member.kind !== 'null') : [];
    if (only?.kind !== 'object' || others.length > 0) return undefined;
    objects.push(only);
  }
  return objects.length > 0 ? objects : undefined;
}

/** A field at the top of every declared body, which are one object each. */
export function topField(operation: Operation, name: string): Field | undefined {
  const fields = bodyObjects(operation)?.map((object) => object.fields.get(name));
  return fields?.every((field) => field !== undefined) ? fields[0] : undefined;
}
