// Owns copies of documents of other hosts on disk: which address has which copy, and the fetching of those that were missed.
// Nothing is fetched that nobody allowed by host, and nothing while the engine works. It must not know what the documents mean.

import { lookup as lookUp } from 'node:dns';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileSource, ReadResult, RemoteDocuments } from '../base/host.ts';
import { slashed, within } from '../base/relative.ts';

/** Larger answers are no contracts. */
const MOST_BYTES = 10 * 1024 * 1024;
/** An answer that takes longer is none, in milliseconds. */
const PATIENCE = 10_000;
const MOST_REDIRECTS = 3;
/** More documents than this are not fetched by one process. */
const MOST_DOCUMENTS = 200;
/** Copies that are older are fetched again, in milliseconds. */
const STALE = 24 * 60 * 60 * 1000;

/** Networks that a public name must not lead into. */
const inner = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inner.addSubnet(network, bits, 'ipv4');
  inner.addSubnet(`::ffff:${network}`, 96 + bits, 'ipv6');
}
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inner.addSubnet(network, bits, 'ipv6');
}

/** Where copies are kept unless somebody says otherwise: the user's folder for what can be made again. */
export function remoteFolder(): string {
  const base = process.platform === 'win32' ? process.env.LOCALAPPDATA : process.env.XDG_CACHE_HOME;
  return join(base || join(homedir(), '.cache'), 'contract-fidelity', 'remote');
}

/** What keeps documents for one run; nothing where it is not wanted. */
export const keptDocuments = (wanted: boolean | undefined): KeptDocuments | undefined =>
  wanted ? new KeptDocuments(remoteFolder()) : undefined;

export interface FetchOutcome {
  readonly fetched: number;
  /** One sentence for each address that gave nothing. */
  readonly failures: readonly string[];
}

type Resolve = (
  name: string,
  answer: (error: Error | null, addresses: readonly { readonly address: string; readonly family: number }[]) => void,
) => void;

export class KeptDocuments implements RemoteDocuments {
  private readonly folder: string;
  /** Addresses that were asked for and have no copy, or an old one, each with the hosts that were allowed then. */
  private readonly wanted = new Map<string, ReadonlySet<string>>();
  private readonly asked = new Set<string>();

  /** `resolve` gives the addresses of a host's name; the system's own resolution unless somebody has another. */
  constructor(
    folder: string,
    private readonly resolve: Resolve = (name, answer) => lookUp(name, { all: true }, answer),
  ) {
    this.folder = slashed(folder);
  }

  /** The same files, and the copies of documents of these hosts: `example.com`, `example.com:8443`, `http://localhost:8080`. */
  over(files: FileSource, hosts: readonly string[]): FileSource {
    const origins = new Set(hosts.flatMap((host) => originOf(host) ?? []));
    if (origins.size === 0) return files;
    const holds = (path: string): boolean => {
      const address = this.addressOf(path);
      return address !== undefined && origins.has(new URL(address).origin);
    };
    return {
      roots: files.roots,
      list: () => files.list(),
      ...(files.unentered ? { unentered: () => files.unentered?.() ?? [] } : {}),
      exists: (path) => (holds(path) ? statOf(path) !== undefined : files.exists(path)),
      version: (path) => (holds(path) ? statOf(path)?.version : files.version(path)),
      read: (path) => (holds(path) ? this.read(path, origins) : files.read(path)),
      remote: {
        pathOf: (address) => this.pathOf(address, origins),
        holds,
        addressOf: (path) => (holds(path) ? this.addressOf(path) : undefined),
        beside: (path, address) => {
          const base = this.addressOf(path);
          const known = base !== undefined && URL.canParse(address, base);
          return known ? this.pathOf(new URL(address, base).href, origins) : undefined;
        },
      },
    };
  }

  /** Fetches what was missed since the last time. Never rejects; each address is asked once for as long as the process lives. */
  async fetch(): Promise<FetchOutcome> {
    const chosen = [...this.wanted].filter(([address]) => !this.asked.has(address));
    this.wanted.clear();
    let fetched = 0;
    const failures: string[] = [];
    for (const [address, origins] of chosen) {
      if (this.asked.size >= MOST_DOCUMENTS) break;
      this.asked.add(address);
      try {
        const text = await textOf(new URL(address), this.resolve, MOST_REDIRECTS);
        const path = this.pathOf(address, origins)!;
        mkdirSync(dirname(path), { recursive: true });
        // Written beside it first: a copy is whole or not there.
        writeFileSync(`${path}.part`, text);
        renameSync(`${path}.part`, path);
        fetched++;
      } catch (error) {
        failures.push(`${address} was not fetched: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return { fetched, failures };
  }

  private read(path: string, origins: ReadonlySet<string>): ReadResult {
    const address = this.addressOf(path);
    const stat = statOf(path);
    if (address !== undefined && (!stat || Date.now() - stat.changed > STALE)) this.wanted.set(address, origins);
    try {
      return stat ? { text: readFileSync(path, 'utf8') } : { failure: 'missing' };
    } catch {
      return { failure: 'unreadable' };
    }
  }

  /** The path that a copy has: the parts of its address as folders, so that relative references keep their meaning. */
  private pathOf(address: string, origins: ReadonlySet<string>): string | undefined {
    if (!URL.canParse(address)) return undefined;
    const url = new URL(address);
    if (!origins.has(url.origin) || url.username !== '' || url.password !== '') return undefined;
    const parts = `${url.pathname}${url.search}`.split('/').slice(1);
    // A folder is no document, and no name may lead out of the folder of the copies.
    if (parts.length > 50 || parts.some((part) => /^\.{0,2}$/.test(part))) return undefined;
    const segments = [url.host, ...parts].map(encodeURIComponent);
    if (segments.some((segment) => segment.length > 200)) return undefined;
    return [this.folder, url.protocol.slice(0, -1), ...segments].join('/');
  }

  private addressOf(path: string): string | undefined {
    if (!within(this.folder, path)) return undefined;
    const [scheme, host, ...segments] = path.slice(this.folder.length + 1).split('/');
    if (!/^https?$/.test(scheme ?? '') || !host || segments.length === 0) return undefined;
    try {
      return new URL(`${scheme}://${decodeURIComponent(host)}/${segments.map(decodeURIComponent).join('/')}`).href;
    } catch {
      return undefined;
    }
  }
}

function originOf(host: string): string | undefined {
  const address = /^https?:\/\//.test(host) ? host : `https://${host}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.pathname === '/' && url.search === '' && url.username === '' ? url.origin : undefined;
}

function statOf(path: string): { readonly version: string; readonly changed: number } | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? { version: `${stat.mtimeMs}:${stat.size}`, changed: stat.mtimeMs } : undefined;
}

function textOf(url: URL, resolveName: Resolve, redirects: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5', 'accept-encoding': 'identity' },
      signal: AbortSignal.timeout(PATIENCE),
      lookup: (name, asked, answer) =>
        resolveName(name, (error, addresses) => {
          if (error) return answer(error, '', 0);
          const [first] = addresses.filter(({ address }) => isNamedSo(name) || !isInner(address));
          if (!first) return answer(new Error(`${name} leads into a private network`), '', 0);
          return asked.all ? answer(null, [first]) : answer(null, first.address, first.family);
        }),
    };
    const asking = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options, (response) => {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        response.destroy();
        const next = URL.canParse(headers.location, url.href) ? new URL(headers.location, url) : undefined;
        if (next?.origin !== url.origin) return reject(new Error('it leads to another host'));
        if (redirects === 0) return reject(new Error('it leads from one address to another without an end'));
        return resolve(textOf(next, resolveName, redirects - 1));
      }
      if (statusCode !== 200) {
        response.destroy();
        return reject(new Error(`the host answers ${statusCode}`));
      }
      const parts: Buffer[] = [];
      let size = 0;
      response.on('data', (part: Buffer) => {
        size += part.length;
        parts.push(part);
        if (size > MOST_BYTES) response.destroy(new Error('it is larger than 10 MB'));
      });
      response.on('error', reject);
      response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    });
    asking.on('error', reject);
    asking.end();
  });
}

/** Who allows this machine, or an address, by its own name means it. */
const isNamedSo = (name: string): boolean => name === 'localhost' || isIP(name) !== 0;

const isInner = (address: string): boolean => inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
