// Owns the list of formats: which names there are, and which writer makes each. It must not know where a text goes.

import type { Writer } from './presentation.ts';
import { writeGithub } from './writers/github.ts';
import { writeJson } from './writers/json.ts';
import { writeJunit } from './writers/junit.ts';
import { writeMarkdown } from './writers/markdown.ts';
import { writePretty } from './writers/pretty.ts';
import { writeSarif } from './writers/sarif.ts';

export const writers: ReadonlyMap<string, Writer> = new Map([
  ['pretty', writePretty],
  ['json', writeJson],
  ['sarif', writeSarif],
  ['junit', writeJunit],
  ['github', writeGithub],
  ['markdown', writeMarkdown],
]);
