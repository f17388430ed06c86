// Owns what stands at an offset of a file, as navigation sees it: a contract tag, a route, an operation, a named part of a contract.
// It must not know what is done with the answer.

import type { Place } from '../base/place.ts';
import { pointerOf } from '../base/pointer.ts';
import type { Route } from '../code/model.ts';
import type { Contract, ContractSection, Operation } from '../contract/model.ts';
import type { ContractLink, LinkedSection } from '../links/model.ts';
import type { Binding } from '../workspace/model.ts';
import { type Analysis, type ProjectAnalysis, projectAt } from './analysis.ts';
import type { FoundCall } from './callers.ts';
import { operationAt, routeAt } from './find.ts';

export type Subject =
  | { readonly kind: 'link'; readonly link: ContractLink; readonly place: Place }
  | { readonly kind: 'route'; readonly route: Route; readonly binding: Binding | undefined; readonly place: Place }
  | {
      readonly kind: 'operation';
      readonly operation: Operation;
      readonly contract: Contract;
      readonly routes: readonly Route[];
      /** Whether the offset stands in the `operationId`'s value. */
      readonly named: boolean;
      readonly place: Place;
    }
  /** The address that a call asks for; several operations where it could be each of them alike. */
  | ({ readonly kind: 'call'; readonly place: Place } & FoundCall)
  | { readonly kind: 'component'; readonly component: Component; readonly place: Place };

/** A named part that a contract's operations may share. */
export interface Component {
  readonly contract: Contract;
  readonly name: string;
  /** `schemas`, `responses`, …; `definitions` in Swagger 2.0. */
  readonly group: string;
  readonly section: ContractSection;
}

/** What an offset of a file means; undefined where nothing is meant. */
export function subjectAt(analysis: Analysis, file: string, offset: number): Subject | undefined {
  const project = projectAt(analysis, file);
  const link = project?.links.in(file).find(({ tag }) => tag.start <= offset && offset <= tag.end);
  if (link) return { kind: 'link', link, place: { file, start: link.tag.start, end: link.tag.end } };
  const call = analysis.calls?.at(file, offset);
  if (call) return { kind: 'call', ...call, place: call.call.urlPlace };
  const route = routeAt(analysis, file, offset);
  if (route) return { kind: 'route', ...route };
  const operation = operationAt(analysis, file, offset);
  if (operation) return { kind: 'operation', ...operation, contract: operation.governed.contract, named: false };
  return namedAt(analysis, file, offset) ?? componentAt(analysis, file, offset);
}

/** The operation and the contract that a subject is about; absent for components and for what leads nowhere. */
export function operationOf(
  subject: Subject | undefined,
): { readonly operation: Operation; readonly contract: Contract } | undefined {
  switch (subject?.kind) {
    case 'operation':
      return subject;
    case 'route':
      return subject.binding;
    case 'call':
      return subject.operations.length === 1 ? subject.operations[0] : undefined;
    case 'link': {
      const { resolution } = subject.link;
      if (resolution.kind !== 'found' || !resolution.operation) return undefined;
      return { operation: resolution.operation, contract: resolution.contract };
    }
    default:
      return undefined;
  }
}

/** The same for a call that could be several operations alike: all of them. */
export function operationsOf(
  subject: Subject | undefined,
): readonly { readonly operation: Operation; readonly contract: Contract }[] {
  if (subject?.kind === 'call') return subject.operations;
  const meant = operationOf(subject);
  return meant ? [meant] : [];
}

/** The routes that serve an operation, over all projects. */
export function routesOf(analysis: Analysis, operation: Operation): readonly Route[] {
  return analysis.projects.flatMap(({ model }) =>
    model.governed.flatMap(({ bindings }) =>
      bindings.filter((binding) => binding.operation === operation).flatMap((binding) => binding.routes),
    ),
  );
}

/** The tags that name an operation or a part of it. */
export function linksTo(analysis: Analysis, operation: Operation): readonly LinkTo[] {
  return linksWhere(analysis, (resolution) => resolution.operation === operation);
}

/** The tags that name a component or a part of it. */
export function linksToSection(analysis: Analysis, { place }: Pick<ContractSection, 'place'>): readonly LinkTo[] {
  return linksWhere(
    analysis,
    ({ section }) =>
      section.place.file === place.file &&
      (section.place.pointer === place.pointer || section.place.pointer.startsWith(`${place.pointer}/`)),
  );
}

export interface LinkTo {
  readonly link: ContractLink;
  readonly resolution: LinkedSection;
}

function linksWhere(analysis: Analysis, holds: (resolution: LinkedSection) => boolean): LinkTo[] {
  return analysis.projects.flatMap(({ links }) =>
    links.links.flatMap((link): LinkTo[] => {
      const { resolution } = link;
      return resolution.kind === 'found' && holds(resolution) ? [{ link, resolution }] : [];
    }),
  );
}

/** Where an operation's `operationId` is written; undefined when it has none. */
export function operationIdPlace(contract: Contract, { place, operationId }: Operation): Place | undefined {
  if (operationId === undefined) return undefined;
  return contract.section?.(place.file, `${place.pointer}/operationId`)?.place;
}

function namedAt(analysis: Analysis, file: string, offset: number): Subject | undefined {
  for (const { model } of projectsWith(analysis, file)) {
    for (const { contract, bindings } of model.governed) {
      if (!contract.files.includes(file)) continue;
      for (const { operation, routes } of bindings) {
        if (operation.place.file !== file || operation.place.start > offset) continue;
        const place = operationIdPlace(contract, operation);
        if (place && place.start <= offset && offset <= place.end)
          return { kind: 'operation', operation, contract, routes, named: true, place };
      }
    }
  }
  return undefined;
}

function componentAt(analysis: Analysis, file: string, offset: number): Subject | undefined {
  for (const { model } of projectsWith(analysis, file)) {
    for (const contract of model.contracts) {
      if (contract.file !== file) continue;
      for (const component of componentsOf(contract)) {
        const place = component.section.keyPlace;
        if (place.file === file && place.start <= offset && offset <= place.end)
          return { kind: 'component', component, place };
      }
    }
  }
  return undefined;
}

const projectsWith = (analysis: Analysis, file: string): readonly ProjectAnalysis[] =>
  analysis.projects.filter(({ model }) => model.contracts.some((contract) => contract.files.includes(file)));

const known = new WeakMap<Contract, readonly Component[]>();

/** The shared parts of a contract, in the order of the text. */
export function componentsOf(contract: Contract): readonly Component[] {
  let components = known.get(contract);
  if (!components) {
    components = findComponents(contract);
    known.set(contract, components);
  }
  return components;
}

function findComponents(contract: Contract): Component[] {
  const section = (tokens: readonly string[]): ContractSection | undefined =>
    contract.section?.(contract.file, pointerOf(tokens));
  const old = contract.specification === '2.0';
  const groups = old ? ['definitions'] : (section(['components'])?.names() ?? []);
  return groups.flatMap((group) => {
    const above = old ? [group] : ['components', group];
    return (section(above)?.names() ?? []).flatMap((name): Component[] => {
      const found = section([...above, name]);
      return found ? [{ contract, name, group, section: found }] : [];
    });
  });
}
