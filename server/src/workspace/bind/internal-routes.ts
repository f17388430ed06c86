// Owns the quiet list: routes that nearly every service has and no contract describes.
// It must not know contracts; what a project adds to the list comes in from its configuration.

import type { Route } from '../../code/model.ts';
import { segmentsOf } from './path-shape.ts';

const probes = new Set([
  'health',
  'healthz',
  'healthcheck',
  'health-check',
  '_health',
  'live',
  'livez',
  'liveness',
  'ready',
  'readyz',
  'readiness',
  'ping',
  'status',
  'statusz',
  'metrics',
  'version',
  'favicon.ico',
  'robots.txt',
  'sitemap.xml',
]);

const documentation = new Set([
  'docs',
  'api-docs',
  'apidocs',
  'documentation',
  'reference',
  'swagger',
  'swagger-ui',
  'redoc',
  'openapi',
  'openapi.json',
  'openapi.yaml',
  'openapi.yml',
  'swagger.json',
  'swagger.yaml',
  '.well-known',
  'static',
  'assets',
  'public',
]);

/** Whether a route serves probes, documentation or assets: the reading of the code, or a name that nearly always means it. */
export function isInternal(route: Route): boolean {
  if (route.internal || route.method === 'options') return true;
  const segments = segmentsOf(route.path.toLowerCase());
  const last = segments[segments.length - 1];
  if (last === undefined) return true;
  if (segments.some((segment) => documentation.has(segment))) return true;
  const plain = !segments.some((segment) => segment.includes('{'));
  return plain && (probes.has(last) || segments.some((segment) => /^health/.test(segment)));
}
