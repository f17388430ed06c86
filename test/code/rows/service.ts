// Owns small services over a database as text, for tests of rows: files in, the body that a route sends out as a line of text.
// It must not know how rows are read.

import { bodyOf, factsOf, statusesOf } from '../fastify/service.ts';

export { statusesOf };

/** What surrounds one handler: files beside the service, and statements before the routes. */
export interface Surroundings {
  readonly files?: Readonly<Record<string, string>>;
  readonly head?: string;
  /** Statements behind the routes, such as an error mapper. */
  readonly tail?: string;
}

/** The facts of one Express route whose handler has the given body. */
export function handled(body: string, around: Surroundings = {}) {
  const app = `import express from 'express';
${around.head ?? ''}
const app = express();
app.post('/x/:id', async (req, res, next) => { ${body} });
${around.tail ?? ''}
app.listen(3000);
`;
  return factsOf({ ...around.files, 'app.ts': app });
}

/** The body that is sent with 200 for an expression, as text (see `plain`). */
export async function sent(expression: string, around: Surroundings = {}): Promise<string> {
  return bodyOf(await handled(`res.status(200).json(${expression});`, around), 200);
}

/** The body that is sent with 200 by statements. */
export async function sentBy(statements: string, around: Surroundings = {}): Promise<string> {
  return bodyOf(await handled(statements, around), 200);
}
