// Owns the JSON of a comparison of two states of a contract, as `fidelity diff` and `fidelity bump` print it.
// It must not know how changes are found.

import { LineIndex } from '../../base/place.ts';
import type { Bump } from '../../versioning/bump/bump.ts';
import type { Change, Witness } from '../../versioning/change.ts';
import type { Level } from '../../versioning/changes/row.ts';
import type { Comparison, OverallLevel } from '../../versioning/compare.ts';
import type { ContractSource } from '../../versioning/source.ts';
import type { Voice } from './voice.ts';

export interface ReportedSide {
  /** Relative to the root, forward slashes. */
  readonly file: string;
  readonly version: string;
  /** The revision that the file was read from, when it was not the working tree. */
  readonly ref?: string;
}

export interface ReportedPlace {
  readonly file: string;
  readonly pointer: string;
  /** From 1. */
  readonly line: number;
}

export interface ReportedChange {
  readonly id: string;
  readonly level: Level;
  readonly operation: string | null;
  readonly operations: readonly string[];
  readonly subject: string;
  readonly message: string;
  readonly reason: string;
  readonly base: ReportedPlace | null;
  readonly revision: ReportedPlace | null;
  readonly also: readonly string[];
  readonly fingerprint: string;
  readonly witness: Witness | null;
  /** What the handlers say of it; null when they say nothing, or when none were read. */
  readonly voice: { readonly text: string; readonly file: string | null; readonly line: number | null } | null;
}

export interface DiffReport {
  readonly schemaVersion: 1;
  readonly base: ReportedSide;
  readonly revision: ReportedSide;
  readonly level: OverallLevel;
  readonly bump: Pick<Bump, 'scheme' | 'needed' | 'suggested' | 'kept' | 'notes'>;
  readonly changes: readonly ReportedChange[];
  /** With any of these, silence proves nothing. */
  readonly unread: readonly string[];
}

export interface Sides {
  readonly base: { readonly ref?: string };
  readonly revision: { readonly ref?: string };
  /** A path as it is printed. */
  readonly shown: (file: string) => string;
  /** What the code says of changes, by their fingerprints, with the texts of its files. */
  readonly voices?: {
    readonly of: ReadonlyMap<string, Voice>;
    readonly textOf: (file: string) => string | undefined;
  };
}

/** The report of a comparison. */
export function reportChanges(comparison: Comparison, bump: Bump, sides: Sides): DiffReport {
  const { base, revision } = comparison;
  const places = [base, revision].map((source) => placesIn(source, sides.shown));
  const side = (source: ContractSource, ref: string | undefined): ReportedSide => ({
    file: sides.shown(source.file),
    version: source.version,
    ...(ref !== undefined && { ref }),
  });
  return {
    schemaVersion: 1,
    base: side(base, sides.base.ref),
    revision: side(revision, sides.revision.ref),
    level: comparison.level,
    bump,
    changes: comparison.changes.map(
      (change): ReportedChange => ({
        id: change.id,
        level: change.level,
        operation: change.operation,
        operations: change.operations,
        subject: change.subject,
        message: change.message,
        reason: change.reason,
        base: places[0]!(change.base),
        revision: places[1]!(change.revision),
        also: change.also,
        fingerprint: change.fingerprint,
        witness: change.witness ?? null,
        voice: voiceIn(change, sides),
      }),
    ),
    unread: comparison.unread,
  };
}

function voiceIn({ fingerprint }: Change, { voices, shown }: Sides): ReportedChange['voice'] {
  const voice = voices?.of.get(fingerprint);
  if (!voice) return null;
  const { text, place } = voice;
  const code = place && voices?.textOf(place.file);
  if (!place || code === undefined || code === null) return { text, file: null, line: null };
  return { text, file: shown(place.file), line: new LineIndex(code).position(place.start).line + 1 };
}

function placesIn(
  source: ContractSource,
  shown: (file: string) => string,
): (place: Change['base']) => ReportedPlace | null {
  const indexes = new Map<string, LineIndex>();
  return (place) => {
    if (!place) return null;
    let index = indexes.get(place.file);
    if (!index) {
      index = new LineIndex(source.documents.get(place.file)?.text ?? '');
      indexes.set(place.file, index);
    }
    return { file: shown(place.file), pointer: place.pointer, line: index.position(place.start).line + 1 };
  };
}
