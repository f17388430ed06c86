// Owns what the code says of a contract's changes: an operation that was added and that no route serves, one that was removed and is
// still served, a property that was removed and that no handler produced. Where the code was not read in full, it says nothing.
// It must not know how changes or routes are found.

import type { Route } from '../../code/model.ts';
import type { StandingChange, VersionStanding } from '../../contract/model.ts';
import { resolveShape, type Shape } from '../../shape/shape.ts';
import type { Governed, WorkspaceModel } from '../../workspace/model.ts';

type Voice = NonNullable<StandingChange['voice']>;

/** The same standing, with what the handlers of this workspace say of each change. */
export function withVoices(standing: VersionStanding, model: WorkspaceModel): VersionStanding {
  const governed = model.governed.find(({ contract }) => contract.file === standing.contract);
  if (!governed || governed.role === 'consumed') return standing;
  const changes = standing.changes.map((change): StandingChange => {
    const voice = voiceOf(change, governed);
    return voice ? { ...change, voice } : change;
  });
  return { ...standing, changes };
}

/** What the code says of one change; undefined when it has nothing to say, or cannot know. */
export function voiceOf(
  change: Pick<StandingChange, 'id' | 'operation' | 'subject'>,
  governed: Governed,
): Voice | undefined {
  if (change.id === 'operation-added') return unimplemented(change.operation, governed);
  if (change.id.startsWith('operation-removed')) return stillServed(change.operation, governed);
  return /^response-property-removed/.test(change.id) ? neverProduced(change, governed) : undefined;
}

function unimplemented(operation: string | null, governed: Governed): Voice | undefined {
  const binding = governed.bindings.find((one) => one.operation.key === operation);
  if (!binding || binding.routes.length > 0 || binding.absence?.closed === false) return undefined;
  if (governed.apps.length === 0 || !governed.routeCompleteness.closed) return undefined;
  return { text: 'no handler implements it yet', place: null };
}

function stillServed(operation: string | null, governed: Governed): Voice | undefined {
  const [method = '', path = ''] = (operation ?? '').split(' ');
  const route = governed.undocumented.find(
    (one) => one.method.toUpperCase() === method && bare(one.path) === bare(`${governed.prefix}${path}`),
  );
  return route && { text: 'a route still serves it', place: route.place };
}

/** A path without the names of its parameters. */
const bare = (path: string): string => path.replace(/\{[^{}]*\}/g, '{}').replace(/(.)\/$/, '$1');

function neverProduced(
  { operation, subject }: Pick<StandingChange, 'operation' | 'subject'>,
  governed: Governed,
): Voice | undefined {
  const [, status = '', way = ''] = /^(\d{3})\.body(.*)$/.exec(subject) ?? [];
  const binding = governed.bindings.find((one) => one.operation.key === operation);
  if (status === '' || !binding || binding.routes.length === 0) return undefined;
  const steps = way.match(/\.[^.[\]]+|\[\]/g) ?? [];
  if (steps.join('') !== way || steps.length === 0) return undefined;
  const answers = binding.routes.map((route) => producedBy(route, Number(status), steps));
  return answers.every((answer) => answer === 'never')
    ? { text: 'no handler ever produced it', place: null }
    : undefined;
}

/** Whether the answers of a route with a status have a field: `never` needs every exit and every shape on the way to be known. */
function producedBy(route: Route, status: number, steps: readonly string[]): 'never' | 'perhaps' {
  const facts = route.facts();
  if (!facts.exitCompleteness.closed) return 'perhaps';
  const exits = facts.exits.filter((exit) => exit.status === status);
  const known = exits.length > 0 && exits.every((exit) => exit.body && lacks(exit.body, steps, 0));
  return known ? 'never' : 'perhaps';
}

function lacks(shape: Shape, steps: readonly string[], index: number): boolean {
  const resolved = resolveShape(shape);
  if (resolved.kind === 'union') return resolved.members.every((member) => lacks(member, steps, index));
  const step = steps[index]!;
  if (step === '[]') return resolved.kind === 'array' && lacks(resolved.items, steps, index + 1);
  if (resolved.kind !== 'object') return false;
  const field = resolved.fields.get(step.slice(1));
  if (!field) return resolved.additional === 'none';
  return index + 1 < steps.length && lacks(field.shape, steps, index + 1);
}
