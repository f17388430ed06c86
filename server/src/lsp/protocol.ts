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
    /** Takes the URI of a contract and a base (empty: its baseline), and shows both sides and the changes. */
    readonly compareContract?: string;
  };
  /** The scheme under which the client opens texts of the past; see {@link baselineAddress}. Absent: it cannot. */
  readonly baselineScheme?: string;
}

/** Settings below `contractFidelity`. */
export interface Settings {
  /** Whether rulesets run over open contracts: where the workspace has one, always, or never. */
  readonly lint: 'auto' | 'always' | 'off';
  readonly enable: boolean;
  readonly minimumSeverity: 'error' | 'warning' | 'information' | 'hint';
  readonly maxFindingsPerFile: number;
  /** Whether findings of the baseline are shown, as hints that are struck through. */
  readonly showAccepted: boolean;
  /** Milliseconds between the last keystroke and the analysis. */
  readonly analysisDelay: number;
  /** The side that is right; `ask` offers both alike. */
  readonly sourceOfTruth: 'ask' | 'contract' | 'code';
  /** Whether the TypeScript checker is asked for what the code alone does not tell. */
  readonly types: 'on' | 'off';
  /** Whether cards are shown on routes, operations and tags. */
  readonly hover: boolean;
  /** Whether lenses stand above the operations of contracts and the handlers that serve them. */
  readonly codeLens: boolean;
  /** Whether tags are links. */
  readonly documentLinks: boolean;
}

export const defaultSettings: Settings = {
  enable: true,
  lint: 'auto',
  minimumSeverity: 'hint',
  maxFindingsPerFile: 100,
  showAccepted: true,
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

/**
 * Client to server: texts of a workspace folder that is on no disk, which the server cannot read itself. Contracts and configurations
 * alone are taken; what is not handed over is not there.
 */
export const virtualFilesNotification = 'contractFidelity/virtualFiles';

export interface VirtualFilesParams {
  /** The URI of the workspace folder, or of a folder below it. */
  readonly folder: string;
  /** Whether these are all of its files; otherwise those that changed. */
  readonly whole: boolean;
  /** The text is null for a file that is gone or cannot be read. */
  readonly files: readonly { readonly uri: string; readonly text: string | null }[];
}

/** How much of such folders is handed over at most, all of them taken together. */
export const mostVirtual = { files: 1_000, characters: 64 * 1024 * 1024, charactersOfOne: 20 * 1024 * 1024 } as const;

/** Client to server: what is known of one document. */
export const documentStatusRequest = 'contractFidelity/documentStatus';

export interface DocumentStatusParams {
  /** Absent: everything. */
  readonly uri?: string;
}

export interface StatusReason {
  /** A clause that follows "because". */
  readonly meaning: string;
  /** One line on how to help. */
  readonly hint: string;
  /** How many operations it concerns. */
  readonly operations: number;
}

export interface DocumentStatus extends AnalysisState {
  readonly contracts: readonly { readonly uri: string; readonly title: string; readonly version: string }[];
  readonly operations: number;
  readonly verified: number;
  /** Why the others are not verified, the reason that concerns most operations first. */
  readonly reasons: readonly StatusReason[];
  readonly findings: number;
  readonly known: boolean;
  /** Whether the code beside the contract is not read, because the folder is on no disk. */
  readonly contractOnly: boolean;
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
  /** Takes a URI and a position; gives who speaks of the operation there, handlers first: a list of {@link SpeakerAt}. */
  speakers: 'contractFidelity.server.speakers',
  /** Takes a URI and a position; gives the location of the section of the contract that is meant there, or null. */
  section: 'contractFidelity.server.section',
  /** Takes the URI of a contract; gives what it can be compared with: a list of {@link BaseChoice}. */
  baseChoices: 'contractFidelity.server.baseChoices',
  /** Takes the URI of a contract and a base (empty: its baseline); gives a {@link ContractComparison}, `{ failure }`, or null. */
  compareContract: 'contractFidelity.server.compareContract',
  /** Takes the URI of a contract; gives a {@link VersionSuggestion}, `{ failure }`, or null. */
  suggestVersion: 'contractFidelity.server.suggestVersion',
  /** Takes the URI of a contract; gives a {@link ReleaseRecord} of its committed state, `{ failure }`, or null. Nothing is written. */
  recordRelease: 'contractFidelity.server.recordRelease',
  /** Takes an address of the past as {@link baselineAddress} makes it; gives the text, or null. */
  baselineText: 'contractFidelity.server.baselineText',
  /** Takes the URI of a folder, and optionally a reason; gives a {@link BaselineUpdate}, or null while nothing is known. */
  baseline: 'contractFidelity.server.baseline',
  /** Takes a {@link DriftReportParams}; gives a {@link DriftReportAnswer}, or null while nothing is known. */
  driftReport: 'contractFidelity.server.driftReport',
} as const;

/** Somebody who speaks of an operation: a handler, a call, a test or a tag. */
export interface SpeakerAt extends PlaceAt {
  readonly group: 'handler' | 'call' | 'test' | 'link';
  /** The route of a handler, the client of a call, or what a tag names. */
  readonly name: string;
}

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
  /** Whether no code was read, so that there is nothing to agree with. */
  readonly contractOnly: boolean;
}

/** A state of the past that a contract can be compared with. */
export interface BaseChoice {
  /** What the command takes; empty for the contract's own baseline. */
  readonly base: string;
  readonly label: string;
  readonly detail: string;
}

/** A place as the protocol writes it. */
export interface PlaceAt {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** Two states of a contract, with what changed between them, the worst first. */
export interface ContractComparison {
  readonly base: { readonly name: string; readonly version: string; readonly address: string };
  readonly version: string;
  /** What the changes call for, in one sentence each. */
  readonly verdict: string;
  readonly suggested: string | null;
  readonly kept: boolean | null;
  readonly changes: readonly ComparedChange[];
  readonly unread: readonly string[];
  /** All of it as Markdown. */
  readonly markdown: string;
}

/** The number that the changes of a contract call for, with the edits that write it. */
export interface VersionSuggestion {
  readonly base: { readonly name: string; readonly version: string };
  readonly version: string;
  /** What the changes call for, in one sentence. */
  readonly verdict: string;
  /** Null when none is needed or the version's scheme has no number for it. */
  readonly suggested: string | null;
  /** Whether the version takes the step; null when it cannot be told. */
  readonly kept: boolean | null;
  readonly notes: readonly string[];
  /** Sets the version; null when there is nothing to set. A `WorkspaceEdit` of the protocol. */
  readonly edit: object | null;
  /** Writes the entry of a version into the changelog; null when there is no changelog, or it has the entry. */
  readonly changelog: { readonly version: string; readonly edit: object } | null;
}

/** The record of releases with one more. */
export interface ReleaseRecord {
  readonly uri: string;
  readonly text: string;
  readonly version: string;
  /** Eight digits. */
  readonly commit: string;
}

export interface ComparedChange {
  readonly id: string;
  readonly fingerprint: string;
  readonly level: 'breaking' | 'risky' | 'compatible' | 'documentation';
  readonly operation: string | null;
  readonly subject: string;
  readonly message: string;
  readonly reason: string;
  readonly witness: string | null;
  readonly voice: string | null;
  /** In the past and now; null where nothing stands. */
  readonly before: PlaceAt | null;
  readonly after: PlaceAt | null;
}

/** What an address of the past names: a file, in the state of a contract that `base` names. */
export interface PastFile {
  /** Absolute path, forward slashes. */
  readonly file: string;
  /** The contract's root, as a path too. */
  readonly contract: string;
  readonly base: string;
}

/** The address of a text of the past: the file's path, so that editors know its language, with the state in the query. */
export function baselineAddress(scheme: string, { file, contract, base }: PastFile): string {
  const path = (file.startsWith('/') ? file : `/${file}`).split('/').map(encodeURIComponent).join('/');
  return `${scheme}:${path}?${encodeURIComponent(JSON.stringify({ file, contract, base }))}`;
}

/** What an address of the past names; undefined for every other text. It comes from outside, so that nothing in it is trusted. */
export function pastFileOf(address: string): PastFile | undefined {
  const at = address.indexOf('?');
  if (at < 0) return undefined;
  try {
    const { file, contract, base } = JSON.parse(decodeURIComponent(address.slice(at + 1))) as Partial<PastFile>;
    if (typeof file !== 'string' || typeof contract !== 'string' || typeof base !== 'string') return undefined;
    return { file, contract, base };
  } catch {
    // Somebody wrote it by hand.
    return undefined;
  }
}

/** `page`: a document for a panel. `parts`: what a page that is shown already needs. The others are files for people and machines. */
export interface DriftReportParams {
  readonly preset?: string;
  readonly format: 'page' | 'parts' | 'data' | 'html' | 'markdown' | 'json' | 'sarif';
  /** The nonce of a page. */
  readonly nonce?: string;
}

export interface DriftReportAnswer {
  /** The folder that the report's paths are relative to. */
  readonly root: string;
  /** The page, the file's text, or the data as JSON. */
  readonly text: string;
  /** Of `parts`: what stands inside of the page's main element. */
  readonly body?: string;
}

/** A baseline as it would be now. Nothing is written. */
export interface BaselineUpdate {
  readonly uri: string;
  readonly text: string;
  /** Findings that would be accepted from now on. */
  readonly added: number;
  /** Entries that match nothing any more. */
  readonly removed: number;
  /** Whether there is one already. */
  readonly exists: boolean;
}

// How the process of the server wants to be started, by those who start it: so its memory stays near what it holds.

/**
 * Options of Node. Young objects get 8 MB instead of 16, twice over: texts and trees of contracts outlive them anyway, so that
 * the larger room is only taken and never used.
 */
export const processFlags: readonly string[] = ['--max-semi-space-size=8'];

/**
 * Variables that the GNU C library reads (mallopt(3)) and others ignore: with an arena for each of V8's threads, and none given back,
 * what was once needed to compile the bundle stays taken, some 60 MB.
 */
export const processEnvironment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
