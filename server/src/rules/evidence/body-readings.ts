// Owns the question what of a body the code looks at, by name or in a validator. It must not know what any rule decides.

import type { HandlerFacts, Route } from '../../code/model.ts';
import { alternatives } from '../../shape/shape.ts';

/** Whether everything that is read of a body is known by name. */
export function isBodyClosed({ reads }: HandlerFacts): boolean {
  return reads.completeness.body.closed && reads.completeness.form.closed;
}

/** Whether the code looks at a body at all. A type alone reads nothing. */
export function looksAtBody({ reads }: HandlerFacts): boolean {
  const checked = reads.bodies.some((body) => body.source === 'validator');
  return checked || reads.parameters.some((read) => read.in === 'body' || read.in === 'form');
}

/** Whether the code is seen to succeed: one that only fails was not followed to where it reads. */
export function succeeds({ exits }: HandlerFacts): boolean {
  return exits.some((exit) => exit.status < 400);
}

/** The names at the top of a body that the code reads or checks; undefined when there may be others. */
export function readFields(route: Route): ReadonlySet<string> | undefined {
  const facts = route.facts();
  if (!isBodyClosed(facts)) return undefined;
  const names = new Set<string>();
  for (const read of facts.reads.parameters) {
    if (read.in === 'body' || read.in === 'form') names.add(read.name.split(/[.[]/)[0]!);
  }
  for (const body of facts.reads.bodies) {
    if (body.source !== 'validator') continue;
    for (const member of alternatives(body.shape)) {
      if (member.kind === 'null' || member.kind === 'never') continue;
      // A list, or an object that lets other fields through, may be read further on.
      if (member.kind !== 'object' || member.additional === 'unknown' || member.values) return undefined;
      for (const name of member.fields.keys()) names.add(name);
    }
  }
  return names;
}
