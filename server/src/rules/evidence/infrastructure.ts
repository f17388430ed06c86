// Owns the names that travel with requests without being anybody's parameter: what proxies, browsers, tracers and HTTP itself add.
// It must not know what any rule decides.

const headers = new Set([
  // HTTP itself, content negotiation and caching.
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'authorization',
  'cache-control',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'date',
  'expect',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'pragma',
  'proxy-authorization',
  'range',
  'te',
  'transfer-encoding',
  'upgrade',
  'upgrade-insecure-requests',
  'user-agent',
  'via',
  'www-authenticate',
  // Browsers.
  'dnt',
  'origin',
  'referer',
  'referrer',
  'access-control-request-headers',
  'access-control-request-method',
  'x-requested-with',
  'x-csrf-token',
  'x-xsrf-token',
  // Proxies and content networks.
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-original-url',
  'x-original-uri',
  'x-rewrite-url',
  'x-http-method-override',
  'true-client-ip',
  'fastly-client-ip',
  'x-appengine-user-ip',
  'x-azure-clientip',
  'cdn-loop',
  // Tracing and correlation.
  'traceparent',
  'tracestate',
  'baggage',
  'b3',
  'sentry-trace',
  'uber-trace-id',
  'request-id',
  'x-request-id',
  'x-correlation-id',
  'x-trace-id',
  'x-request-start',
]);

const headerFamilies = [
  /^x-forwarded-/,
  /^x-envoy-/,
  /^x-b3-/,
  /^x-amzn?-/,
  /^x-datadog-/,
  /^x-cloud-trace-/,
  /^cf-/,
  /^cloudfront-/,
  /^x-vercel-/,
  /^x-nf-/,
  /^fly-/,
  /^sec-/,
];

/** Whether a header is somebody else's; `name` in lower case. */
export function isInfrastructureHeader(name: string): boolean {
  return headers.has(name) || headerFamilies.some((family) => family.test(name));
}

const queryNames = new Set(['_', '_method', '_csrf']);

/** Query parameters and form fields that middleware adds or eats: cache busters, method override, request forgery tokens. */
export function isInfrastructureField(name: string): boolean {
  return queryNames.has(name);
}
