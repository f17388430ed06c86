// Owns the report: the machine-readable answer of `fidelity check`, as plain data in the order in which it is printed.
// It must not know files, formats, an editor or a terminal. Its JSON Schema is `server/schemas/report.schema.json`.

import type { AbstainReason, ReadLocation } from '../code/model.ts';
import type { Polarity, Severity } from '../findings/finding.ts';

/** Raised when a reader of the JSON would have to change; a new optional field does not raise it. */
export const SCHEMA_VERSION = 1;

/** Paths are relative to the report's root with forward slashes; lines and columns count from 1, in UTF-16 code units. */
export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  readonly contracts: readonly ReportedContract[];
  readonly operations: readonly ReportedOperation[];
  readonly routes: readonly BoundRoute[];
  readonly findings: readonly ReportedFinding[];
  readonly summary: Summary;
}

export interface ReportedContract {
  readonly file: string;
  readonly format: 'openapi' | 'swagger';
  readonly specVersion: string;
  readonly title: string;
  readonly version: string;
  readonly role: 'owned' | 'consumed';
  readonly operations: number;
  /** Folder of the service that the contract governs; null when no code of the workspace serves it. */
  readonly app: string | null;
}

/** What can be open about an operation. */
export type Axis =
  | 'contract'
  | 'route'
  | 'path-parameters'
  | 'query'
  | 'headers'
  | 'cookies'
  | 'body'
  | 'statuses'
  | 'security';

export interface Unknown {
  readonly axis: Axis;
  readonly reason: AbstainReason;
  readonly file: string | null;
  readonly line: number | null;
  /** One line on how the user can help. */
  readonly hint: string;
}

/** What an operation promises: that it is served, and what is said of its requests and answers. */
export type Aspect = 'route' | 'parameters' | 'body' | 'statuses' | 'responses' | 'security';

/** `none`: the contract promises nothing there, or nobody serves the operation. */
export type CoverageState = 'verified' | 'drifting' | 'unknown' | 'none';

export interface ReportedCoverage {
  readonly aspect: Aspect;
  readonly state: CoverageState;
  /** Why it could not be decided, also beside drift that was found. */
  readonly reasons: readonly AbstainReason[];
}

export interface ReportedOperation {
  readonly contract: string;
  readonly operation: string;
  readonly pointer: string;
  readonly operationId: string | null;
  readonly handlers: readonly { readonly file: string; readonly line: number; readonly framework: string }[];
  readonly callers: readonly { readonly file: string; readonly line: number }[];
  /** True when a route serves it and nothing about either side is open. */
  readonly verified: boolean;
  readonly unknowns: readonly Unknown[];
  /** One entry per aspect; absent in reports of earlier versions. */
  readonly coverage?: readonly ReportedCoverage[];
}

export interface ReportedRoute {
  /** Upper case; `ALL` for routes that answer every method. */
  readonly method: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly framework: string;
  readonly params: readonly { readonly name: string; readonly in: ReadLocation }[];
}

export interface BoundRoute extends ReportedRoute {
  readonly operation: string | null;
  readonly contract: string | null;
}

export interface ReportedSpan {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly family: string;
  readonly polarity: Polarity;
  readonly severity: Severity;
  readonly confidence: 'proved' | 'likely';
  readonly operation: string | null;
  readonly subject: string;
  readonly message: string;
  readonly contract: (ReportedSpan & { readonly pointer: string }) | null;
  readonly code: ReportedSpan | null;
  readonly related: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly message: string;
  }[];
  readonly fingerprint: string;
  readonly fixes: readonly {
    readonly id: string;
    readonly title: string;
    readonly side: 'contract' | 'code';
    readonly safety: 'safe' | 'suggestion';
  }[];
  readonly suppressed: {
    readonly by: 'comment' | 'contract' | 'baseline';
    readonly reason: string | null;
    readonly until: string | null;
  } | null;
}

export interface Summary {
  readonly operations: number;
  readonly verified: number;
  readonly implemented: number;
  readonly undocumentedRoutes: number;
  /** Findings that are not suppressed. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly files: number;
  readonly milliseconds: number;
}

/** Severities from the most to the least serious. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Whether a severity is at or above a bound. */
export function reaches(severity: Severity, bound: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(bound);
}
