// Owns data that a service loads from a file of its own (`JSON.parse(readFileSync(…))`, `yaml.parse(…)`): the texts of such files, and
// the values that they say. It must not know what the data is for.

import { stringShape } from '../../../../shape/shape.ts';
import type { Machine } from '../machine.ts';
import { type Cell, literal, type Model, native, type PackageModel, textOf, type Value } from '../value.ts';

/** Characters of the longest text that is read as data. */
const longestData = 2_000_000;

/** The text of a data file of the workspace, which stays closed until something parses it; undefined for other files. */
export function textOfFile(m: Machine, path: string): Value | undefined {
  return /\.(?:json|ya?ml)$/i.test(path) && m.files.exists(path) ? native(fileText, path) : undefined;
}

const fileText: Model = {
  name: 'text of a file',
  stable: true,
  shape: () => stringShape(),
  method: (_m, self, name) => (name === 'toString' || name === 'trim' ? self : undefined),
};

const kept = new WeakMap<Machine, Map<string, Value | undefined>>();

/** What a text says as data; undefined where it is no text of a file, or says nothing that can be read. */
export function dataOf(m: Machine, value: Value, notation: 'json' | 'yaml'): Value | undefined {
  if (value.kind !== 'native' || value.model !== fileText) return undefined;
  const path = String(value.data);
  m.touched.add(path);
  const known = kept.get(m) ?? new Map<string, Value | undefined>();
  kept.set(m, known);
  // A service may parse a file twice, but what it makes of the one it does not see in the other.
  const key = `${notation} ${path}`;
  if (!known.has(key)) known.set(key, readFile(m, path, notation));
  return known.get(key);
}

function readFile(m: Machine, path: string, notation: 'json' | 'yaml'): Value | undefined {
  const read = m.files.read(path);
  if (!('text' in read) || read.text.length > longestData) return undefined;
  const data = notation === 'yaml' ? m.readData(read.text) : parseJson(read.text);
  return data === undefined || isOwnContract(path, data) ? undefined : valueOfData(data);
}

/**
 * Whether this is a contract of the workspace. What a service checks by the contract that it is held against agrees with it by itself, with
 * all references resolved by whoever reads it; as plain data it would say less than that.
 */
function isOwnContract(path: string, data: unknown): boolean {
  if (path.includes('/node_modules/') || typeof data !== 'object' || data === null) return false;
  return 'openapi' in data || 'swagger' in data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A broken file makes the service throw when it starts, and nothing of it is known here.
    return undefined;
  }
}

function valueOfData(data: unknown): Value {
  if (Array.isArray(data)) return { kind: 'array', items: data.map(valueOfData) };
  if (typeof data === 'object' && data !== null) {
    const props = Object.entries(data).map(([key, value]): [string, Cell] => [key, { value: valueOfData(value) }]);
    return { kind: 'object', props: new Map(props) };
  }
  return literal(typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' ? data : null);
}

/** Readers of YAML: `parse` of one takes a text, `load` of another as well, or a path. */
export const yamlPackages: PackageModel = {
  packages: ['yaml', 'js-yaml', 'yamljs'],
  call(m, external, site) {
    const name = external.path.at(-1);
    const [given] = site.args;
    if (!given || (name !== 'parse' && name !== 'load' && name !== 'safeLoad')) return undefined;
    const path = external.package === 'yamljs' && name === 'load' ? textOf(given) : undefined;
    const text = path?.startsWith('/') ? textOfFile(m, path) : given;
    return text && dataOf(m, text, 'yaml');
  },
};
