// Owns a Next.js project's configuration as far as it decides paths: the base path, rewrites, and which files are pages.
// It must not know routes; what cannot be read is said to be lost.

import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import type { Module } from '../module.ts';
import { type CallSite, textOf, type Value } from '../value.ts';

/** A path that is answered by another one's route. */
export interface Rewrite {
  /** As written: `/v1/:path*`. */
  readonly source: string;
  readonly destination: string;
}

export interface NextConfig {
  readonly basePath: string;
  readonly rewrites: readonly Rewrite[];
  readonly extensions?: readonly string[];
}

const nothing: NextConfig = { basePath: '', rewrites: [] };

/** The names of configuration files, in the order in which Next.js looks for them. */
export const configNames = [
  'next.config.js',
  'next.config.mjs',
  'next.config.ts',
  'next.config.mts',
  'next.config.cjs',
];

/** Reads a configuration file; a configuration that is wrapped by packages is still the object that the file makes. */
export function readConfig(m: Machine, file: string): NextConfig {
  const module = m.modules.module(file);
  if (!module) return nothing;
  m.modules.run(module);
  const config = objectIn(m, module);
  if (!config) return nothing;
  const place = { file, start: 0, end: 0 };
  const basePath = m.get(config, 'basePath', place);
  // A base path of the environment belongs to a deployment, as a server's address does.
  const known = members(basePath).map((value) => textOf(value));
  const extensions = m.get(config, 'pageExtensions', place);
  return {
    basePath: known.find((text) => text !== undefined) ?? '',
    rewrites: rewritesOf(m, config, file),
    ...(extensions.kind === 'array'
      ? { extensions: extensions.items.map(textOf).filter((text) => text !== undefined) }
      : {}),
  };
}

const keys = ['basePath', 'rewrites', 'pageExtensions', 'reactStrictMode', 'images', 'headers', 'redirects', 'webpack'];

function objectIn(m: Machine, module: Module): Value | undefined {
  const exported = called(m, module, m.modules.exportOf(module, 'default'));
  if (exported.kind === 'object') return exported;
  for (const cell of module.frame?.cells.values() ?? []) {
    const value = m.force(cell);
    if (value.kind === 'object' && keys.some((key) => value.props.has(key))) return value;
  }
  return undefined;
}

/** A configuration may be a function of the phase. */
function called(m: Machine, module: Module, value: Value): Value {
  return value.kind === 'function' ? m.apart(() => m.call(value, siteIn(m, module.file))) : value;
}

function rewritesOf(m: Machine, config: Value, file: string): Rewrite[] {
  const place = { file, start: 0, end: 0 };
  const make = m.get(config, 'rewrites', place);
  if (make.kind !== 'function') return [];
  const value = m.apart(() => m.call(make, siteIn(m, file)));
  const lists =
    value.kind === 'object'
      ? ['beforeFiles', 'afterFiles', 'fallback'].map((key) => m.get(value, key, place))
      : [value];
  return lists.flatMap((list) =>
    list.kind !== 'array'
      ? []
      : list.items.flatMap((item) => {
          const source = textOf(m.get(item, 'source', place));
          const destination = textOf(m.get(item, 'destination', place));
          // What depends on a host, a header or a cookie is not said of every request.
          const special = item.kind === 'object' && (item.props.has('has') || item.props.has('missing'));
          return source !== undefined && destination !== undefined && !special ? [{ source, destination }] : [];
        }),
  );
}

function siteIn(m: Machine, file: string): CallSite {
  const place = { file, start: 0, end: 0 };
  return { args: [], open: true, place, argPlaces: [], namePlace: place, frame: m.globals };
}

/** The paths, beside its own, at which a route is served because of rewrites; parameters are taken by their names. */
export function rewrittenPaths(template: string, rewrites: readonly Rewrite[]): string[] {
  return rewrites.flatMap(({ source, destination }) => {
    if (!destination.startsWith('/') || /[()]/.test(source)) return [];
    const path = destination.split('?')[0]!;
    const head = /^(.*)\/:(\w+)\*$/.exec(path);
    if (head) {
      const [, before = '', name] = head;
      // `/v1/:path*` to `/api/:path*`: whatever follows is the same on both sides.
      const from = new RegExp(`^([^:]*)/:${name}\\*$`).exec(source)?.[1];
      if (from === undefined || /[:]/.test(before)) return [];
      return template === before || template.startsWith(`${before}/`)
        ? [from + template.slice(before.length) || '/']
        : [];
    }
    if (templated(path) !== template || /[*+?]/.test(source)) return [];
    return [templated(source)];
  });
}

function templated(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}
