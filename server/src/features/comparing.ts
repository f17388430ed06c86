// Owns what an editor asks about two states of a contract: what it can be compared with, what changed, and the texts of the past.
// It must not know a protocol, nor how a repository is asked.

import type { FileSource, History } from '../base/host.ts';
import { relativeTo } from '../base/relative.ts';
import type { StandingChange, VersionStanding } from '../contract/model.ts';
import { writeMarkdown } from '../report/changes/markdown.ts';
import { reportChanges } from '../report/changes/model.ts';
import { voicesOf, withVoices } from '../report/changes/voice.ts';
import { missingText } from '../versioning/baseline-text.ts';
import { type StandingOptions, type Standings, standingOf } from '../versioning/standing.ts';
import type { WorkspaceModel } from '../workspace/model.ts';

/** A state that a contract can be compared with. */
export interface BaseChoice {
  /** As `versions.base` takes it; empty for what the configuration says. */
  readonly base: string;
  readonly label: string;
  readonly detail: string;
}

export interface ContractComparison {
  readonly standing: VersionStanding;
  readonly changes: readonly StandingChange[];
  /** The root's path in the past. */
  readonly baseFile: string;
  /** The same as `fidelity diff -f markdown`. */
  readonly markdown: string;
}

const mostTags = 20;
const mostCommits = 30;

/** What a contract can be compared with: its baseline, then tags, then the commits that changed it. */
export function baseChoices(
  file: string,
  files: FileSource,
  standings: Standings,
  options: StandingOptions,
): readonly BaseChoice[] {
  const baseline = standings.baselineOf(file, files, options);
  const choices: BaseChoice[] = [];
  if ('failure' in baseline) choices.push({ base: '', label: 'Baseline', detail: `none: ${missingText(baseline)}` });
  else {
    const at = baseline.commit ? ` · ${baseline.commit.hash.slice(0, 8)} ${baseline.commit.date}` : '';
    choices.push({ base: '', label: baseline.name, detail: `the baseline, ${baseline.source.version}${at}` });
  }
  const history = standings.historyOf(file);
  return 'failure' in history ? choices : [...choices, ...pastChoices(file, history.found)];
}

function pastChoices(file: string, history: History): BaseChoice[] {
  const tags = history.tags('*', 'HEAD');
  const tagged = 'failure' in tags ? [] : tags.found.slice(0, mostTags);
  const path = relativeTo(history.top, file);
  const log = history.log(path, mostCommits);
  const commits = 'failure' in log ? [] : log.found;
  return [
    ...tagged.map((tag) => ({ base: tag, label: tag, detail: 'tag' })),
    ...commits.map(({ commit }) => ({
      base: commit.hash,
      label: commit.hash.slice(0, 8),
      detail: `${commit.date} ${commit.subject}`,
    })),
  ];
}

/** A contract beside a state of the past; or why there is none, as a clause. */
export function compareWith(
  file: string,
  files: FileSource,
  standings: Standings,
  options: StandingOptions,
  model: WorkspaceModel,
): ContractComparison | { readonly failure: string } {
  const compared = standings.compared(file, files, options);
  if ('missing' in compared) return { failure: missingText(compared.missing) };
  const { baseline, comparison, bump } = compared;
  const standing = standingOf(compared);
  const folder = options.folder ?? files.roots[0] ?? '';
  const report = reportChanges(comparison, bump, {
    base: { ref: baseline.commit ? `${baseline.name} (${baseline.commit.hash.slice(0, 8)})` : baseline.name },
    revision: {},
    shown: (path) => relativeTo(folder, path),
    voices: { of: voicesOf(comparison.changes, file, model), textOf: (path) => textIn(files, path) },
  });
  return {
    standing,
    changes: withVoices(standing, model).changes,
    baseFile: comparison.base.file,
    markdown: writeMarkdown(report),
  };
}

function textIn(files: FileSource, path: string): string | undefined {
  const read = files.read(path);
  return 'text' in read ? read.text : undefined;
}

/** The text of a file in the state that a contract is held against; undefined when it is not there. */
export function pastText(
  contract: string,
  file: string,
  files: FileSource,
  standings: Standings,
  options: StandingOptions,
): string | undefined {
  const baseline = standings.baselineOf(contract, files, options);
  if ('failure' in baseline) return undefined;
  return textIn(baseline.files, file);
}
