// Owns the commands that compare a contract with its past. It must not know how contracts are compared.

import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { editsOf } from '../../features/actions.ts';
import type { ContractComparison as Found } from '../../features/comparing.ts';
import { capital, verdictOf } from '../../features/version.ts';
import type { NotedIn } from '../../features/version-offers.ts';
import { pathOf, uriOf } from '../addresses.ts';
import { locationOf, plainEdit } from '../asking.ts';
import {
  baselineAddress,
  type ComparedChange,
  type ContractComparison,
  type PastFile,
  pastFileOf,
  type ReleaseRecord,
  serverCommands,
  type VersionSuggestion,
} from '../protocol.ts';
import type { Session, Shown } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';

export async function versionCommand(
  session: Session,
  { command, arguments: given }: ExecuteCommandParams,
  token: CancellationToken,
): Promise<unknown> {
  const [first, second]: unknown[] = given ?? [];
  if (typeof first !== 'string') return null;
  const shown = await unlessCancelled(session.ready(), token);
  if (shown === 'cancelled' || !shown) return null;
  if (command === serverCommands.baselineText) {
    const past = pastFileOf(first);
    return (past && session.projectFor(past.contract)?.pastText(past.contract, past.base, past.file)) ?? null;
  }
  const file = pathOf(first);
  const project = file === undefined ? undefined : session.projectFor(file);
  const contract = file === undefined ? undefined : contractOf(shown, file);
  if (!project || contract === undefined) return null;
  if (command === serverCommands.baseChoices) return project.baseChoices(contract);
  if (command === serverCommands.recordRelease) {
    const noted = project.noteRelease(contract);
    return 'refused' in noted ? { failure: noted.refused } : recordOf(noted);
  }
  const base = typeof second === 'string' ? second : '';
  const found = project.compareWith(contract, base);
  if ('failure' in found) return found;
  if (command === serverCommands.suggestVersion) return suggestionOf(session, shown, found, project, contract);
  return written(session, shown, found, contract, base);
}

function suggestionOf(
  session: Session,
  { analysis }: Shown,
  { standing }: Found,
  project: NonNullable<ReturnType<Session['projectFor']>>,
  contract: string,
): VersionSuggestion {
  const { base, version, suggested, kept, notes } = standing;
  const edit = (offer: Parameters<typeof editsOf>[0]): object | null => {
    const repair = editsOf(offer, analysis.files);
    return 'refused' in repair ? null : plainEdit(session, analysis, repair.files);
  };
  const needed = suggested !== null && kept === false;
  const offer = project.changelogOffer(contract);
  const entry = offer && edit(offer);
  return {
    base: { name: base.name, version: base.version },
    version,
    verdict: capital(verdictOf(standing)),
    suggested,
    kept,
    notes,
    edit: needed ? edit({ id: 'set-version', data: { file: standing.place.file, version: suggested } }) : null,
    changelog: offer && entry ? { version: offer.version, edit: entry } : null,
  };
}

const recordOf = ({ file, text, release }: NotedIn): ReleaseRecord => ({
  uri: uriOf(file),
  text,
  version: release.version,
  commit: release.commit.slice(0, 8),
});

/** The root of the contract that a file belongs to; undefined when it belongs to none. */
function contractOf({ analysis }: Shown, file: string): string | undefined {
  const contracts = analysis.projects.flatMap(({ model }) => model.contracts);
  const own = contracts.find((contract) => contract.file === file);
  return (own ?? contracts.find((contract) => contract.files.includes(file)))?.file;
}

function written(
  session: Session,
  { analysis }: Shown,
  found: Found,
  contract: string,
  base: string,
): ContractComparison {
  const { standing, changes, baseFile, markdown } = found;
  const scheme = session.options.baselineScheme ?? 'contract-fidelity-baseline';
  const past = (file: string): string => baselineAddress(scheme, { file, contract, base } satisfies PastFile);
  return {
    base: { name: standing.base.name, version: standing.base.version, address: past(baseFile) },
    version: standing.version,
    verdict: capital(verdictOf(standing)),
    suggested: standing.suggested,
    kept: standing.kept,
    changes: changes.map(
      ({ place, before, witness, voice, ...told }): ComparedChange => ({
        ...told,
        witness: witness ?? null,
        voice: voice?.text ?? null,
        before: before && {
          uri: past(before.file),
          range: {
            start: { line: before.start.line, character: before.start.column },
            end: { line: before.end.line, character: before.end.column },
          },
        },
        after: place && locationOf(session, analysis, place),
      }),
    ),
    unread: standing.unread,
    markdown,
  };
}
