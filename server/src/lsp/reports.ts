// Owns the turning of diagnostics into the protocol's form, with an identity per file that changes when they do.
// It must not know when they are sent.

import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
} from 'vscode-languageserver';
import { digest } from '../base/hash.ts';
import type { Place } from '../base/place.ts';
import type { Analysis } from '../features/analysis.ts';
import type { FileDiagnostic, Severity } from '../features/diagnostics.ts';
import { plainLine, plainText } from '../features/plain-text.ts';
import type { Lines } from '../features/text.ts';
import type { Abilities } from './abilities.ts';
import { uriOf } from './addresses.ts';
import type { Documents } from './documents.ts';
import { baselineAddress, type InitializationOptions } from './protocol.ts';
import type { RulePages } from './rule-addresses.ts';

export const source = 'contract-fidelity';

/** What one file shows. Equal ids mean equal diagnostics, also across a restart of the server. */
export interface FileReport {
  readonly path: string;
  readonly uri: string;
  readonly resultId: string;
  readonly items: Diagnostic[];
}

/** What travels with a diagnostic. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly fixes: readonly string[];
}

/** What reports need of a session. */
export interface Shows {
  readonly abilities: Abilities;
  readonly documents: Documents;
  readonly pages: RulePages;
  readonly options: InitializationOptions;
}

const levels: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function reportsOf(
  session: Shows,
  analysis: Analysis,
  diagnostics: ReadonlyMap<string, readonly FileDiagnostic[]>,
): ReadonlyMap<string, FileReport> {
  const reports = new Map<string, FileReport>();
  for (const [path, found] of diagnostics) {
    const items = found.map((diagnostic) => toDiagnostic(session, analysis.lines, diagnostic));
    reports.set(path, { path, uri: addressOf(session, path), resultId: digest([JSON.stringify(items)]), items });
  }
  return reports;
}

/** The identity of having nothing to show. */
export const nothingId = digest(['[]']);

/** The URI of a file: the editor's own spelling when it has the file open. */
export function addressOf(session: Shows, path: string): string {
  return session.documents.at(path)?.document.uri ?? uriOf(path);
}

/** The range of a place; the start of the file when its text can no longer be read. */
export function rangeOf(lines: Lines, place: Place): Range {
  const index = lines(place.file);
  const start = index?.position(place.start) ?? { line: 0, column: 0 };
  const end = index?.position(Math.max(place.start, place.end)) ?? start;
  return { start: { line: start.line, character: start.column }, end: { line: end.line, character: end.column } };
}

function relatedOf(
  session: Shows,
  lines: Lines,
  { place, message }: FileDiagnostic['related'][number],
): DiagnosticRelatedInformation {
  return {
    location: { uri: addressOf(session, place.file), range: rangeOf(lines, place) },
    message: plainLine(message),
  };
}

/** What stood there before, for clients that can open a text of the past. */
function pastOf({ options }: Shows, { past }: FileDiagnostic): DiagnosticRelatedInformation[] {
  const scheme = options.baselineScheme;
  if (!past || typeof scheme !== 'string') return [];
  const { contract, place, message } = past;
  const { file, start, end } = place;
  const uri = baselineAddress(scheme, { file, contract, base: '' });
  const range = {
    start: { line: start.line, character: start.column },
    end: { line: end.line, character: end.column },
  };
  return [{ location: { uri, range }, message: plainLine(message) }];
}

function toDiagnostic(session: Shows, lines: Lines, found: FileDiagnostic): Diagnostic {
  const { abilities, pages } = session;
  const diagnostic: Diagnostic = {
    range: rangeOf(lines, found.place),
    severity: levels[found.severity],
    source: found.source ?? source,
    code: found.code,
    message: plainText(found.message),
  };
  const explained = found.finding || found.change !== undefined ? pages.address(found.code) : found.documentation;
  const page = abilities.codeDescription ? explained : undefined;
  if (page !== undefined) diagnostic.codeDescription = { href: page };
  if (found.unnecessary) diagnostic.tags = [DiagnosticTag.Unnecessary];
  // A struck-through text is how editors show what is there and no longer counts.
  if (found.accepted) diagnostic.tags = [DiagnosticTag.Deprecated];
  if (abilities.relatedInformation) {
    const related = [...found.related.map((one) => relatedOf(session, lines, one)), ...pastOf(session, found)];
    if (related.length > 0) diagnostic.relatedInformation = related;
  }
  if (found.finding) {
    const data: DiagnosticData = {
      fingerprint: found.finding.fingerprint,
      fixes: found.finding.fixes.map(({ id }) => id),
    };
    diagnostic.data = data;
  } else if (found.fingerprint !== undefined) {
    diagnostic.data = { fingerprint: found.fingerprint, fixes: [] } satisfies DiagnosticData;
  }
  return diagnostic;
}
