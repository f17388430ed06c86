// Owns the lenses of an operation in its contract: where it is implemented and linked, how it is verified, what drifts.
// It must not know a protocol. What a lens says is found when somebody sees it.

import type { Place } from '../base/place.ts';
import { placeIn } from '../links/model.ts';
import type { Binding, Governed } from '../workspace/model.ts';
import type { Analysis } from './analysis.ts';
import { handlersOf } from './navigation.ts';
import { openQuestions } from './status.ts';
import { linksTo } from './subject.ts';

export type LensKind = 'handlers' | 'links' | 'verified' | 'drift';

/** A lens before it is seen. */
export interface Lens {
  readonly kind: LensKind;
  readonly place: Place;
  /** Names the operation again when the lens is resolved. */
  readonly operation: string;
}

export interface LensText {
  readonly title: string;
  /** Where a click leads; none for a lens that only says something. */
  readonly places: readonly Place[];
}

/** The lenses of a file, without what they say. */
export function lensesIn(analysis: Analysis, file: string): readonly Lens[] {
  return ownBindings(analysis)
    .filter(({ binding }) => binding.operation.place.file === file)
    .flatMap(({ binding, governed }) => {
      const { place, key } = binding.operation;
      const lens = (kind: LensKind): Lens => ({ kind, place, operation: key });
      if (governed.role === 'consumed') return linksTo(analysis, binding.operation).length > 0 ? [lens('links')] : [];
      return [
        lens('handlers'),
        ...(linksTo(analysis, binding.operation).length > 0 ? [lens('links')] : []),
        ...(binding.routes.length > 0 ? [lens('verified')] : []),
        ...(driftOf(analysis, binding).length > 0 ? [lens('drift')] : []),
      ];
    });
}

/** What a lens says now; undefined when its operation is gone. */
export function lensText(analysis: Analysis, file: string, operation: string, kind: LensKind): LensText | undefined {
  const found = ownBindings(analysis).find(
    ({ binding }) => binding.operation.key === operation && binding.operation.place.file === file,
  );
  if (!found) return undefined;
  const { binding } = found;
  switch (kind) {
    case 'handlers': {
      const places = handlersOf(analysis, binding.routes).map(({ selection }) => selection);
      return { title: places.length === 0 ? 'not implemented here' : counted(places.length, 'handler'), places };
    }
    case 'links': {
      const places = linksTo(analysis, binding.operation).map(({ link }) => placeIn(link, link.tag));
      return { title: counted(places.length, 'link'), places };
    }
    case 'verified': {
      const open = openQuestions(analysis, binding).length;
      return { title: open === 0 ? 'verified' : `${counted(open, 'open question')}`, places: [] };
    }
    case 'drift': {
      const findings = driftOf(analysis, binding);
      const places = findings.flatMap(({ code, contract }) => code ?? contract ?? []);
      return { title: counted(findings.length, 'drift'), places };
    }
  }
}

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

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
