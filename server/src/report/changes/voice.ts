// Owns what the code says of a contract's changes: an operation that was added and that no route serves, an operation, a status or a
// property that was removed and is still there, a property that was removed and that no handler produced. Where the code was not read
// in full, it says nothing. It must not know how changes or routes are found.

import type { HandlerFacts, Route } from '../../code/model.ts';
import type { StandingChange, VersionStanding } from '../../contract/model.ts';
import { resolveShape, type Shape } from '../../shape/shape.ts';
import type { Change } from '../../versioning/change.ts';
import type { Governed, WorkspaceModel } from '../../workspace/model.ts';

export type Voice = NonNullable<StandingChange['voice']>;

/** The same standing, with what the handlers of this workspace say of each change. */
export function withVoices(standing: VersionStanding, model: WorkspaceModel): VersionStanding {
  const governed = ownerOf(standing.contract, model);
  if (!governed) return standing;
  const changes = standing.changes.map((change): StandingChange => {
    const voice = voiceOf(change, governed);
    return voice ? { ...change, voice } : change;
  });
  return { ...standing, changes };
}

/** What the handlers of a workspace say of changes to a contract (its root's path), by the fingerprints of the changes. */
export function voicesOf(
  changes: readonly Change[],
  contract: string,
  model: WorkspaceModel,
): ReadonlyMap<string, Voice> {
  const governed = ownerOf(contract, model);
  const voices = new Map<string, Voice>();
  for (const change of governed ? changes : []) {
    const voice = governed && voiceOf(change, governed);
    if (voice) voices.set(change.fingerprint, voice);
  }
  return voices;
}

function ownerOf(contract: string, model: WorkspaceModel): Governed | undefined {
  return model.governed.find((one) => one.contract.file === contract && one.role !== 'consumed');
}

/** What the code says of one change; undefined when it has nothing to say, or cannot know. */
export function voiceOf(
  change: Pick<StandingChange, 'id' | 'operation' | 'subject'>,
  governed: Governed,
): Voice | undefined {
  if (change.id === 'operation-added') return unimplemented(change.operation, governed);
  if (change.id.startsWith('operation-removed')) return stillServed(change.operation, governed);
  if (/^response-[a-z]+-status-removed$/.test(change.id)) return stillReturned(change, governed);
  return /^response-property-removed/.test(change.id) ? produced(change, governed) : undefined;
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

function routesOf(operation: string | null, governed: Governed): readonly Route[] {
  return governed.bindings.find((one) => one.operation.key === operation)?.routes ?? [];
}

function stillReturned(
  { operation, subject }: Pick<StandingChange, 'operation' | 'subject'>,
  governed: Governed,
): Voice | undefined {
  const exits = routesOf(operation, governed).flatMap((route) => route.facts().exits);
  const exit = exits.find(({ status, confidence }) => String(status) === subject && confidence === 'proved');
  return exit && { text: 'a handler still returns it', place: exit.place };
}

/** A removed property is still sent when one exit is known to have it, and was never sent when every exit is known to lack it. */
function produced(
  { operation, subject }: Pick<StandingChange, 'operation' | 'subject'>,
  governed: Governed,
): Voice | undefined {
  const [, status = '', way = ''] = /^(\d{3})\.body(.*)$/.exec(subject) ?? [];
  const routes = routesOf(operation, governed);
  const steps = way.match(/\.[^.[\]]+|\[\]/g) ?? [];
  if (status === '' || routes.length === 0 || steps.join('') !== way || steps.length === 0) return undefined;
  const exits = routes.flatMap((route) => route.facts().exits).filter((exit) => exit.status === Number(status));
  const holding = exits.find((exit) => exit.body && presence(exit.body, steps, 0) === 'there');
  if (holding) return { text: 'a handler still produces it', place: holding.bodyPlace ?? holding.place };
  const closed = routes.every((route) => isWhole(route.facts(), Number(status)));
  const known = exits.length > 0 && exits.every((exit) => exit.body && presence(exit.body, steps, 0) === 'not there');
  return closed && known ? { text: 'no handler ever produced it', place: null } : undefined;
}

/** Whether all answers with a status are known. */
function isWhole({ exitCompleteness, suspected }: HandlerFacts, status: number): boolean {
  return exitCompleteness.closed && !suspected?.some((one) => one.status === status);
}

type Presence = 'there' | 'not there' | 'perhaps';

/** Whether values of a shape have a field. What only a type says is enforced by nothing, so that it decides nothing. */
function presence(shape: Shape, steps: readonly string[], index: number): Presence {
  const resolved = resolveShape(shape);
  if (resolved.kind === 'union') {
    const members = resolved.members.map((member) => presence(member, steps, index));
    if (members.includes('there')) return 'there';
    return members.every((member) => member === 'not there') ? 'not there' : 'perhaps';
  }
  if (resolved.stated === 'type') return 'perhaps';
  const step = steps[index]!;
  if (step === '[]') return resolved.kind === 'array' ? presence(resolved.items, steps, index + 1) : 'perhaps';
  if (resolved.kind !== 'object') return 'perhaps';
  const field = resolved.fields.get(step.slice(1));
  if (!field) return resolved.additional === 'none' ? 'not there' : 'perhaps';
  if (index + 1 < steps.length) return presence(field.shape, steps, index + 1);
  return field.required && resolveShape(field.shape).kind !== 'never' ? 'there' : 'perhaps';
}
