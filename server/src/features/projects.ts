// Owns the division of an editor's folders into projects: every folder with a `fidelity.yaml` is one, and so is each root.
// It must not know what is found in a project, nor any protocol.

import type { FileSource, ReadResult } from '../base/host.ts';
import { within } from '../base/relative.ts';
import { configurationName } from '../registry/configuration.ts';

/** The folders among the given ones that lie in no other, sorted: overlapping roots must not be analysed twice. */
export function outermost(folders: readonly string[]): string[] {
  const unique = [...new Set(folders)].sort();
  return unique.filter((folder) => !unique.some((other) => other !== folder && within(other, folder)));
}

type ByList = WeakMap<readonly string[], Map<string, readonly string[]>>;

const foldersByList: ByList = new WeakMap();
const filesByList: ByList = new WeakMap();

/** What follows from a list of files alone, once per list: most edits leave the list as it is, and so stays what is made of it. */
function kept(
  known: ByList,
  list: readonly string[],
  key: string,
  make: (list: readonly string[]) => readonly string[],
): readonly string[] {
  const made = known.get(list) ?? new Map<string, readonly string[]>();
  known.set(list, made);
  const before = made.get(key);
  if (before) return before;
  const now = make(list);
  made.set(key, now);
  return now;
}

/** The project folders of a root: itself, and every folder below it that has a configuration of its own. */
export function projectFolders(root: string, files: FileSource): readonly string[] {
  return kept(foldersByList, files.list(), root, (paths) => findFolders(root, paths));
}

function findFolders(root: string, paths: readonly string[]): readonly string[] {
  const ending = `/${configurationName}`;
  const configured = paths
    .filter((path) => path.endsWith(ending) && within(root, path))
    .map((path) => path.slice(0, -ending.length));
  return [...new Set([root, ...configured])].sort();
}

/** The project that a file belongs to: the nearest folder that holds it. */
export function projectOf(folders: readonly string[], path: string): string | undefined {
  let nearest: string | undefined;
  for (const folder of folders) {
    if (within(folder, path) && (nearest === undefined || folder.length > nearest.length)) nearest = folder;
  }
  return nearest;
}

/**
 * The files of one project: listed are those that belong to it, while anything in the workspace can still be read, because
 * imports and references cross the folders of a monorepo.
 */
export class ProjectFiles implements FileSource {
  private listed: readonly string[] | undefined;

  constructor(
    private readonly whole: FileSource,
    private readonly folder: string,
    private readonly folders: readonly string[],
  ) {}

  get roots(): readonly string[] {
    return this.whole.roots;
  }

  list(): readonly string[] {
    this.listed ??= kept(filesByList, this.whole.list(), [this.folder, ...this.folders].join('\n'), (paths) =>
      paths.filter((path) => projectOf(this.folders, path) === this.folder),
    );
    return this.listed;
  }

  read(path: string): ReadResult {
    return this.whole.read(path);
  }

  exists(path: string): boolean {
    return this.whole.exists(path);
  }

  version(path: string): string | undefined {
    return this.whole.version(path);
  }
}
