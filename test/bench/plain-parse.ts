// Owns what an opening is held against: every file of a folder that can matter, read and parsed once, and nothing else.
// It must not know anything of ours.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import ts from 'typescript';

const folder = process.argv[2] ?? '';
let nodes = 0;
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  const path = join(folder, name);
  if (name.endsWith('.ts')) {
    nodes += ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true).statements.length;
  } else if (name.endsWith('.json')) {
    nodes += Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object).length;
  } else if (/\.ya?ml$/.test(name)) {
    nodes += Object.keys(load(readFileSync(path, 'utf8')) as object).length;
  }
}
process.stdout.write(`${nodes}\n`);
