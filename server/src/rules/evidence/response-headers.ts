// Owns what is known of response headers: which are nobody's promise, which are set before most operations alike, and what an exit sets.
// It must not know what any rule decides.

import type { Exit } from '../../code/model.ts';
import type { Operation, Response } from '../../contract/model.ts';
import type { Governed } from '../../workspace/model.ts';

/** Headers that HTTP, frameworks, proxies and browsers' rules bring along. No contract is asked for them. */
const standard = new Set([
  'accept-patch',
  'accept-post',
  'accept-ranges',
  'age',
  'allow',
  'alt-svc',
  'cache-control',
  'clear-site-data',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-security-policy',
  'content-security-policy-report-only',
  'content-type',
  'date',
  'deprecation',
  'etag',
  'expect-ct',
  'expires',
  'feature-policy',
  'keep-alive',
  'last-modified',
  'link',
  'nel',
  'origin-agent-cluster',
  'p3p',
  'permissions-policy',
  'pragma',
  'proxy-authenticate',
  'referrer-policy',
  'report-to',
  'request-id',
  'retry-after',
  'server',
  'server-timing',
  'set-cookie',
  'strict-transport-security',
  'sunset',
  'surrogate-control',
  'surrogate-key',
  'timing-allow-origin',
  'traceparent',
  'tracestate',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
  'via',
  'warning',
  'www-authenticate',
  'x-accel-buffering',
  'x-accel-redirect',
  'x-cache',
  'x-content-type-options',
  'x-correlation-id',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-powered-by',
  'x-request-id',
  'x-response-time',
  'x-robots-tag',
  'x-runtime',
  'x-sendfile',
  'x-trace-id',
  'x-ua-compatible',
  'x-xss-protection',
]);

const families = [
  /^access-control-/,
  /^cross-origin-/,
  /^(x-)?rate-?limit/,
  /^x-amzn?-/,
  /^cf-/,
  /^cdn-/,
  /^x-vercel-/,
  /^sec-/,
];

/** Whether a response header is nobody's promise of this operation; `name` in lower case. */
export function isStandardHeader(name: string): boolean {
  return standard.has(name) || families.some((family) => family.test(name));
}

/** Where something was made or has moved to: `Location` belongs to these statuses. */
export function isLocating(status: number): boolean {
  return status === 201 || status === 202 || (status >= 300 && status < 400);
}

/** Whether a response declares a header; names have no case. */
export function declaresHeader(response: Response, name: string): boolean {
  return response.headers.some((header) => header.name.toLowerCase() === name);
}

/** Whether any response of an operation declares any header. */
export function declaresHeaders(operation: Operation): boolean {
  return operation.responses.some((response) => response.headers.length > 0);
}

const remembered = new WeakMap<Governed, ReadonlySet<string>>();

/** Fewer operations than this show no habit. */
const enough = 3;

/** Whether a header is set before more than half of the operations: what stands around them all sets it. */
export function isServiceHeader(governed: Governed, name: string): boolean {
  const known = remembered.get(governed) ?? serviceHeaders(governed);
  remembered.set(governed, known);
  return known.has(name);
}

function serviceHeaders({ bindings }: Governed): ReadonlySet<string> {
  const served = bindings.filter((binding) => binding.routes.length > 0);
  const counts = new Map<string, number>();
  for (const { routes } of served) {
    const names = routes.flatMap((route) => route.facts().exits.flatMap(headerNames));
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const often = [...counts].filter(([, count]) => count >= enough && count * 2 > served.length);
  return new Set(often.map(([name]) => name));
}

function headerNames(exit: Exit): string[] {
  return exit.headers.map((header) => header.name);
}
