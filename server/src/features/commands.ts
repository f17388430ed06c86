// Owns what the editor's commands say: a first configuration from what was found, and a text for a bug report.
// It must not know how a command is called.

import { relativeTo, within } from '../base/relative.ts';
import { configurationName } from '../registry/configuration.ts';
import { type FoundContract, writeConfiguration } from '../registry/write-configuration.ts';
import { counted } from '../report/wording.ts';
import { changeRows } from '../versioning/changes/catalogue.ts';
import { changePage } from '../versioning/changes/page.ts';
import type { Governed } from '../workspace/model.ts';
import type { Analysis } from './analysis.ts';

/** The text of a `fidelity.yaml` for a folder; undefined when the folder has one. */
export function configurationText(analysis: Analysis, folder: string): string | undefined {
  if (analysis.files.exists(`${folder}/${configurationName}`)) return undefined;
  const contracts = analysis.projects
    .flatMap(({ model }) => model.governed)
    .filter(({ contract }) => within(folder, contract.file))
    .map((governed) => found(governed, folder));
  return writeConfiguration({ contracts });
}

function found({ contract, role, style, apps, bindings }: Governed, folder: string): FoundContract {
  const served = bindings.filter((binding) => binding.routes.length > 0).length;
  const all = counted(bindings.length, 'operation');
  const code = apps.length === 1 && within(folder, apps[0]!.folder) ? relativeTo(folder, apps[0]!.folder) : '.';
  return {
    file: relativeTo(folder, contract.file),
    role,
    style,
    code: code === '.' ? undefined : code,
    note: role === 'owned' ? `${served} of ${all} served by this code` : `${all}, none served by this code`,
  };
}

/** The page of a kind of change between versions; undefined when there is no such kind. */
export function changePageOf(id: string): string | undefined {
  const row = changeRows.find((one) => one.id === id);
  return row && changePage(row);
}

/** Versions and counts for a bug report. Nothing of the workspace's text or paths is in it. */
export function diagnosticInformation(input: {
  readonly version: string;
  readonly analysis: Analysis | undefined;
  readonly state: string;
  readonly folders: number;
}): string {
  const { analysis } = input;
  const models = analysis?.projects.map(({ model }) => model) ?? [];
  const sum = (count: (model: (typeof models)[number]) => number): number =>
    models.reduce((all, model) => all + count(model), 0);
  const frameworks = new Set(models.flatMap(({ code }) => code.apps.map(({ framework }) => framework)));
  const lines = [
    `Contract Fidelity ${input.version}`,
    `Node ${process.version} on ${process.platform}-${process.arch}`,
    `Folders: ${input.folders}, projects: ${models.length}, state: ${input.state}`,
    `Contracts: ${sum(({ contracts }) => contracts.length)} (${sum((model) => model.contracts.reduce((all, { operations }) => all + operations.length, 0))} operations)`,
    `Apps: ${sum(({ code }) => code.apps.length)}${frameworks.size > 0 ? ` (${[...frameworks].sort().join(', ')})` : ''}, routes: ${sum(({ code }) => code.apps.reduce((all, { routes }) => all + routes.length, 0))}`,
    `Findings: ${analysis?.projects.reduce((all, { findings }) => all + findings.length, 0) ?? 0}`,
    `Last analysis: ${analysis ? `${Math.round(analysis.milliseconds)} ms` : 'none'}`,
    `Memory: ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MB`,
  ];
  return `${lines.join('\n')}\n`;
}
