// Owns the rolling up of reports that several repositories wrote into one. It must not know files.

import type { Report, ReportedSpan } from '../model.ts';
import { SCHEMA_VERSION } from '../model.ts';

/** One report of many. Paths begin with the name of the report that they come from, so that equal names stay apart. */
export function mergeReports(named: readonly (readonly [string, Report])[], tool: Report['tool']): Report {
  return joinReports(
    named.map(([name, report]) => prefixed(name, report)),
    tool,
  );
}

/** One report of many whose paths have one root already, such as those of the projects of one run. */
export function joinReports(all: readonly Report[], tool: Report['tool']): Report {
  const sum = (count: (report: Report) => number): number => all.reduce((total, report) => total + count(report), 0);
  const count = (severity: keyof Report['summary']['findings']): number =>
    sum((report) => report.summary.findings[severity]);
  return {
    schemaVersion: SCHEMA_VERSION,
    tool,
    contracts: all.flatMap((report) => report.contracts),
    operations: all.flatMap((report) => report.operations),
    routes: all.flatMap((report) => report.routes),
    findings: all.flatMap((report) => report.findings),
    summary: {
      operations: sum((report) => report.summary.operations),
      verified: sum((report) => report.summary.verified),
      implemented: sum((report) => report.summary.implemented),
      undocumentedRoutes: sum((report) => report.summary.undocumentedRoutes),
      findings: {
        error: count('error'),
        warning: count('warning'),
        information: count('information'),
        hint: count('hint'),
      },
      suppressed: sum((report) => report.summary.suppressed),
      files: sum((report) => report.summary.files),
      milliseconds: sum((report) => report.summary.milliseconds),
    },
  };
}

function prefixed(name: string, report: Report): Report {
  const path = (file: string): string => `${name}/${file}`;
  const span = <T extends ReportedSpan>(place: T | null): T | null => place && { ...place, file: path(place.file) };
  return {
    ...report,
    contracts: report.contracts.map((one) => ({
      ...one,
      file: path(one.file),
      app: one.app === null ? null : one.app === '.' ? name : path(one.app),
    })),
    operations: report.operations.map((one) => ({
      ...one,
      contract: path(one.contract),
      handlers: one.handlers.map((handler) => ({ ...handler, file: path(handler.file) })),
      callers: one.callers.map((caller) => ({ ...caller, file: path(caller.file) })),
      unknowns: one.unknowns.map((unknown) => ({
        ...unknown,
        file: unknown.file === null ? null : path(unknown.file),
      })),
    })),
    routes: report.routes.map((one) => ({
      ...one,
      file: path(one.file),
      contract: one.contract === null ? null : path(one.contract),
    })),
    findings: report.findings.map((one) => ({
      ...one,
      contract: span(one.contract),
      code: span(one.code),
      related: one.related.map((place) => ({ ...place, file: path(place.file) })),
    })),
  };
}
