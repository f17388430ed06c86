// Owns one pass of the engine over the inputs of a run: files, model, findings, notices.
// It must not know outputs or exit codes.

import type { FileSource } from '../base/host.ts';
import { LineIndex, type Place } from '../base/place.ts';
import { relativeTo } from '../base/relative.ts';
import type { Baseline } from '../findings/baseline.ts';
import type { Finding } from '../findings/finding.ts';
import type { KeptDocuments } from '../host/remote-documents.ts';
import type { Configuration, ConfiguredSeverity } from '../registry/configuration.ts';
import { severityOverrides } from '../registry/selection.ts';
import { withVoices } from '../report/changes/voice.ts';
import type { Notice } from '../report/presentation.ts';
import { runRules } from '../rules/run.ts';
import { Standings, type VersionStanding } from '../versioning/standing.ts';
import type { WorkspaceModel } from '../workspace/model.ts';
import { Workspace } from '../workspace/workspace.ts';
import type { Inputs } from './inputs.ts';
import type { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { deepen, typeChecker } from './type-tier.ts';
import { Unread } from './unread.ts';

export interface Reading {
  readonly model: WorkspaceModel;
  readonly files: FileSource;
  readonly notices: readonly Notice[];
  /** The severity of a rule in one file, where the configuration says so. */
  readonly severityIn: (file: string, rule: string) => ConfiguredSeverity | undefined;
}

/** Chains of documents on other hosts are followed no further. */
const MOST_ROUNDS = 8;

/** Reads contracts and code and binds them; with `types`, the type checker is asked for what is not known then. */
export async function readWorkspace(
  inputs: Inputs,
  progress: Progress,
  types = false,
  remote?: KeptDocuments,
): Promise<Reading> {
  const { configuration, contracts, includeCode } = inputs;
  const workspace = new Workspace({ configuration, contracts, includeCode, remote });
  const unread = new Unread();
  let files = unread.watch(progress.watch(inputs.files));
  await progress.during('Listing files', () => files.list());
  let model = await progress.during('Reading contracts and code', () => workspace.model(files));
  const notices: Notice[] = [];
  // What is fetched may refer to more.
  for (let round = 0; remote && round < MOST_ROUNDS; round++) {
    // Contracts are read late: only who asks for all that is wrong has them follow every reference.
    for (const contract of model.contracts) void contract.problems.length;
    const { fetched, failures } = await progress.during('Fetching documents', () => remote.fetch());
    notices.push(...failures.map((message): Notice => ({ level: 'warning', message })));
    if (fetched === 0) break;
    model = await workspace.model(files);
  }
  if (model.contracts.length === 0 && contracts === undefined && configuration.contracts.length === 0) {
    // Some services commit nothing but the contract that a build wrote: better that one than none, and it is said.
    const produced = unread.watch(progress.watch(inputs.withProduced()));
    const second = await progress.during('Looking into build folders', () => workspace.model(produced));
    if (second.contracts.length > 0) {
      files = produced;
      model = second;
      const names = second.contracts.map((contract) => relativeTo(inputs.root, contract.file)).join(', ');
      notices.push({ level: 'note', message: `No contract lies outside of build folders, so ${names} was taken.` });
    }
  }
  if (types) {
    const deeper = await deepen(workspace, model, files, typeChecker(), progress);
    model = deeper.model;
    notices.push(...deeper.notices);
  }
  // What findings say of a copy stands in it: whoever prints them reads it too.
  files = remote?.over(files, configuration.remoteHosts ?? []) ?? files;
  return {
    model,
    files,
    severityIn: severityOverrides(configuration),
    notices: [
      ...notices,
      ...depthNotices(inputs),
      ...noticesOf(model, files, inputs.root),
      ...unread.notices(model, inputs.root),
    ],
  };
}

/** A contract in a folder that was not entered would be missing without a word. */
function depthNotices(inputs: Inputs): readonly Notice[] {
  return (inputs.files.unentered?.() ?? []).map((folder) => ({
    level: 'warning',
    file: relativeTo(inputs.root, folder),
    message: 'The folder lies too deep and was not entered, so that nothing is known of what is in it.',
  }));
}

/** What the rules find in a reading. */
export function findDrift(
  reading: Reading,
  severities: ReadonlyMap<string, ConfiguredSeverity>,
  terminal: Terminal,
  configuration: Configuration,
  baseline?: Baseline,
): { readonly findings: readonly Finding[]; readonly notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const findings = runRules(reading.model, reading.files, {
    severities,
    severityIn: reading.severityIn,
    baseline,
    today: terminal.today,
    versions: standingsOf(reading, configuration, terminal),
    onFailure: (rule, message) =>
      notices.push({ level: 'error', message: `The rule ${rule} failed and was left out: ${message}` }),
  });
  return { findings, notices };
}

/** How the contracts of a reading stand against their baselines; those without one are left out. */
function standingsOf(
  { model, files }: Reading,
  { versions: decisions, folder }: Configuration,
  { history, today }: Terminal,
): readonly VersionStanding[] {
  if (!history) return [];
  const standings = new Standings(history);
  return model.governed.flatMap(({ contract, role }) => {
    if (role === 'consumed' || contract.partial) return [];
    const standing = standings.of(contract.file, files, { decisions, folder, today });
    return 'missing' in standing ? [] : [withVoices(standing, model)];
  });
}

/** The problems that leave nothing of a contract to be trusted. */
const FATAL: ReadonlySet<string> = new Set(['syntax', 'too-large', 'alias-limit', 'unreadable', 'invalid']);

/** The contracts whose root could not be read in full. */
export function brokenContracts(model: WorkspaceModel): readonly string[] {
  return model.contracts
    .filter((contract) => contract.problems.some((one) => FATAL.has(one.kind) && one.place.file === contract.file))
    .map((contract) => contract.file);
}

function noticesOf(model: WorkspaceModel, files: FileSource, root: string): readonly Notice[] {
  const at = (place: Place | undefined): Pick<Notice, 'file' | 'line' | 'column'> => {
    if (!place) return {};
    const read = files.read(place.file);
    const file = files.remote?.addressOf(place.file) ?? relativeTo(root, place.file);
    if (!('text' in read)) return { file };
    const { line, column } = new LineIndex(read.text).position(place.start);
    return { file, line: line + 1, column: column + 1 };
  };
  const left = (model.leftAlone ?? []).map(
    ({ message, place }): Notice => ({ level: 'note', message: `${message}.`, file: relativeTo(root, place.file) }),
  );
  const problems = model.contracts.flatMap((contract) =>
    contract.problems.map((problem): Notice => {
      const level = FATAL.has(problem.kind) ? 'error' : 'warning';
      return { level, message: problem.message, ...at(problem.place) };
    }),
  );
  const seen = new Set<string>();
  const code = model.code.notices.map(
    (notice): Notice => ({ level: 'note', message: notice.message, ...at(notice.place) }),
  );
  return [...problems, ...left, ...code].filter((notice) => {
    const key = `${notice.file}:${notice.line}:${notice.message}`;
    return !seen.has(key) && seen.add(key);
  });
}
