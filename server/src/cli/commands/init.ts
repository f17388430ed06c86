// Owns `fidelity init`: a first `fidelity.yaml` from what was found. It never overwrites one.

import { existsSync } from 'node:fs';
import { relativeTo } from '../../base/relative.ts';
import { configurationName } from '../../registry/configuration.ts';
import { type FoundContract, writeConfiguration } from '../../registry/write-configuration.ts';
import { counted } from '../../report/wording.ts';
import type { Governed } from '../../workspace/model.ts';
import { readWorkspace } from '../analysis.ts';
import { writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import { readInputs } from '../inputs.ts';
import { writeNotices } from '../notices.ts';
import { Progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

export interface InitOptions {
  readonly quiet?: boolean;
}

export async function init(path: string | undefined, options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const inputs = readInputs(path === undefined ? [] : [path], {}, terminal);
  const file = `${inputs.root}/${configurationName}`;
  const shown = relativeTo(terminal.cwd, file);
  if (existsSync(file)) throw new UsageError(`${shown} is there already: edit it, or remove it first.`);
  const progress = new Progress(terminal, options.quiet === true);
  const { model, notices } = await readWorkspace(inputs, progress);
  const contracts = model.governed.map((governed) => found(governed, inputs.root));
  writeWhole(terminal.cwd, file, writeConfiguration({ contracts }));
  writeNotices(notices, inputs.root, terminal, options.quiet === true);
  const lines = contracts.map((contract) => `  ${contract.file}: ${contract.note}`);
  terminal.stdout.write(`${[`Wrote ${shown} with ${counted(contracts.length, 'contract')}.`, ...lines].join('\n')}\n`);
  return exitCodes.clean;
}

function found(governed: Governed, root: string): FoundContract {
  const { contract, role, style, apps, bindings } = governed;
  const served = bindings.filter((binding) => binding.routes.length > 0).length;
  const folder = apps.length === 1 ? relativeTo(root, apps[0]!.folder) : '.';
  const note =
    role === 'owned'
      ? `${served} of ${counted(bindings.length, 'operation')} served by this code`
      : `${counted(bindings.length, 'operation')}, none served by this code`;
  return {
    file: relativeTo(root, contract.file),
    role,
    style,
    code: folder === '.' || folder.startsWith('..') ? undefined : folder,
    note,
  };
}
