// Owns what a project teaches of its own functions that register routes: their names and what their arguments mean.
// It must not know where that was written down, nor a programming language.

/** The frameworks whose handlers a taught function can take. */
export const taughtFrameworks = ['express', 'fastify', 'koa', 'hono', 'hapi', 'restify'] as const;
export type TaughtFramework = (typeof taughtFrameworks)[number];

/** One function, or method, that registers a route with each call. */
export interface Registrar {
  /** The function's own name, or the name under which it is called. */
  readonly name: string;
  /** Whether a function that is written in a file is meant; every file when absent. */
  readonly declaredIn?: (path: string) => boolean;
  /** Whose handlers it takes. */
  readonly framework: TaughtFramework;
  /** A fixed method, or the position of the argument that names it. */
  readonly method: string | number;
  /** What the method argument's own words mean, in lower case: `create` to `post`. */
  readonly methods: ReadonlyMap<string, string>;
  /** Positions of arguments, counted from 0. */
  readonly path: number;
  /** The handler; every argument behind the path that is a function, in order, when absent. */
  readonly handler?: number;
  /** Stands before every path. */
  readonly prefix: string;
}
