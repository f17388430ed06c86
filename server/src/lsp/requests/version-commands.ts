// Owns the commands that compare a contract with its past. It must not know how contracts are compared.

import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import type { ContractComparison as Found } from '../../features/comparing.ts';
import { capital, verdictOf } from '../../features/version.ts';
import { pathOf } from '../addresses.ts';
import { locationOf } from '../asking.ts';
import {
  baselineAddress,
  type ComparedChange,
  type ContractComparison,
  type PastFile,
  pastFileOf,
  serverCommands,
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
  const base = typeof second === 'string' ? second : '';
  const found = project.compareWith(contract, base);
  return 'failure' in found ? found : written(session, shown, found, contract, base);
}

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
    changes: changes.map((change): ComparedChange => {
      const { id, level, operation, subject, message, reason, witness, voice, before, place } = change;
      return {
        id,
        level,
        operation,
        subject,
        message,
        reason,
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
      };
    }),
    unread: standing.unread,
    markdown,
  };
}
