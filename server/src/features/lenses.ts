// Owns the lenses of a contract (where an operation is implemented, called and linked, how it is verified, what drifts; at its version, what changed)
// and those of code (which operation a handler serves, and what drifts).
// It must not know a protocol. What a lens says is found when somebody sees it.

import type { Place } from '../base/place.ts';
import type { Route } from '../code/model.ts';
import type { Operation } from '../contract/model.ts';
import { placeIn } from '../links/model.ts';
import type { Binding, Governed } from '../workspace/model.ts';
import { type Analysis, isContractOnly } from './analysis.ts';
import { type Say, sayEnglish } from './language/speak.ts';
import { callPlaces, firstLine, handlersOf } from './navigation.ts';
import { openQuestions } from './status.ts';
import { linksTo } from './subject.ts';
import { subjectOf, type VersionState, versionLens, versionStates } from './version.ts';

export type LensKind = 'handlers' | 'calls' | 'links' | 'verified' | 'drift' | 'version' | 'contract';

/** A lens before it is seen. */
export interface Lens {
  readonly kind: LensKind;
  readonly place: Place;
  /** Names the operation again when the lens is resolved; empty for the contract's version. */
  readonly operation: string;
}

export interface LensText {
  readonly title: string;
  /** Where a click leads; none for a lens that only says something. */
  readonly places: readonly Place[];
  /** The contract that a click compares with its baseline, where an editor can show that. */
  readonly contract?: string;
}

/** The lenses of a file, without what they say. */
export function lensesIn(analysis: Analysis, file: string): readonly Lens[] {
  const versions = versionsIn(analysis, file).map(
    (state): Lens => ({ kind: 'version', place: subjectOf(state).place, operation: '' }),
  );
  return [...versions, ...operationLenses(analysis, file), ...codeLenses(analysis, file)];
}

/** Whether a file has operations of a contract, so that its lenses say who calls them. */
export const speaksOfOperations = (analysis: Analysis, file: string): boolean =>
  ownBindings(analysis).some(({ binding }) => binding.operation.place.file === file);

/** The versions of a file of which there is something to say. */
function versionsIn(analysis: Analysis, file: string): readonly VersionState[] {
  return versionStates(analysis).filter(
    (state) => subjectOf(state).place.file === file && versionLens(state, sayEnglish) !== undefined,
  );
}

/** One line above each handler, or above the registration where no handler was found: the operation that it serves. */
function codeLenses(analysis: Analysis, file: string): readonly Lens[] {
  const lenses = ownBindings(analysis).flatMap(({ binding, governed }) => {
    if (governed.role === 'consumed') return [];
    return binding.routes.flatMap((route): Lens[] => {
      const place = route.handlerPlace ?? route.place;
      // A handler that is written where it is registered has its lens above the registration.
      const inside =
        route.place.file === place.file && route.place.start <= place.start && place.end <= route.place.end;
      const shown = inside ? route.place : place;
      if (shown.file !== file) return [];
      const lens = (kind: LensKind): Lens => ({
        kind,
        place: firstLine(analysis, shown),
        operation: binding.operation.key,
      });
      return [lens('contract'), ...(driftOf(analysis, binding).length > 0 ? [lens('drift')] : [])];
    });
  });
  return [...new Map(lenses.map((lens) => [`${lens.kind} ${lens.operation} ${lens.place.start}`, lens])).values()];
}

function operationLenses(analysis: Analysis, file: string): readonly Lens[] {
  return ownBindings(analysis)
    .filter(({ binding }) => binding.operation.place.file === file)
    .flatMap(({ binding, governed }) => {
      const { place, key } = binding.operation;
      const lens = (kind: LensKind): Lens => ({ kind, place, operation: key });
      const spoken = [
        ...(calledText(analysis, binding.operation, sayEnglish) === undefined ? [] : [lens('calls')]),
        ...(linksTo(analysis, binding.operation).length > 0 ? [lens('links')] : []),
      ];
      if (governed.role === 'consumed' || isContractOnly(analysis, governed.contract)) return spoken;
      return [
        lens('handlers'),
        ...spoken,
        ...(binding.routes.length > 0 ? [lens('verified')] : []),
        ...(driftOf(analysis, binding).length > 0 ? [lens('drift')] : []),
      ];
    });
}

/** What a lens says now; undefined when its operation is gone. */
export function lensText(
  analysis: Analysis,
  file: string,
  operation: string,
  kind: LensKind,
  say: Say = sayEnglish,
): LensText | undefined {
  if (kind === 'version') return versionText(analysis, file, say);
  const found = ownBindings(analysis).find(
    ({ binding }) =>
      binding.operation.key === operation &&
      (binding.operation.place.file === file || binding.routes.some((route) => servesIn(route, file))),
  );
  if (!found) return undefined;
  const { binding } = found;
  switch (kind) {
    case 'handlers': {
      const places = handlersOf(analysis, binding.routes).map(({ selection }) => selection);
      return {
        title:
          places.length === 0
            ? say('not implemented here')
            : counted(places.length, say('1 handler'), say(`${places.length} handlers`)),
        places,
      };
    }
    case 'calls': {
      const title = calledText(analysis, binding.operation, say);
      return title === undefined ? undefined : { title, places: callPlaces(analysis, binding.operation) };
    }
    case 'links': {
      const places = linksTo(analysis, binding.operation).map(({ link }) => placeIn(link, link.tag));
      return { title: counted(places.length, say('1 link'), say(`${places.length} links`)), places };
    }
    case 'verified': {
      const open = openQuestions(analysis, binding).length;
      return {
        title: open === 0 ? say('verified') : counted(open, say('1 open question'), say(`${open} open questions`)),
        places: [],
      };
    }
    case 'drift': {
      const findings = driftOf(analysis, binding);
      const places = findings.flatMap(({ code, contract }) => code ?? contract ?? []);
      return { title: counted(findings.length, say('1 drift'), say(`${findings.length} drifts`)), places };
    }
    case 'contract': {
      const { operation: served, contract } = binding;
      const title = `${served.key} · ${contract.title === '' ? say('contract') : contract.title}`;
      return { title: served.deprecated ? `${title} (${say('deprecated')})` : title, places: [served.place] };
    }
  }
}

/** In how many places an operation is called and tested; undefined where nobody calls it, or while nobody knows. */
function calledText(analysis: Analysis, operation: Operation, say: Say): string | undefined {
  const callers = analysis.calls?.of(operation);
  if (!callers) return undefined;
  const { calls, tests } = { calls: callers.calls.length, tests: callers.tests.length };
  if (calls === 0 && tests === 0) return undefined;
  if (calls === 0) return counted(tests, say('tested in 1 place'), say(`tested in ${tests} places`));
  const called = counted(calls, say('called in 1 place'), say(`called in ${calls} places`));
  return tests === 0 ? called : `${called}, ${say(`tested in ${tests}`)}`;
}

/** What changed, and the changed places that are still there. */
function versionText(analysis: Analysis, file: string, say: Say): LensText | undefined {
  const [state] = versionsIn(analysis, file);
  const title = state && versionLens(state, say);
  if (title === undefined) return undefined;
  const changes = state?.kind === 'standing' ? state.standing.changes : [];
  const counted = changes.filter(({ level }) => level !== 'documentation');
  return { title, places: counted.flatMap(({ place }) => place ?? []), contract: file };
}

const servesIn = ({ place, handlerPlace }: Route, file: string): boolean =>
  place.file === file || handlerPlace?.file === file;

function ownBindings(analysis: Analysis): readonly { readonly binding: Binding; readonly governed: Governed }[] {
  return analysis.projects.flatMap(({ model }) =>
    model.governed.flatMap((governed) => governed.bindings.map((binding) => ({ binding, governed }))),
  );
}

function driftOf(analysis: Analysis, { operation, contract }: Binding) {
  return analysis.projects.flatMap(({ findings }) =>
    findings.filter(
      (finding) => !finding.suppressed && finding.operation === operation.key && finding.contractRoot === contract.file,
    ),
  );
}

const counted = (count: number, one: string, several: string): string => (count === 1 ? one : several);
