// Owns the reading of reports that `fidelity check -f json` wrote. It must not know what is made of them.
// What is no such report is a UsageError: half of a roll-up would look like less drift.

import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Report, SCHEMA_VERSION } from '../report/model.ts';
import { UsageError } from './exit.ts';

/** The reports with a name for each: the file's own, and a number where two have the same. */
export function readReports(files: readonly string[], cwd: string): readonly (readonly [string, Report])[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const name = basename(file).replace(/\.json$/i, '');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [count === 1 ? name : `${name}-${count}`, readReport(file, cwd)] as const;
  });
}

function readReport(file: string, cwd: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(resolve(cwd, file), 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is no JSON' : 'it cannot be opened';
    throw new UsageError(`The report "${file}" cannot be read: ${why}.`);
  }
  if (!isReport(value)) {
    throw new UsageError(
      `"${file}" is no report of \`fidelity check -f json\` with schema version ${SCHEMA_VERSION}, so that it cannot be merged.`,
    );
  }
  return value;
}

function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false;
  const report = value as Partial<Record<keyof Report, unknown>>;
  return (
    report.schemaVersion === SCHEMA_VERSION &&
    typeof report.summary === 'object' &&
    [report.contracts, report.operations, report.routes, report.findings].every(Array.isArray)
  );
}
