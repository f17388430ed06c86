// Owns the record of released states that a project keeps beside its configuration, as text: which commit held which version of which
// contract. The last entry of a contract is what its next version is held against. It must not know git or where the text is kept.

/** Where the record lies, relative to the folder of the configuration. */
export const recordName = '.fidelity/baseline.json';

export interface RecordedRelease {
  /** Relative to the folder that holds `.fidelity`, forward slashes. */
  readonly contract: string;
  readonly version: string;
  /** The commit that holds the state; a whole hash. */
  readonly commit: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** The releases of a record, oldest first; undefined when the text is no record. */
export function readRecord(text: string): readonly RecordedRelease[] | undefined {
  const root = parsed(text);
  if (!root) return undefined;
  const { releases = [] } = root;
  if (!Array.isArray(releases)) return undefined;
  const all = releases.map(releaseOf);
  return all.every((release) => release !== undefined) ? all : undefined;
}

/** The text of a record with one more release; undefined when the text that is there is no record. What else it holds stays. */
export function withRelease(text: string | undefined, release: RecordedRelease): string | undefined {
  const root = text === undefined ? { schemaVersion: 1 } : parsed(text);
  const known = text === undefined ? [] : readRecord(text);
  if (!root || !known) return undefined;
  const { contract, version, commit, date } = release;
  return `${JSON.stringify({ ...root, releases: [...known, { contract, version, commit, date }] }, null, 2)}\n`;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    // Whoever asks says that it is no record.
    return undefined;
  }
}

function releaseOf(value: unknown): RecordedRelease | undefined {
  const { contract, version, commit, date } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof contract !== 'string' || typeof version !== 'string' || typeof date !== 'string') return undefined;
  return typeof commit === 'string' && /^[0-9a-f]{40,64}$/.test(commit)
    ? { contract, version, commit, date }
    : undefined;
}
