// The highlighting of contract tags, by the engine and the grammars that editors use: the snapshots hold every word that is coloured.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const project = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const ours = JSON.parse(readFileSync(join(project, 'syntaxes/contract-link.tmLanguage.json'), 'utf8')) as {
  scopeName: string;
};
const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  contributes: { grammars: { scopeName: string; path: string; injectTo: string[] }[] };
};

/** Grammars of languages by their scope, and the ending of the fixture that is written in them. */
const languages: readonly (readonly [string, string, string])[] = [
  ['source.ts', 'typescript', 'ts'],
  ['source.js', 'javascript', 'js'],
  ['source.python', 'python', 'py'],
  ['source.go', 'go', 'go'],
  ['source.java', 'java', 'java'],
  ['source.kotlin', 'kotlin', 'kt'],
  ['source.cs', 'csharp', 'cs'],
  ['source.ruby', 'ruby', 'rb'],
  ['source.php', 'php', 'php'],
  ['source.rust', 'rust', 'rs'],
];

let registry: textmate.Registry;

beforeAll(async () => {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const files = new Map(
    languages.map(([scope, name]) => [scope, require.resolve(`tm-grammars/grammars/${name}.json`)]),
  );
  registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      if (scope === ours.scopeName) return textmate.parseRawGrammar(JSON.stringify(ours), 'ours.json');
      const file = files.get(scope);
      return file === undefined ? null : textmate.parseRawGrammar(readFileSync(file, 'utf8'), file);
    },
    getInjections: (scope) => (files.has(scope) ? [ours.scopeName] : []),
  });
});

/** Every coloured word of a tag as `line text scope`. */
async function coloured(scope: string, text: string): Promise<string[]> {
  const grammar = await registry.loadGrammar(scope);
  const found: string[] = [];
  let state = textmate.INITIAL;
  for (const [number, line] of text.split('\n').entries()) {
    const { tokens, ruleStack } = grammar!.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const own = scopes.filter((name) => name.endsWith('.contract-link'));
      if (own.length > 0) found.push(`${number + 1} ${line.slice(startIndex, endIndex)} ${own.join(' ')}`);
    }
  }
  return found;
}

describe.each(languages)('%s', (scope, _, ending) => {
  it('colours the tags of comments', async () => {
    const folder = join(project, 'test/links/languages');
    const name = readdirSync(folder).find((one) => one.endsWith(`.${ending}.txt`))!;
    const words = await coloured(scope, readFileSync(join(folder, name), 'utf8'));
    // The page around the code of PHP belongs to another grammar.
    expect(words.filter((word) => / no(?!Page)[A-Z]/.test(word))).toEqual([]);
    expect(words).toMatchSnapshot();
  });

  it('has the grammar injected where the editor knows the language', () => {
    const { injectTo } = manifest.contributes.grammars.find((one) => one.scopeName === ours.scopeName)!;
    expect(injectTo).toContain(scope);
  });
});

describe('the forms of a tag', () => {
  it.each([
    '// @contract createRefund',
    '// @contract createRefund#responses.409.',
    '// @contract createRefund@3f9a2c1b, pinned',
    '// @contract payments.yaml#/paths/~1refunds~1{id}/post@3f9a2c1b',
    '/* @contract createRefund*/ code()',
    '// mail@contract nothing',
    '// @contracts nothing',
    "const text = '@contract nothing';",
  ])('%s', async (line) => {
    expect(await coloured('source.ts', line)).toMatchSnapshot();
  });
});
