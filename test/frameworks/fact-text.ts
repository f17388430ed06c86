// Owns the facts of a small service as text with places, in the words that pages of cases are written in.
// It must not know what a page expects.

import type { Place } from '../../server/src/base/place.ts';
import type { App, BodyAcceptance, Completeness, Guard, ParameterRead, Route } from '../../server/src/code/model.ts';
import { readConfiguration } from '../../server/src/registry/read-configuration.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';
import { plain } from './shape-text.ts';

/** The aspects of a service that a page can be about. */
export const topics = ['routes', 'mounts', 'reads', 'exits', 'errors', 'guards'] as const;
export type Topic = (typeof topics)[number];

/** One fact as a page would write it. */
export interface FactText {
  readonly text: string;
  readonly place?: Place;
  readonly about: 'routes' | 'reads' | 'exits' | 'guards';
}

/** What has to be said completely on a page about a topic. */
export function aspectOf(topic: Topic): FactText['about'] {
  if (topic === 'mounts') return 'routes';
  return topic === 'errors' ? 'exits' : topic;
}

/** Every fact of a service; the same fact of several routes at one place is said once. */
export async function factsOfService(service: Readonly<Record<string, string>>): Promise<readonly FactText[]> {
  const texts = { 'package.json': '{ "name": "service" }\n', ...service };
  const files = memoryFiles(texts);
  const { configuration, problems } = readConfiguration(files, '/workspace');
  if (problems[0]) throw new Error(problems[0].message);
  // A contract is asked only for the routes of routers that it drives.
  const { apps } = (await new Workspace({ configuration }).model(files)).code;
  const all = apps.flatMap((app) => [...openRoutes(app), ...app.routes.flatMap(factsOfRoute)]);
  const seen = new Set<string>();
  return all.filter((fact) => {
    const key = `${fact.text}\0${fact.place?.file}\0${fact.place?.start}`;
    if (seen.has(key) && fact.about !== 'routes') return false;
    seen.add(key);
    return true;
  });
}

function openRoutes({ completeness }: App): FactText[] {
  return completeness.closed ? [] : [{ text: `open routes ${completeness.reason}`, about: 'routes' }];
}

function factsOfRoute(route: Route): FactText[] {
  const facts = route.facts();
  const { reads } = facts;
  return [
    {
      text: `${route.method} ${route.path}${route.unmounted ? ' ?' : ''}`,
      place: route.pathPlace,
      about: 'routes',
    },
    ...reads.parameters.map((read) => ({ text: textOfRead(read), place: read.place, about: 'reads' as const })),
    ...reads.bodies.map((body) => ({ text: textOfBody(body), place: body.place, about: 'reads' as const })),
    ...Object.entries(reads.completeness).flatMap(([location, axis]) => open(location, axis, 'reads')),
    ...facts.exits.map((exit) => ({
      text: `${exit.status}${exit.body ? `: ${plain(exit.body)}` : ''} (${exit.origin})${
        exit.mediaType === undefined || exit.mediaType === 'application/json' ? '' : ` ${exit.mediaType}`
      }`,
      place: exit.place,
      about: 'exits' as const,
    })),
    ...(facts.suspected ?? []).map(({ status, place }) => ({
      text: `${status} perhaps`,
      place,
      about: 'exits' as const,
    })),
    // Handlers of cases may do nothing but fail, which the front-end takes for a loss of the rest.
    ...open('exits', facts.exitCompleteness, 'exits'),
    ...facts.guards.map((guard) => ({ text: textOfGuard(guard), place: guard.place, about: 'guards' as const })),
    ...open('guards', facts.guardCompleteness, 'guards'),
  ];
}

function textOfRead(read: ParameterRead): string {
  const mark = read.required === true ? '!' : read.required === false ? '?' : '';
  return `${read.in} ${read.name}${mark}: ${plain(read.shape)} (${read.source})`;
}

function textOfBody(body: BodyAcceptance): string {
  return `body${body.required === true ? '!' : body.required === false ? '?' : ''}: ${plain(body.shape)} (${body.source})`;
}

function textOfGuard(guard: Guard): string {
  const words = ['guard', guard.kind, guard.scheme, ...guard.scopes].filter((word) => word !== undefined);
  return `${words.join(' ')} (${guard.level})`;
}

function open(axis: string, completeness: Completeness, about: FactText['about']): FactText[] {
  if (completeness.closed || completeness.detail === 'no success was seen') return [];
  return [{ text: `open ${axis} ${completeness.reason}`, about }];
}
