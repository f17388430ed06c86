// Owns what a tag at a place could name: the operation that the code there serves, then all others.
// It must not know who chooses.

import { type Analysis, projectAt } from './analysis.ts';
import { routesAround } from './navigation.ts';

/** One target that a tag could name. */
export interface LinkOffer {
  readonly target: string;
  readonly label: string;
  readonly detail: string;
}

/** Every operation of the project's contracts as a target, those that the code at an offset serves first. */
export function linkOffers(analysis: Analysis, file: string, offset: number): readonly LinkOffer[] {
  const project = projectAt(analysis, file);
  if (!project) return [];
  const served = new Set(
    routesAround(analysis, file, offset).flatMap(
      (route) => project.model.bindingOfRoute.get(route.id)?.operation ?? [],
    ),
  );
  const offers = project.model.contracts.flatMap((contract) =>
    contract.operations.map((operation) => ({
      operation,
      offer: {
        target: project.links.targetFor(contract, operation, file),
        label: operation.key,
        detail: `${operation.operationId ?? ''} ${contract.title}`.trim(),
      },
    })),
  );
  const first = offers.filter(({ operation }) => served.has(operation));
  const rest = offers.filter(({ operation }) => !served.has(operation));
  return [...first, ...rest].map(({ offer }) => offer);
}
