// Owns what a file's place says in a Next.js project: which router serves it and at which paths.
// It must not read files.

/** A file that is a route because of where it stands. */
export interface FileRoute {
  readonly router: 'app' | 'pages';
  /** OpenAPI templates; an optional catch-all segment gives two. */
  readonly templates: readonly string[];
}

const source = /\.([cm]?[jt]sx?)$/;
const handlerFile = /^(src\/)?app\/(.*\/)?route\.[cm]?[jt]sx?$/;
const apiFile = /^(src\/)?pages\/(api(?:\/.*)?)\.[cm]?[jt]sx?$/;
const left = /\.(test|spec|e2e|stories|mock)\.|\.d\.[cm]?ts$/;

/** Whether a path looks like a route's, whatever the project is. */
export function looksLikeRoute(path: string): boolean {
  if (left.test(path) || path.includes('/node_modules/')) return false;
  return /\/app\/(.*\/)?route\.[cm]?[jt]sx?$/.test(path) || /\/pages\/api(\/.*)?\.[cm]?[jt]sx?$/.test(path);
}

/** What a path relative to the project's folder serves; undefined for every other file. */
export function routeOfFile(relative: string, extensions?: readonly string[]): FileRoute | undefined {
  if (left.test(relative)) return undefined;
  const handler = handlerFile.exec(relative);
  if (handler) {
    const templates = templatesOf(
      (handler[2] ?? '').split('/').filter((part) => part !== ''),
      true,
    );
    return templates && { router: 'app', templates };
  }
  const api = apiFile.exec(relative);
  if (!api) return undefined;
  const name = withoutExtension(relative.slice((api[1] ?? '').length + 'pages/'.length), extensions);
  if (name === undefined) return undefined;
  const segments = name.split('/');
  if (segments.at(-1) === 'index') segments.pop();
  const templates = templatesOf(segments, false);
  return templates && { router: 'pages', templates };
}

/** The path without the extension that makes it a page; undefined when the project's extensions leave it out. */
function withoutExtension(path: string, extensions: readonly string[] | undefined): string | undefined {
  if (!extensions) return path.replace(source, '');
  const found = [...extensions].sort((a, b) => b.length - a.length).find((one) => path.endsWith(`.${one}`));
  return found === undefined ? undefined : path.slice(0, -found.length - 1);
}

function templatesOf(segments: readonly string[], app: boolean): string[] | undefined {
  let templates = [''];
  for (const segment of segments) {
    // Groups and slots only arrange files; folders that begin with an underscore are private.
    if (app && (/^\([^.)][^)]*\)$/.test(segment) || segment.startsWith('@'))) continue;
    if (app && (segment.startsWith('_') || segment.startsWith('(.'))) return undefined;
    const optional = /^\[\[\.\.\.[^\]]+\]\]$/.test(segment);
    const all = optional || /^\[\.\.\.[^\]]+\]$/.test(segment);
    const name = /^\[([^\].]+)\]$/.exec(segment)?.[1];
    const text = all ? '{*}' : name === undefined ? decoded(segment) : `{${name}}`;
    const longer = templates.map((template) => `${template}/${text}`);
    templates = optional ? [...templates, ...longer] : longer;
  }
  return templates.map((template) => (template === '' ? '/' : template));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The names of the parameters that a route's file has, catch-all segments included. */
export function parameterNames(relative: string): string[] {
  return [...relative.matchAll(/\[{1,2}(?:\.\.\.)?([^\].]+)\]{1,2}/g)].map((match) => match[1]!);
}

/** Static segments are tried before parameters, and parameters before the rest of a path. */
export function compareTemplates(a: string, b: string): number {
  const one = a.split('/');
  const other = b.split('/');
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const left = rank(one[i]);
    const right = rank(other[i]);
    if (left !== right) return left - right;
    if (one[i] !== other[i]) return (one[i] ?? '') < (other[i] ?? '') ? -1 : 1;
  }
  return 0;
}

function rank(segment: string | undefined): number {
  if (segment === undefined) return 0;
  if (segment === '{*}') return 3;
  return segment.startsWith('{') ? 2 : 1;
}
