// Owns what the decorators of `@nestjs/swagger` say of an endpoint: facts for readers, never behaviour.
// It must not be asked what an endpoint does.

import type { Place } from '../../../../base/place.ts';
import type { DocumentedParameter, RouteDocumentation } from '../../../model.ts';
import type { Machine } from '../machine.ts';
import { isEmpty, numberOf, textOf, truth } from '../value.ts';
import { type Note, notesOfClass } from './notes.ts';
import type { Endpoint } from './scene.ts';
import { statuses } from './statuses.ts';

const swagger = '@nestjs/swagger';

/** `ApiNotFoundResponse` → 404. */
function statusNamed(name: string): number | undefined {
  const middle = /^Api(\w+)Response$/.exec(name)?.[1];
  if (middle === undefined || middle === 'Default') return undefined;
  const key = middle.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  return statuses[key] ?? (key === 'IM_ATEAPOT' || key === 'IM_A_TEAPOT' ? 418 : undefined);
}

/** The statuses, parameters and body that are documented, and where the endpoint is called deprecated. */
export function documentationOf(m: Machine, endpoint: Endpoint): RouteDocumentation | undefined {
  const own = endpoint.notes.list.filter((note) => note.package === swagger);
  const shared = notesOfClass(m, endpoint.cls).list.filter((note) => note.package === swagger);
  if (own.length === 0 && shared.length === 0) return undefined;
  const found: { status: number; place: Place }[] = [];
  let deprecated: Place | undefined;
  for (const note of [...own, ...shared]) {
    const status = statusOf(m, note);
    if (status !== undefined && !found.some((one) => one.status === status)) found.push({ status, place: note.place });
    const [options] = note.args;
    if (
      note.name === 'ApiOperation' &&
      options?.kind === 'object' &&
      truth(m.get(options, 'deprecated', note.place)) === true
    )
      deprecated = options.places?.get('deprecated') ?? note.place;
  }
  const parameters = own.flatMap((note) => parameterOf(m, note) ?? []);
  const body = own.find((note) => note.name === 'ApiBody')?.place;
  if (found.length === 0 && !deprecated && parameters.length === 0 && !body) return undefined;
  return {
    statuses: found,
    ...(deprecated ? { deprecated } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { body } : {}),
  };
}

/** Decorators of parameters, and whether a parameter is required where they do not say: a header is left open. */
const locations: Readonly<Record<string, Pick<DocumentedParameter, 'in' | 'required'>>> = {
  ApiQuery: { in: 'query', required: true },
  ApiParam: { in: 'path', required: true },
  ApiHeader: { in: 'header' },
};

/** One parameter that a decorator names; a whole class of them (`@ApiQuery({ type: Page })`) says nothing of any one. */
function parameterOf(m: Machine, note: Note): DocumentedParameter | undefined {
  const location = locations[note.name];
  const [options] = note.args;
  if (!location || options?.kind !== 'object' || options.open || options.base?.length) return undefined;
  const name = textOf(m.get(options, 'name', note.place));
  if (name === undefined || name === '') return undefined;
  const said = m.get(options, 'required', note.place);
  const required = isEmpty(said) ? location.required : truth(said);
  return { in: location.in, name, ...(required === undefined ? {} : { required }), place: note.place };
}

function statusOf(m: Machine, note: Note): number | undefined {
  if (note.name !== 'ApiResponse') return statusNamed(note.name);
  const [options] = note.args;
  return options?.kind === 'object' ? numberOf(m.get(options, 'status', note.place)) : undefined;
}

/** Whether an endpoint is left out of the documentation on purpose. */
export function isHidden(m: Machine, endpoint: Endpoint): boolean {
  return [...endpoint.notes.list, ...notesOfClass(m, endpoint.cls).list].some((note) => {
    if (note.package !== swagger) return false;
    const [first] = note.args;
    if (note.name === 'ApiExcludeEndpoint' || note.name === 'ApiExcludeController')
      return !first || truth(first) !== false;
    return false;
  });
}
