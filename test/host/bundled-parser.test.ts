// The parser that the bundles carry is a part of the package `typescript`: what it makes of a text is what the whole makes of it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { namesUsed, parserOnly } from '../../server/bundling/typescript-parser.mjs';
import { project, sourceFiles } from '../tidy/sources.ts';

const packageText = readFileSync(createRequire(import.meta.url).resolve('typescript'), 'utf8');

/** A tree as text: kinds, places, words and the methods that nodes have. */
function treeOf(parser: typeof ts, path: string, text: string): string[] {
  const kind = path.endsWith('x') ? parser.ScriptKind.TSX : parser.ScriptKind.TS;
  const source = parser.createSourceFile(path, text, parser.ScriptTarget.Latest, true, kind);
  const lines: string[] = [];
  const visit = (node: ts.Node): void => {
    const decorators = parser.canHaveDecorators(node) ? (parser.getDecorators(node)?.length ?? 0) : 0;
    const deprecated = parser.getJSDocDeprecatedTag(node) ? 'deprecated' : '';
    lines.push(
      `${node.kind} ${node.getStart(source)} ${node.end} ${node.getText(source).length} ${decorators} ${deprecated}`,
    );
    parser.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

describe('the parser in the bundles', () => {
  let cut: typeof ts;

  beforeAll(async () => {
    const text = parserOnly(packageText, namesUsed(join(project, 'server/src'), 'types/'));
    expect(text.length).toBeLessThan(packageText.length / 4);
    const module: { readonly default: typeof ts } = await import(
      `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
    );
    cut = module.default;
  }, 60_000);

  it('gives the trees of the whole package', () => {
    const files = [...sourceFiles('server/src/code'), ...sourceFiles('examples', ['.ts', '.js', '.tsx'])];
    expect(files.length).toBeGreaterThan(100);
    for (const { path, text } of files) expect(treeOf(cut, path, text), path).toEqual(treeOf(ts, path, text));
  });

  it.each([
    ['broken text', 'const a = {; function f( { return <div>; } class { @x'],
    ['JSX', 'export const a = <A b={1} {...c}>text{d}</A>;'],
    ['words of regular expressions and numbers', 'const r = /[\\p{L}&&a]/v, n = 1_000n, o = 0o17, s = `a`;'],
    ['deprecated declarations', '/** @deprecated since 2 */\nexport function old() {}\n'],
    [
      'a byte order mark and line ends of all kinds',
      '\uFEFFconst a = 1;\r\nconst b = 2;\rconst c = 3;\u2028const d = 4;',
    ],
    ['conflict markers', '<<<<<<< ours\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> theirs\n'],
  ])('reads %s as the whole package does', (_, text) => {
    expect(treeOf(cut, '/a.tsx', text)).toEqual(treeOf(ts, '/a.tsx', text));
  });

  it('reads settings with comments as the whole package does', () => {
    const text = '{ // paths\n "compilerOptions": { "paths": { "@/*": ["src/*"], } }, }';
    expect(cut.parseConfigFileTextToJson('/tsconfig.json', text)).toEqual(
      ts.parseConfigFileTextToJson('/tsconfig.json', text),
    );
    const broken = '{ "compilerOptions": ';
    expect(cut.parseConfigFileTextToJson('/a', broken).error?.code).toBe(
      ts.parseConfigFileTextToJson('/a', broken).error?.code,
    );
  });
});

describe('the cut', () => {
  it('is refused where the package is written in another way', () => {
    expect(() => parserOnly('export const version = "8.0";', new Set(['createSourceFile']))).toThrow(
      'no longer one function',
    );
    expect(() => parserOnly('(() => { doSomethingNew({}); })();', new Set())).toThrow('what is doSomethingNew');
  });
});
