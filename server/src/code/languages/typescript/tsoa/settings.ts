// Owns what a service tells tsoa in its settings file: which prefix its routes have and who authenticates.
// It must not know controllers.

import type { Machine } from '../machine.ts';
import { directoryOf } from '../resolve.ts';

/** The settings that routes depend on. */
export interface Settings {
  /** The folder of the settings, from which its paths start. */
  readonly folder: string;
  readonly basePath: string;
  /** The module with `expressAuthentication`, relative to the folder. */
  readonly authentication?: string;
  /** Whether fields that a type does not name are refused (`noImplicitAdditionalProperties`). */
  readonly strict: boolean;
}

/** The settings that hold for a file: those of the nearest `tsoa.json` above it, or beside the sources. Undefined where there are none. */
export function settingsFor(m: Machine, file: string): Settings | undefined {
  for (let folder = directoryOf(file); folder.length > 1; folder = directoryOf(folder)) {
    const path = `${folder}/tsoa.json`;
    if (!m.files.exists(path)) continue;
    m.touched.add(path);
    const read = m.files.read(path);
    return 'failure' in read ? undefined : parse(read.text, folder);
  }
  return undefined;
}

function parse(text: string, folder: string): Settings | undefined {
  try {
    const data: unknown = JSON.parse(text);
    const routes = field(data, 'routes');
    const basePath = field(routes, 'basePath');
    const module = field(routes, 'authenticationModule');
    return {
      folder,
      strict: field(data, 'noImplicitAdditionalProperties') === 'throw-on-extras',
      basePath: typeof basePath === 'string' ? basePath : '',
      ...(typeof module === 'string' ? { authentication: `./${module.replace(/^\.\//, '')}` } : {}),
    };
  } catch {
    return undefined;
  }
}

function field(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined;
}
