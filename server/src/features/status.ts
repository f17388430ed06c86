// Owns what the status of a file says: which contract governs it, how many operations are verified, and why others are not.
// It must not know a protocol.

import type { Place } from '../base/place.ts';
import { within } from '../base/relative.ts';
import type { Unknown } from '../report/model.ts';
import { reportOperations } from '../report/operations.ts';
import { Places } from '../report/places.ts';
import { meaningOf } from '../report/reasons.ts';
import type { Binding, Governed } from '../workspace/model.ts';
import { type Analysis, type ProjectAnalysis, projectAt } from './analysis.ts';

/** The status of one file. Paths are absolute. */
export interface FileStatus {
  /** The contracts that govern the file, or that it is a part of; usually one. */
  readonly contracts: readonly { readonly file: string; readonly title: string; readonly version: string }[];
  readonly operations: number;
  /** Operations of those contracts about which everything could be read. */
  readonly verified: number;
  /** Why the others are not verified, the reason that concerns most of them first. */
  readonly reasons: readonly OpenReason[];
  /** Open findings in those contracts' project. */
  readonly findings: number;
  /** Whether the file belongs to a project that was analysed. */
  readonly known: boolean;
  /** Whether only contracts can be read there, and no code. */
  readonly contractOnly: boolean;
}

/** A reason for which operations are not verified. */
export interface OpenReason {
  /** A clause that follows "because". */
  readonly meaning: string;
  /** One line on how to help. */
  readonly hint: string;
  /** Keys of the operations that it concerns. */
  readonly operations: readonly string[];
  /** Where the first of them meets it; absent when the reason has no place. */
  readonly place?: Place;
}

/** The status of a file; without a file that of everything. */
export function statusOf(analysis: Analysis, file: string | undefined): FileStatus {
  const project = file === undefined ? undefined : projectAt(analysis, file);
  const projects = project ? [project] : analysis.projects;
  const all = projects.flatMap(({ model }) => model.governed);
  const near = file === undefined ? [] : governing(all, file);
  const chosen = near.length > 0 ? near : file === undefined ? all : [];
  const operations = chosen
    .filter(({ role }) => role === 'owned')
    .flatMap((governed) => operationsOf(analysis, governed));
  return {
    contracts: chosen.map(({ contract }) => ({
      file: contract.file,
      title: contract.title,
      version: contract.version,
    })),
    operations: operations.length,
    verified: operations.filter(({ verified }) => verified).length,
    reasons: reasonsOf(analysis, operations),
    findings: projects.reduce((sum, { findings }) => sum + openFindings(findings), 0),
    known: file === undefined || project !== undefined,
    contractOnly: projects.length > 0 && projects.every((one) => one.contractOnly === true),
  };
}

/** How many operations of a contract are verified, of how many; and why the others are not. */
export function verifiedShare(
  analysis: Analysis,
  governed: Governed,
): Pick<FileStatus, 'verified' | 'operations' | 'reasons'> {
  const operations = operationsOf(analysis, governed);
  return {
    verified: operations.filter(({ verified }) => verified).length,
    operations: operations.length,
    reasons: reasonsOf(analysis, operations),
  };
}

function reasonsOf(analysis: Analysis, operations: ReturnType<typeof reportOperations>): readonly OpenReason[] {
  const byReason = new Map<string, OpenReason & { readonly operations: string[] }>();
  for (const { operation, unknowns, verified } of operations) {
    if (verified) continue;
    for (const unknown of unknowns) {
      const known = byReason.get(unknown.reason);
      if (known?.operations.includes(operation)) continue;
      if (known) known.operations.push(operation);
      else {
        const place = placeOf(analysis, unknown);
        const { hint } = unknown;
        byReason.set(unknown.reason, {
          meaning: meaningOf(unknown.reason),
          hint,
          operations: [operation],
          ...(place ? { place } : {}),
        });
      }
    }
  }
  return [...byReason.values()].sort((a, b) => b.operations.length - a.operations.length);
}

function placeOf(analysis: Analysis, { file, line }: Unknown): Place | undefined {
  if (file === null || line === null) return undefined;
  // Paths of the report are relative to the root of the disk here.
  const path = /^[A-Za-z]:\//.test(file) ? file : `/${file}`;
  const lines = analysis.lines(path);
  if (!lines) return undefined;
  const start = lines.offset({ line: line - 1, column: 0 });
  return { file: path, start, end: start };
}

/** An axis of an operation of which not everything could be read. */
export interface OpenQuestion {
  readonly axis: string;
  readonly meaning: string;
  readonly hint: string;
  readonly place?: Place;
}

/** Why an operation is not verified, one entry per open axis. */
export function openQuestions(analysis: Analysis, binding: Binding): readonly OpenQuestion[] {
  const governed = analysis.projects
    .flatMap(({ model }) => model.governed)
    .find(({ contract }) => contract.file === binding.contract.file);
  if (!governed) return [];
  const { pointer } = binding.operation.place;
  const reported = operationsOf(analysis, governed).find((one) => one.pointer === pointer);
  return (reported?.unknowns ?? []).map((unknown): OpenQuestion => {
    const { axis, reason, hint } = unknown;
    const place = placeOf(analysis, unknown);
    return { axis: axis.replace('-', ' '), meaning: meaningOf(reason), hint, ...(place ? { place } : {}) };
  });
}

/** The contracts that a file is a part of, or those that govern the app around it; the nearest app wins. */
function governing(all: readonly Governed[], file: string): readonly Governed[] {
  const part = all.filter(({ contract }) => contract.files.includes(file));
  if (part.length > 0) return part;
  const serves = all.filter(({ apps }) =>
    apps.some((app) => app.routes.some((route) => route.place.file === file || route.handlerPlace?.file === file)),
  );
  if (serves.length > 0) return serves;
  const depth = ({ apps }: Governed): number =>
    Math.max(-1, ...apps.filter((app) => within(app.folder, file)).map((app) => app.folder.length));
  const nearest = Math.max(-1, ...all.map(depth));
  return nearest < 0 ? [] : all.filter((governed) => depth(governed) === nearest);
}

const operationsByGoverned = new WeakMap<Governed, ReturnType<typeof reportOperations>>();

function operationsOf(analysis: Analysis, governed: Governed): ReturnType<typeof reportOperations> {
  let operations = operationsByGoverned.get(governed);
  if (!operations) {
    const places = new Places('/', (path) => {
      const read = analysis.files.read(path);
      return 'text' in read ? read.text : undefined;
    });
    operations = reportOperations(governed, places);
    operationsByGoverned.set(governed, operations);
  }
  return operations;
}

function openFindings(findings: ProjectAnalysis['findings']): number {
  return findings.filter((finding) => !finding.suppressed).length;
}
