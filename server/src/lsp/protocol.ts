// Owns the names that our server and our client add to the protocol, and the plain data that travels under them.
// Both sides import this one file. It must not know either side.

/** What a client may pass as `initializationOptions`. Every field may be absent. */
export interface InitializationOptions {
  readonly settings?: Partial<Settings>;
  /** An address for a rule's page in which `{rule}` stands for its id. Absent: the page's file beside the server. */
  readonly rulePage?: string;
  /** Whether somebody trusts the workspace, so that its rulesets may run code. Absent: nobody does. */
  readonly trusted?: boolean;
  /** Whether the client wants {@link statusNotification}. */
  readonly status?: boolean;
  /** Commands of the client that actions may call; absent ones are not offered. */
  readonly commands?: { readonly explainRule?: string };
}

/** Settings below `contractFidelity`. */
export interface Settings {
  /** Whether rulesets run over open contracts: where the workspace has one, always, or never. */
  readonly lint: 'auto' | 'always' | 'off';
  readonly enable: boolean;
  readonly minimumSeverity: 'error' | 'warning' | 'information' | 'hint';
  readonly maxFindingsPerFile: number;
  /** Milliseconds between the last keystroke and the analysis. */
  readonly analysisDelay: number;
  readonly sourceOfTruth: 'none' | 'contract' | 'code';
  /** Whether the TypeScript checker is asked for what the code alone does not tell. */
  readonly types: 'on' | 'off';
}

export const defaultSettings: Settings = {
  enable: true,
  lint: 'auto',
  minimumSeverity: 'hint',
  maxFindingsPerFile: 100,
  analysisDelay: 120,
  sourceOfTruth: 'none',
  types: 'on',
};

/** Server to client, whenever the state of the analysis changes. */
export const statusNotification = 'contractFidelity/status';

export interface AnalysisState {
  readonly state: 'analysing' | 'ready' | 'failed' | 'disabled';
  /** The last run, once there is one. */
  readonly milliseconds?: number;
  readonly message?: string;
}

/** Client to server: what is known of one document. */
export const documentStatusRequest = 'contractFidelity/documentStatus';

export interface DocumentStatusParams {
  /** Absent: everything. */
  readonly uri?: string;
}

export interface DocumentStatus extends AnalysisState {
  readonly contracts: readonly { readonly uri: string; readonly title: string; readonly version: string }[];
  readonly operations: number;
  readonly verified: number;
  readonly findings: number;
  readonly known: boolean;
}

/** Commands of the server for `workspace/executeCommand`, usable from any editor. */
export const serverCommands = {
  /** Analyses everything again from disk; gives `{ findings, files }`. */
  check: 'contractFidelity.server.check',
  /** Takes a rule id; gives its page as Markdown, or null. */
  explain: 'contractFidelity.server.explain',
  /** Gives a text for a bug report, without contents or paths of the workspace. */
  diagnosticInformation: 'contractFidelity.server.diagnosticInformation',
  /** Takes the URI of a folder; gives the text of a first `fidelity.yaml` for it. */
  configuration: 'contractFidelity.server.configuration',
} as const;

export interface CheckOutcome {
  readonly findings: number;
  /** Files that have at least one. */
  readonly files: number;
  readonly operations: number;
  readonly verified: number;
}
