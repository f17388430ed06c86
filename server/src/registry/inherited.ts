// Owns what a configuration takes over from others: `extends` names files whose rules, internal routes, bounds and the like hold unless
// the configuration says otherwise. It must not know how a file's text becomes a configuration: a function is given for that.

import type { FileSource } from '../base/host.ts';
import type { Place } from '../base/place.ts';
import type { Configuration, ConfigurationProblem } from './configuration.ts';

/** A longer chain is a mistake, and nobody can follow it. */
const LONGEST = 8;

export interface OwnConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
  /** What `extends` names, resolved, with the place of each name. */
  readonly bases: readonly { readonly file: string; readonly place: Place }[];
}

/**
 * The configuration with what it takes over. Later bases win over earlier ones, and the configuration over all of them. Contracts and code
 * are a project's own and are never taken over.
 */
export function inherit(
  own: OwnConfiguration,
  files: FileSource,
  read: (file: string) => OwnConfiguration,
  chain: readonly string[] = [],
): { readonly configuration: Configuration; readonly problems: readonly ConfigurationProblem[] } {
  const { file } = own.configuration;
  const seen = file === undefined ? chain : [...chain, file];
  const problems = [...own.problems];
  let taken: Configuration | undefined;
  for (const base of own.bases) {
    const wrong = mistakeOf(base.file, seen, files);
    if (wrong !== undefined) {
      problems.push({ message: `\`extends\` ${wrong}.`, place: base.place });
      continue;
    }
    const known = inherit(read(base.file), files, read, seen);
    const [first] = known.problems;
    // It is put right in the file that has it; here it is said once, where that file is named.
    if (first)
      problems.push({ message: `What \`extends\` names is not followed in full: ${first.message}`, place: base.place });
    taken = taken ? over(taken, known.configuration) : known.configuration;
  }
  return { configuration: taken ? over(taken, own.configuration) : own.configuration, problems };
}

function mistakeOf(file: string, seen: readonly string[], files: FileSource): string | undefined {
  if (seen.includes(file)) return 'leads back to a file that it came from';
  if (seen.length >= LONGEST) return `leads further than ${LONGEST} files`;
  return files.exists(file) ? undefined : 'names a file that does not exist';
}

function over(base: Configuration, own: Configuration): Configuration {
  return {
    ...own,
    internal: [...base.internal, ...own.internal],
    registrars: [...base.registrars, ...own.registrars],
    rules: new Map([...base.rules, ...own.rules]),
    rulePlaces: new Map([...base.rulePlaces, ...own.rulePlaces]),
    overrides: own.overrides,
    failOn: own.failOn ?? base.failOn,
    versions: {
      ...base.versions,
      ...Object.fromEntries(Object.entries(own.versions).filter(([, value]) => value !== undefined)),
    },
  };
}
