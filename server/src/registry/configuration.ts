// Owns what `fidelity.yaml` can say, as plain data. How the text is read is `read-configuration.ts`.
// It must not know contracts, code or rules: rule ids are only names here.

import type { Place } from '../base/place.ts';

/** The name of the file in which a project says what cannot be seen in its code. */
export const configurationName = 'fidelity.yaml';

export type ConfiguredSeverity = 'error' | 'warning' | 'information' | 'hint' | 'off';
export type FailOn = 'error' | 'warning' | 'information' | 'never';

/** One entry of `contracts`. Once there are entries, they are the only contracts that are read as roots. */
export interface ContractEntry {
  /** A path or glob relative to the configuration's folder. */
  readonly file: string;
  /** `owned`: this code serves it. `consumed`: somebody else serves it. `ignored`: it is not read at all. */
  readonly role?: 'owned' | 'consumed' | 'ignored';
  /** Globs of the code that the contract governs; all code when empty. */
  readonly code: readonly string[];
  readonly style?: 'contract-first' | 'generated' | 'partial';
  /** Which side is right when the two differ; `ask` is nobody's word, also where an editor's setting has one. */
  readonly sourceOfTruth?: 'contract' | 'code' | 'ask';
  /** Overlays that are applied to the contract before it is compared, in this order: paths relative to the configuration's folder. */
  readonly overlays?: readonly string[];
  readonly place: Place;
}

/** One entry of `registrars`: a function of the project that registers a route with each call. */
export interface RegistrarEntry {
  readonly name: string;
  /** Globs of the files that the function is written in; every file when empty. */
  readonly in: readonly string[];
  readonly framework: 'express' | 'fastify' | 'koa' | 'hono' | 'hapi' | 'restify';
  /** A method, or the position of the argument that names it. */
  readonly method: string | number;
  /** What the words of that argument mean. */
  readonly methods: ReadonlyMap<string, string>;
  /** Positions of arguments, counted from 0. */
  readonly path: number;
  readonly handler?: number;
  readonly prefix: string;
}

export interface Configuration {
  /** The file that was read; absent for the defaults. */
  readonly file?: string;
  /** The folder to which every path and glob is relative: absolute, forward slashes. */
  readonly folder: string;
  readonly contracts: readonly ContractEntry[];
  readonly code: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  /** Routes that no contract needs to describe: path globs, with a method in front where wanted (`GET /admin/**`). */
  readonly internal: readonly string[];
  /** Functions of the project that register routes. */
  readonly registrars: readonly RegistrarEntry[];
  readonly rules: ReadonlyMap<string, ConfiguredSeverity>;
  /** Where each rule is named, for problems that only the catalogue's owner can see (an unknown rule). */
  readonly rulePlaces: ReadonlyMap<string, Place>;
  /** Severities for what stands in some files only; a later entry wins over an earlier one. */
  readonly overrides?: readonly SeverityOverride[];
  readonly failOn?: FailOn;
  readonly versions: VersionSettings;
  /** Hosts of which documents may be fetched when a contract refers to them; none unless the file says so. */
  readonly remoteHosts?: readonly string[];
}

/** One entry of `overrides`. */
export interface SeverityOverride {
  /** Globs of files, of the code or of contracts. */
  readonly paths: readonly string[];
  readonly rules: ReadonlyMap<string, ConfiguredSeverity>;
}

/** How versions of contracts are judged. What is absent is found out, or has its usual value. */
export interface VersionSettings {
  /** What contracts are compared with: a revision, `tag:PATTERN`, a contract, or the record of releases. Absent: the record, else the merge base with the main branch. */
  readonly base?: string;
  readonly scheme?: 'semver' | 'calendar' | 'integer' | 'date_semver';
  /** What a risky change calls for. */
  readonly risky?: 'major' | 'minor';
  /** What removing an operation counts as, once its sunset date has passed. */
  readonly afterSunset?: 'breaking' | 'risky' | 'compatible';
  /** Stability levels whose operations promise nothing yet; absent: draft and alpha. */
  readonly unstable?: readonly string[];
}

/** Why a configuration, or a part of it, is not followed. What is sound in the file still holds. */
export interface ConfigurationProblem {
  readonly message: string;
  readonly place: Place;
}

/** What holds when no file says anything. */
export function defaultConfiguration(folder: string): Configuration {
  return {
    folder,
    contracts: [],
    code: { include: [], exclude: [] },
    internal: [],
    registrars: [],
    rules: new Map(),
    rulePlaces: new Map(),
    versions: {},
  };
}
