// Owns the cheap text scan that decides which files are worth parsing.
// It must not parse; a wrong "yes" costs time, a wrong "no" costs routes.

const source = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
const excluded =
  /(^|\/)(node_modules|__tests__|__mocks__|__fixtures__|tests?|spec|specs|e2e|mocks?|fixtures|cypress|playwright|stories|benchmarks?|coverage)\/|\.(test|spec|e2e|stories|bench|mock)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$|\.min\.js$|\.bundle\.js$/;

/** Whether a path can hold code that is served: sources, but no tests, mocks, declarations or bundles. */
export function isCandidatePath(path: string, roots: readonly string[] = []): boolean {
  if (!source.test(path)) return false;
  const root = roots.find((folder) => path.startsWith(`${folder}/`));
  return !excluded.test(root === undefined ? path : path.slice(root.length));
}

const framework =
  /['"](express|fastify|express-promise-router|@fastify\/[\w-]+|fastify-plugin|ultimate-express|hyper-express|@hapi\/[\w-]+|hapi|restify|restify-router|koa|koa-[\w-]+|@koa\/[\w-]+|hono|hono\/[\w-/]+|@hono\/[\w-]+|hono-[\w-]+)['"]/;
const registration =
  /\.(get|post|put|patch|delete|del|all|use|route|register|head|options)\s*(<[^(]{0,200}>)?\(\s*(['"`/[]|\{)/;

/** Controllers, modules and what starts them are classes and calls that hold no registration of their own. */
const container = /['"]@nestjs\/(common|core)['"]/;

/** What starts a service may make nothing but an instance of its own class of an application: `new App([…]).listen()`. */
const made = /\bnew\s+\w{0,40}(App|Application|Server|Api|Express)\w{0,40}\s*(<[^(]{0,80}>)?\(/;
const started = /\.(listen|start|init|initiali[sz]e|run|launch|bootstrap|setup)\w{0,20}\s*\(/;

/** What tsoa writes registers what the decorators say, and who imports it is read as if it were not there. */
const generated = /auto-generated with tsoa/;

/** Whether a text may register routes. */
export function mayRegister(text: string): boolean {
  if (generated.test(text)) return false;
  return (
    framework.test(text) ||
    registration.test(text) ||
    (made.test(text) && started.test(text)) ||
    (container.test(text) && /\b(Controller|Module|NestFactory)\b/.test(text))
  );
}
