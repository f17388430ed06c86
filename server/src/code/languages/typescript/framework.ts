// Owns the seam between the front-end and the frameworks: what each of them is asked for when a workspace is read.
// It must not know any one framework.

import type { FileSource } from '../../../base/host.ts';
import type { Place } from '../../../base/place.ts';
import type { App, Completeness, OperationRouter, Route } from '../../model.ts';
import type { Machine } from './machine.ts';

/** What stands around the modules of one snapshot. */
export interface Surroundings {
  readonly files: FileSource;
  /** Every source that may be read, sorted. */
  readonly sources: readonly string[];
  /** Whether a file's text matches a pattern, which is known by its identity: the answer holds for as long as the text. */
  says(file: string, pattern: RegExp): boolean;
  /** The folder of the nearest package, else of the workspace root. */
  folderOf(file: string): string;
  /** An app with the contract files that the sources of its folder name. */
  app(found: FoundApp): App;
}

export interface FoundApp {
  readonly framework: string;
  readonly place: Place;
  readonly folder: string;
  readonly routes: readonly Route[];
  readonly completeness: Completeness;
  readonly operationRouters?: readonly OperationRouter[];
}

/** One framework, as the front-end sees it. Its packages' models stand in `packages/catalogue.ts`. */
export interface Framework {
  readonly name: string;
  /** Whether the framework serves a file because of where it stands, whatever its text says. */
  serves?(path: string): boolean;
  /** Runs what only this framework runs, before the routes are gathered. */
  wire?(machine: Machine, surroundings: Surroundings): void;
  /** The apps that were found. */
  apps(machine: Machine, surroundings: Surroundings): readonly App[];
}
