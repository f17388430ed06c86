// Owns what the two sides look like when they have met: which contract governs which app, and which route serves which operation.
// It must not know rules, findings or an editor.

import type { Place } from '../base/place.ts';
import type { App, CodeModel, Completeness, Route } from '../code/model.ts';
import type { Contract, ContractProblem, Operation } from '../contract/model.ts';

/** How a contract and its code relate, which sets the tone of route findings. */
export type ContractStyle =
  /** Written by hand and leading: route drift is an error. */
  | 'contract-first'
  /** Written by a generator from code: drift means "regenerate". */
  | 'generated'
  /** A public subset of a larger API: undocumented routes are summarised, not listed. */
  | 'partial';

/** A handler that a contract-first router looks for and does not find. */
export interface MissingHandler {
  /** The name that the contract gives, with the module's where it names one. */
  readonly name: string;
  /** The router's package. */
  readonly router: string;
  /** Where the router gets its handlers. */
  readonly place: Place;
  /** Handlers that no operation names and that this one may have meant. */
  readonly meant: readonly MeantHandler[];
}

/** A handler under another name, and what the contract would have to say for it to be the one. */
export interface MeantHandler {
  /** The key of the operation that names it: `operationId`, or an extension. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Where the code names it. */
  readonly place: Place;
}

export interface Binding {
  readonly operation: Operation;
  readonly contract: Contract;
  /** The routes that serve the operation, best first. Several when several apps or registrations do. */
  readonly routes: readonly Route[];
  /**
   * Whether an empty `routes` proves that nothing serves the operation: open when a catch-all, a route with an unknown
   * mount or a wider parameter route may answer it. Absent: only the app's own completeness speaks.
   */
  readonly absence?: Completeness;
  /** Set when nothing serves the operation because its router lacks the handler that it names. */
  readonly missingHandler?: MissingHandler;
}

/** One contract with the app (or apps) that it governs. */
export interface Governed {
  readonly contract: Contract;
  readonly role: 'owned' | 'consumed';
  readonly style: ContractStyle;
  /** Why the role is what it is, as a clause for people: "none of its 12 operations is served here". */
  readonly reason?: string;
  /** `likely` when what binds them could be chance, so that nothing said about them is proved. Absent: nothing speaks against it. */
  readonly confidence?: 'likely';
  /** The side that the configuration names as right; absent when it names none. */
  readonly sourceOfTruth?: 'contract' | 'code';
  /** Apps whose routes this contract governs; empty when no code of the workspace serves it. */
  readonly apps: readonly App[];
  /** One entry per operation, in the contract's order. */
  readonly bindings: readonly Binding[];
  /** Prefix that the served paths have and the contract's do not (after `servers`), e.g. `/api`; `''` when none. */
  readonly prefix: string;
  /** The prefix that `servers` or `basePath` names and the code lacks or contradicts, when all bound routes agree on that. */
  readonly basePathConflict?: { readonly declared: string; readonly served: string; readonly route: Route };
  /** Routes of the governed apps below the contract's reach that no operation of any contract matches. */
  readonly undocumented: readonly Route[];
  /** Whether the routes of the governed apps are all known. */
  readonly routeCompleteness: Completeness;
}

/** Everything that rules and reports read. Immutable. */
export interface WorkspaceModel {
  readonly contracts: readonly Contract[];
  /** Files of the contracts' family that are no contracts and that nothing uses; absent when nobody looked. */
  readonly leftAlone?: readonly ContractProblem[];
  readonly code: CodeModel;
  readonly governed: readonly Governed[];
  /** Route id to binding, for the code side. */
  readonly bindingOfRoute: ReadonlyMap<string, Binding>;
}
