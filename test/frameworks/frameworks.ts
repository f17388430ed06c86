// Owns the list of frameworks that the matrix speaks of, and the finding of their pages of cases on disk.
// It must not know what a case says.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Topic, topics } from './fact-text.ts';
import { type Case, parseCases } from './page.ts';

const casesFolder = join(process.cwd(), 'test/code');

/** Folders below `test/code`, with the name for people. */
export const frameworks: readonly { readonly folder: string; readonly name: string }[] = [
  { folder: 'express', name: 'Express' },
  { folder: 'fastify', name: 'Fastify' },
  { folder: 'nest', name: 'NestJS' },
  { folder: 'koa', name: 'Koa' },
  { folder: 'hono', name: 'Hono' },
  { folder: 'next', name: 'Next.js' },
  { folder: 'hapi', name: 'hapi' },
  { folder: 'restify', name: 'restify' },
  { folder: 'tsoa', name: 'tsoa' },
  { folder: 'contract-driven', name: 'Contract-driven routers' },
  { folder: 'registrars', name: 'Taught registrars' },
  { folder: 'installed', name: 'Installed packages' },
];

/** The cases of one framework about one topic. */
export interface CasePage {
  readonly folder: string;
  readonly name: string;
  readonly topic: Topic;
  readonly cases: readonly Case[];
}

/** Every page there is, in the order of the frameworks and topics. Throws when one is malformed. */
export function readCasePages(): readonly CasePage[] {
  return frameworks.flatMap(({ folder, name }) =>
    topics.flatMap((topic) => {
      const path = join(casesFolder, folder, `${topic}.md`);
      if (!existsSync(path)) return [];
      try {
        return [{ folder, name, topic, cases: parseCases(readFileSync(path, 'utf8')) }];
      } catch (error) {
        throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
}
