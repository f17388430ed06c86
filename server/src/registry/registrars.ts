// Owns what `fidelity.yaml` teaches of a project's own functions that register routes: its reading and its mistakes.
// It must not know code: functions and frameworks are only names here.

import picomatch from 'picomatch';
import type { Configuration, RegistrarEntry } from './configuration.ts';

/** A taught function as the code room takes it, with its globs as a question. */
export interface TaughtFunction {
  readonly name: string;
  readonly declaredIn?: (path: string) => boolean;
  readonly framework: RegistrarEntry['framework'];
  readonly method: string | number;
  readonly methods: ReadonlyMap<string, string>;
  readonly path: number;
  readonly handler?: number;
  readonly prefix: string;
}

/** The functions that a configuration teaches. */
export function taughtFunctions(configuration: Configuration | undefined): readonly TaughtFunction[] {
  if (!configuration) return [];
  return configuration.registrars.map(({ in: globs, ...entry }) => ({
    ...entry,
    ...(globs.length === 0 ? {} : { declaredIn: below(configuration.folder, globs) }),
  }));
}

function below(folder: string, globs: readonly string[]): (path: string) => boolean {
  const matches = picomatch([...globs], { dot: true });
  const head = folder === '/' ? '/' : `${folder}/`;
  return (path) => path.startsWith(head) && matches(path.slice(head.length));
}

export const registrarMethods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all'] as const;
export const registrarFrameworks = ['express', 'fastify', 'koa', 'hono', 'hapi', 'restify'] as const;

type Entry = Readonly<Record<string, unknown>>;

/** An entry as it holds, or undefined when its name or its path's position is not sound. */
export function registrarEntry(entry: Entry, globs: readonly string[]): RegistrarEntry | undefined {
  const { name, path, handler, method, prefix } = entry;
  const framework = registrarFrameworks.find((one) => one === entry.framework);
  if (typeof name !== 'string' || name === '' || !framework || !isPosition(path)) return undefined;
  if (method !== undefined && !isMethod(method)) return undefined;
  if (mistakesOf(entry).length > 0) return undefined;
  const words = typeof entry.methods === 'object' && entry.methods !== null ? Object.entries(entry.methods) : [];
  return {
    name,
    in: globs,
    framework,
    method: typeof method === 'string' ? method.toLowerCase() : isPosition(method) ? method : 'all',
    methods: new Map(words.flatMap(([word, meant]) => (isMethod(meant) ? [[word.toLowerCase(), String(meant)]] : []))),
    path,
    ...(isPosition(handler) ? { handler } : {}),
    prefix: typeof prefix === 'string' ? prefix : '',
  };
}

/** What is wrong with an entry beyond its form: the key that it is wrong at, and a clause for people. */
export function mistakesOf(entry: Entry): readonly { readonly key: string; readonly message: string }[] {
  const mistakes: { key: string; message: string }[] = [];
  if (typeof entry.method === 'string' && !isMethod(entry.method))
    mistakes.push({
      key: 'method',
      message: `must be the position of an argument or one of ${registrarMethods.map((one) => `\`${one}\``).join(', ')}`,
    });
  const taken = new Map<number, string>();
  for (const key of ['path', 'method', 'handler']) {
    const position = entry[key];
    if (!isPosition(position)) continue;
    const other = taken.get(position);
    if (other !== undefined) mistakes.push({ key, message: `is the same argument as \`${other}\`` });
    taken.set(position, key);
  }
  if (entry.methods !== undefined && !isPosition(entry.method))
    mistakes.push({ key: 'methods', message: 'says what words of an argument mean, but `method` names no argument' });
  return mistakes;
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isMethod(value: unknown): boolean {
  return (
    isPosition(value) || (typeof value === 'string' && registrarMethods.some((one) => one === value.toLowerCase()))
  );
}
