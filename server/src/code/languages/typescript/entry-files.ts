// Owns the files that a package is started by, where its servers are made by functions that only those call.
// It must not parse sources.

import type { FileSource } from '../../../base/host.ts';
import { normalise } from './resolve.ts';

/** Frameworks of which the servers stand in functions, so that whoever starts a service tells what it is made of. */
const makers = /"(@hapi\/hapi|hapi|restify)"\s*:/;

/** The sources that the manifests of such packages name: what `main` says, and what their scripts run. */
export function entryFiles(files: FileSource, manifests: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of manifests) {
    if (!path.endsWith('/package.json')) continue;
    const read = files.read(path);
    if (!('text' in read) || !makers.test(read.text)) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    for (const name of namedIn(read.text)) {
      const file = normalise(`${folder}/${name}`);
      for (const candidate of [file, `${file}.js`, `${file}.ts`, `${file}/index.js`, `${file}/index.ts`])
        if (/\.[cm]?[jt]s$/.test(candidate) && files.exists(candidate)) found.add(candidate);
    }
  }
  return found;
}

function namedIn(manifest: string): string[] {
  try {
    const data: unknown = JSON.parse(manifest);
    const { main, scripts } = data as { readonly main?: unknown; readonly scripts?: unknown };
    const commands = scripts && typeof scripts === 'object' ? Object.entries(scripts) : [];
    const started = commands.flatMap(([name, command]) =>
      /^(start|dev|serve)/.test(name) && typeof command === 'string' ? command.split(/\s+/) : [],
    );
    const files = started.filter(
      (word) => /^[\w./-]+$/.test(word) && (word.includes('/') || /\.[cm]?[jt]s$/.test(word)),
    );
    return [...(typeof main === 'string' ? [main] : []), ...files];
  } catch {
    return [];
  }
}
