// Owns what requests about a position have in common: the analysis of the present texts, the path and the offset; and the writing
// of places. It must not know what is asked.

import type {
  CancellationToken,
  Location,
  LocationLink,
  Position,
  TextDocumentIdentifier,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { Place } from '../base/place.ts';
import type { FileEdit } from '../features/actions.ts';
import type { Analysis } from '../features/analysis.ts';
import type { Way } from '../features/navigation.ts';
import { pathOf } from './addresses.ts';
import { addressOf, rangeOf } from './reports.ts';
import { unlessCancelled } from './requests/document-diagnostic.ts';
import type { Session } from './session.ts';

export interface Asked {
  readonly analysis: Analysis;
  readonly path: string;
  readonly offset: number;
}

/** The file and the offset that a request is about; undefined when nobody waits, or when there is nothing to ask about. */
export async function asked(
  session: Session,
  params: { readonly textDocument: TextDocumentIdentifier; readonly position?: Position },
  token: CancellationToken,
): Promise<Asked | undefined> {
  const shown = await unlessCancelled(session.ready(), token);
  const path = pathOf(params.textDocument.uri);
  if (shown === 'cancelled' || !shown || path === undefined) return undefined;
  const lines = shown.analysis.lines(path);
  if (!lines) return undefined;
  const { line, character } = params.position ?? { line: 0, character: 0 };
  return { analysis: shown.analysis, path, offset: lines.offset({ line, column: character }) };
}

export function locationOf(session: Session, analysis: Analysis, place: Place): Location {
  return { uri: addressOf(session, place.file), range: rangeOf(analysis.lines, place) };
}

/** A way as the client takes it: with the words that lead there where it can show them. */
export function waysOf(
  session: Session,
  analysis: Analysis,
  way: Way | undefined,
  links: boolean,
): Location[] | LocationLink[] | null {
  if (!way || way.targets.length === 0) return null;
  if (!links) return way.targets.map(({ selection }) => locationOf(session, analysis, selection));
  const originSelectionRange = rangeOf(analysis.lines, way.origin);
  return way.targets.map(({ place, selection }): LocationLink => {
    const targetSelectionRange = rangeOf(analysis.lines, selection);
    const whole = rangeOf(analysis.lines, place);
    const contains = place.file === selection.file && place.start <= selection.start && selection.end <= place.end;
    return {
      originSelectionRange,
      targetUri: addressOf(session, place.file),
      targetRange: contains ? whole : targetSelectionRange,
      targetSelectionRange,
    };
  });
}

/** Edits of files in the form that the client takes. */
export function plainEdit(session: Session, analysis: Analysis, files: readonly FileEdit[]): WorkspaceEdit {
  const { abilities, documents } = session;
  const written = files.map(({ file, edits }) => ({
    uri: addressOf(session, file),
    version: documents.at(file)?.document.version ?? null,
    edits: edits.map(({ start, end, text }) => ({
      range: rangeOf(analysis.lines, { file, start, end }),
      newText: text,
    })),
  }));
  if (!abilities.versionedEdits) return { changes: Object.fromEntries(written.map(({ uri, edits }) => [uri, edits])) };
  return {
    documentChanges: written.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })),
  };
}
