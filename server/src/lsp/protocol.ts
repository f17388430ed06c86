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
  readonly commands?: {
    readonly explainRule?: string;
    /** Takes a URI, a position and locations, and lets somebody choose among them. */
    readonly showPlaces?: string;
    /** Opens the list of completions again, for those that are only a step on the way. */
    readonly suggestAgain?: string;
  };
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
  /** The side that is right; `ask` offers both alike. */
  readonly sourceOfTruth: 'ask' | 'contract' | 'code';
  /** Whether the TypeScript checker is asked for what the code alone does not tell. */
  readonly types: 'on' | 'off';
  /** Whether cards are shown on routes, operations and tags. */
  readonly hover: boolean;
  /** Whether lenses stand above the operations of contracts. */
  readonly codeLens: boolean;
  /** Whether tags are links. */
  readonly documentLinks: boolean;
}

export const defaultSettings: Settings = {
  enable: true,
  lint: 'auto',
  minimumSeverity: 'hint',
  maxFindingsPerFile: 100,
  analysisDelay: 120,
  sourceOfTruth: 'ask',
  types: 'on',
  hover: true,
  codeLens: true,
  documentLinks: true,
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
  /** Takes the URI of a document and a position; gives what can be linked there: a list of {@link LinkOffer}, or null. */
  linkOffers: 'contractFidelity.server.linkOffers',
  /** Takes a URI, a position and a target; gives the edit that writes the tag above the line, or null. */
  linkEdit: 'contractFidelity.server.linkEdit',
  /** Takes a URI and a position; gives the locations of the handlers, tags and callers of the operation there. */
  references: 'contractFidelity.server.references',
  /** Takes a URI and a position; gives the location of the section of the contract that is meant there, or null. */
  section: 'contractFidelity.server.section',
} as const;

/** What a tag could name, the likeliest first. */
export interface LinkOffer {
  readonly target: string;
  readonly label: string;
  readonly detail: string;
}

export interface CheckOutcome {
  readonly findings: number;
  /** Files that have at least one. */
  readonly files: number;
  readonly operations: number;
  readonly verified: number;
}
