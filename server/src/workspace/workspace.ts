// Owns the workspace: contracts and code of one file source, read, bound and given out as an immutable model.
// It must not know rules, findings or an editor.

import { type Cancellation, type FileSource, type RemoteDocuments, uncancelled } from '../base/host.ts';
import { CodeRoom } from '../code/code.ts';
import type { Registrar } from '../code/registrars.ts';
import type { TypeAnswers } from '../code/type-questions.ts';
import { ContractRoom } from '../contract/load/contracts.ts';
import { plainData } from '../contract/load/plain-data.ts';
import type { Configuration } from '../registry/configuration.ts';
import { taughtFunctions } from '../registry/registrars.ts';
import { codeSelector, namedContracts, overlaysOf } from '../registry/selection.ts';
import { Binder } from './bind/bind.ts';
import type { WorkspaceModel } from './model.ts';
import { resolveOperations } from './operations.ts';

export interface WorkspaceOptions {
  /** What `fidelity.yaml` says; nothing configured when absent. */
  readonly configuration?: Configuration;
  /** Absolute paths of the only contract roots to read (`--contract`); all that are found when absent. */
  readonly contracts?: readonly string[];
  /** Narrows the code that is read, on top of the configuration's globs (`--code`). Takes absolute paths. */
  readonly includeCode?: (path: string) => boolean;
  /** Whether only contracts can be read, so that nobody knows what serves them. */
  readonly contractOnly?: boolean;
  /** What keeps documents of other hosts; without it none is used, whatever the configuration allows. */
  readonly remote?: RemoteDocuments;
}

/**
 * Reads and binds a workspace again and again as its files change. Rooms cache by file version, so that a call after an
 * edit costs what the edit touched; the result depends on the given files alone, never on what was read before.
 */
export class Workspace {
  private readonly contracts = new ContractRoom();
  private readonly code = new CodeRoom();
  private readonly binder: Binder;
  private readonly include: (path: string) => boolean;
  private readonly registrars: readonly Registrar[];
  private readonly named: readonly ((path: string) => boolean)[];

  constructor(private readonly options: WorkspaceOptions = {}) {
    this.binder = new Binder(options.configuration, options.contractOnly);
    this.registrars = taughtFunctions(options.configuration);
    this.named = options.contracts ? [] : namedContracts(options.configuration);
    const configured = codeSelector(options.configuration);
    this.include = (path) => configured(path) && (options.includeCode?.(path) ?? true);
  }

  /** The bound model of these files, with what a type checker has said of them. Rejects with `Cancelled` when the caller gave up, and for nothing else. */
  async model(
    files: FileSource,
    cancellation: Cancellation = uncancelled,
    answers?: TypeAnswers,
  ): Promise<WorkspaceModel> {
    cancellation.check();
    const hosts = this.options.configuration?.remoteHosts ?? [];
    const contracts = this.contracts.contracts(this.options.remote?.over(files, hosts) ?? files, {
      roots: this.options.contracts,
      named: this.named,
      overlays: (path) => overlaysOf(this.options.configuration, path),
    });
    const leftAlone = this.contracts.skipped.filter(({ kind }) => kind === 'left-alone');
    cancellation.check();
    const code = await this.code.model(files, cancellation, {
      include: this.include,
      answers,
      registrars: this.registrars,
      readData: (text) => plainData(text, 'yaml'),
    });
    cancellation.check();
    return { ...this.binder.bind(contracts, resolveOperations(code, contracts), files), leftAlone };
  }
}
