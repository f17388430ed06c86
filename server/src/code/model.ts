// Owns the code model: the facts that a front-end finds in handler code, each with its place, its values and its completeness.
// It must not know a contract, and it never decides what is wrong.

import type { Place } from '../base/place.ts';
import type { Shape } from '../shape/shape.ts';

/** Why the analysis cannot say more on an axis. A closed list: every reason has one line of help for the user. */
export type AbstainReason =
  | 'dynamic-path'
  | 'dynamic-method'
  | 'unresolved-import'
  | 'unresolved-prefix'
  | 'environment-dependent'
  | 'conditional-registration'
  | 'dependency-injection'
  | 'catch-all-or-proxy'
  | 'generated-code'
  | 'request-escapes'
  | 'spread-or-any'
  | 'custom-serializer'
  | 'custom-error-mapper'
  | 'unreadable-exit'
  | 'parse-error'
  | 'framework-unmodelled'
  | 'several-contracts'
  | 'external-ref-unavailable'
  | 'budget';

/** Whether an enumeration finished. Open axes silence absence rules; they never silence witnesses. */
export type Completeness =
  | { readonly closed: true }
  | {
      readonly closed: false;
      readonly reason: AbstainReason;
      readonly place?: Place;
      readonly detail?: string;
      /**
       * Set when only code got hold of it that cannot know this operation's own names, as a library or a loop over all keys: the whole
       * `request` went there, or just this `part` of it, so that every name of the part is handed on. Absence stays unproved, but no name
       * of the workspace's own is hidden.
       */
      readonly generic?: 'request' | 'part';
    };

export const closed: Completeness = { closed: true };

/** How sure the analysis is that a fact holds at run time. */
export type Confidence = 'proved' | 'likely';

/** A step from the handler to the fact: a call that was followed, a throw, the middleware that mapped it. */
export interface Step {
  readonly place: Place;
  /** What happens here, as a clause: "calls fail", "throws NotFoundError", "maps it to a status". */
  readonly what: string;
}

export type ReadLocation = 'path' | 'query' | 'header' | 'cookie' | 'body' | 'form';

/** A named part of the request that the code reads or a validator checks. */
export interface ParameterRead {
  readonly in: ReadLocation;
  /** Header names in lower case, others as written. Body fields are dotted paths below the body; `[]` marks an array's items. */
  readonly name: string;
  readonly place: Place;
  /** Whether absence is rejected with a client error: `true` proven, `false` proven optional, `undefined` unknown. */
  readonly required: boolean | undefined;
  /** Where absence is rejected, when `required` is true. */
  readonly requiredPlace?: Place;
  /** What the code accepts (a validator's input side) or converts to. Unknown when nothing says. */
  readonly shape: Shape;
  /** Who says so. Only a `validator` or a `conversion` states a type that is enforced at run time. */
  readonly source: 'validator' | 'conversion' | 'read' | 'type';
  /** A constant default; absent when there is none. */
  readonly default?: { readonly value: unknown };
  readonly confidence: Confidence;
  readonly via: readonly Step[];
  /** True when only a middleware that many routes share reads it, which says little of this one operation. */
  readonly shared?: boolean;
  /** True for headers and cookies of which the name says that they carry who the caller is. */
  readonly credential?: boolean;
  /** True when its value goes whole to where nobody can follow, so that any field below it may be read there. */
  readonly escapes?: boolean;
}

/** What the handler accepts as a whole body: from a validator, a schema or a declared type. */
export interface BodyAcceptance {
  readonly shape: Shape;
  readonly source: 'validator' | 'type';
  /** Whether a request without a body is rejected. */
  readonly required: boolean | undefined;
  readonly place: Place;
  readonly mediaTypes: readonly string[];
  readonly confidence: Confidence;
  readonly via: readonly Step[];
}

export interface Reads {
  readonly parameters: readonly ParameterRead[];
  readonly bodies: readonly BodyAcceptance[];
  /** Per location: whether `parameters` names everything that is read there. */
  readonly completeness: Readonly<Record<ReadLocation, Completeness>>;
}

/** Who answers. A `guard` or `validator` answers before the handler; `framework` stands for documented defaults. */
export type ExitOrigin = 'handler' | 'helper' | 'throw' | 'validator' | 'guard' | 'middleware' | 'framework';

/** One way in which an answer leaves. */
export interface Exit {
  readonly status: number;
  readonly origin: ExitOrigin;
  /** The status itself where it is written, else the call that sends. */
  readonly place: Place;
  readonly via: readonly Step[];
  /** Lower case without parameters; undefined when nothing sets one that is known. */
  readonly mediaType?: string;
  /** The body after serialisation. Undefined: nothing is sent. */
  readonly body?: Shape;
  /** Where the body is written. */
  readonly bodyPlace?: Place;
  /** True when it is known that nothing is sent; absent when that was not decided, as for files and streams. */
  readonly empty?: boolean;
  /** Header names in lower case that this exit sets, each with its value where that is a constant. */
  readonly headers: readonly {
    readonly name: string;
    readonly place: Place;
    readonly value?: string;
    /** Whether only some of the ways that lead to this exit set it. */
    readonly perhaps?: true;
  }[];
  readonly confidence: Confidence;
}

/** A status that only an error leads to of which nothing is known: it may leave, and may not. */
export interface SuspectedStatus {
  readonly status: number;
  readonly place: Place;
}

/** A status that is taken over from the answer of another service. */
export interface ForwardedStatus {
  /** Where the status is set. */
  readonly place: Place;
  readonly via: readonly Step[];
  /** Who answered it, as the code calls the client: `fetch`, `axios`. */
  readonly client: string;
}

/** A parser before the handler, which turns bodies of these types into what the handler reads. */
export interface BodyParser {
  /** Lower case without parameters; may end in `/*`, or begin with `*+`. */
  readonly mediaTypes: readonly string[];
  readonly place: Place;
}

/** Something that lets only some callers through. */
export interface Guard {
  readonly kind: 'authentication' | 'authorization' | 'optional-authentication';
  /** How callers prove themselves, when the code shows it. */
  readonly scheme?: 'bearer' | 'basic' | 'apiKey' | 'cookie' | 'session';
  /** For `apiKey`: the header, query parameter or cookie. */
  readonly carrier?: string;
  readonly scopes: readonly string[];
  /** True when `scopes` are constants that the code looks for in what it knows of the caller, which may be roles or features too. */
  readonly tested?: boolean;
  readonly place: Place;
  /** Where it is attached: on the route itself, or on a router or app around it. */
  readonly level: 'route' | 'router' | 'app';
  readonly confidence: Confidence;
}

/** Everything that is known of what happens behind a route. */
export interface HandlerFacts {
  readonly reads: Reads;
  readonly exits: readonly Exit[];
  /** Statuses that only an error leads to of which nothing is known. Absent: none. */
  readonly suspected?: readonly SuspectedStatus[];
  /** Whether `exits` and `suspected` name every status that can leave, framework and gateway aside. */
  readonly exitCompleteness: Completeness;
  readonly guards: readonly Guard[];
  /** Whether every middleware on the chain was understood, so that a missing guard means no guard. */
  readonly guardCompleteness: Completeness;
  /** True when a filter strips fields that the bodies of `exits` still show, since its schema could not be read. */
  readonly filtersResponses: boolean;
  /** Whether `headers` of the exits name every header that the service itself may set. Absent: not decided. */
  readonly headerCompleteness?: Completeness;
  /** Statuses of other services that are passed on as they come. Absent: none was seen. */
  readonly forwarded?: readonly ForwardedStatus[];
  /** Whether the handler may hand the request on to what is registered behind it. Absent: not decided. */
  readonly passesOn?: boolean;
  /** The parsers of bodies on the chain, where the front-end models them all; absent where it does not. */
  readonly parsers?: readonly BodyParser[];
  /** Expressions behind unknown parts of the answers, of which a type checker could say more. Absent: none. */
  readonly typeQuestions?: readonly Place[];
  /** Files that the facts were read from: when one changes, the facts are stale. */
  readonly files: readonly string[];
}

/** A parameter that a route is documented to take. */
export interface DocumentedParameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  /** Undefined where the documentation leaves it open. */
  readonly required?: boolean;
  readonly place: Place;
}

/** What decorators, schemas and the like say of a route for readers, beside what it does. */
export interface RouteDocumentation {
  readonly statuses: readonly { readonly status: number; readonly place: Place }[];
  readonly deprecated?: Place;
  /** Absent: none, or nobody reads them. */
  readonly parameters?: readonly DocumentedParameter[];
  /** Where a body is documented. */
  readonly body?: Place;
}

/** A route as it is served. */
export interface Route {
  /** Stable within a run: app, method, path and registration order. */
  readonly id: string;
  readonly app: string;
  /** Lower case; `all` answers every method. */
  readonly method: string;
  /** OpenAPI template form with every mount prefix, e.g. `/v1/orders/{id}`; wildcards are `{*}`. */
  readonly path: string;
  readonly framework: string;
  /** The registration call. */
  readonly place: Place;
  /** The path's own text in the registration, else the call. */
  readonly pathPlace: Place;
  /**
   * The path as the registration writes it out, empty where it writes none, where another route could be written after its manner.
   * Absent where it is registered in another way.
   */
  readonly written?: string;
  /** The handler function, when it was found. */
  readonly handlerPlace?: Place;
  readonly handlerName?: string;
  /** Set for a route that a contract-first router serves: the name by which its handler was found. */
  readonly operationId?: string;
  /** Position in the app's registration order, for shadowing. */
  readonly order: number;
  /** Open when a prefix, the path or the registration itself could not be decided. */
  readonly completeness: Completeness;
  /** True when a part of the path takes only some texts (`:id(\\d+)`), which a template cannot say. */
  readonly constrained?: boolean;
  /** True when the prefix is not known: the path is what the router itself says. */
  readonly unmounted: boolean;
  /** True for routes that serve pages, assets, health or documentation rather than the API, as far as the code shows. */
  readonly internal: boolean;
  /** Mounts on the way, outermost first. */
  readonly mounts: readonly Step[];
  /** Where the code calls the handler deprecated (`@deprecated`). */
  readonly deprecated?: Place;
  /** What the route is documented to do; it is no behaviour. */
  readonly documentation?: RouteDocumentation;
  /** Facts are found when they are asked for. */
  readonly facts: () => HandlerFacts;
  /** The reads alone, as far as a small budget goes: for routes of which nobody asks more than what they take. Absent: those of the facts. */
  readonly glance?: () => HandlerFacts['reads'];
  /** For a route of all methods, what it does with requests of one: its handler may ask which. */
  readonly factsFor?: (method: string) => HandlerFacts;
}

/** A handler that a contract-first router finds by name. */
export interface OperationHandler {
  /** The `operationId`, or what an extension of the operation says instead. */
  readonly operationId: string;
  /** The module that holds it, relative to the router's folder and without extension, for routers that are told it. */
  readonly controller?: string;
  readonly place: Place;
  /** The route that it is at an operation; the path is relative to where the router is mounted. */
  readonly route: (method: string, path: string) => Route;
}

/** A router that a contract drives: which path has which handler only the contract says. */
export interface OperationRouter {
  /** The package's name. */
  readonly router: string;
  readonly place: Place;
  /** The contract's file, where the code names it. */
  readonly contractFile?: string;
  /** Whether a prefix stands before its paths. */
  readonly mounted: boolean;
  /** Extensions of an operation that name its handler or the handler's module, before its `operationId` does. */
  readonly naming: {
    readonly handler: readonly string[];
    readonly controller: readonly string[];
    /** Whether operations that name no module are none of the router's. */
    readonly controllerRequired?: boolean;
    /** Whether an `operationId` such as `orders.create` names a module and a function in it. */
    readonly dotted?: boolean;
  };
  readonly handlers: readonly OperationHandler[];
  /** Whether every handler is known, so that a missing one is missing. */
  readonly completeness: Completeness;
}

/** A service: one framework instance that listens, with its routes. */
export interface App {
  /** The file that makes the app: its identity in outputs is the nearest package's folder. */
  readonly id: string;
  readonly framework: string;
  readonly place: Place;
  /** Absolute folder of the nearest `package.json`, else of the workspace root. */
  readonly folder: string;
  readonly routes: readonly Route[];
  /** Whether every registration was understood, so that a missing route means no route. */
  readonly completeness: Completeness;
  /** Contract files that the code itself names (a validator middleware or documentation page that loads them). */
  readonly contractFiles: readonly string[];
  /** Routers whose routes come from a contract; the workspace resolves them. */
  readonly operationRouters?: readonly OperationRouter[];
}

/** What a front-end gives for a workspace. */
export interface CodeModel {
  readonly apps: readonly App[];
  /** Said once each: a framework without a model, a file that does not parse. Never findings. */
  readonly notices: readonly CodeNotice[];
}

export interface CodeNotice {
  readonly reason: AbstainReason;
  readonly message: string;
  readonly place?: Place;
}
