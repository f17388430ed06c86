// Owns the recovering YAML reader: `yaml`'s document turned into the same node tree, for text that the quick reader refuses.
// It is slow, so it is asked for one block at a time. It must not know contracts.

import type { Alias, Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { Reading } from './node.ts';
import { TreeBuilder } from './tree-builder.ts';

/** Texts longer than this are not recovered: the reader needs about a second for each megabyte. */
export const longestRecovery = 400_000;

/** Reads what can be read of a YAML text; every error that the library names becomes a `syntax` fault. Never throws. */
export function readRecoveringYaml(text: string): Reading {
  const builder = new TreeBuilder(text);
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', stringKeys: false });
  } catch {
    // The library recurses: text that is nested too deeply exhausts its stack.
    builder.fault('syntax', 'The text cannot be read as YAML', 0, Math.min(text.length, 1));
    return builder.finish();
  }
  for (const error of document.errors) {
    if (error.code === 'MULTIPLE_DOCS') {
      builder.fault(
        'invalid',
        'The file holds several YAML documents; only the first is read',
        ...positions(error.pos, text),
      );
      continue;
    }
    builder.fault('syntax', firstLine(error.message), ...positions(error.pos, text));
  }
  if (document.contents) walk(builder, document.contents);
  return builder.finish();
}

function positions(pos: readonly [number, number], text: string): [number, number] {
  const start = Math.min(pos[0], text.length);
  return [start, Math.max(start, Math.min(pos[1], text.length))];
}

const firstLine = (message: string): string => message.split('\n', 1)[0]!;

type Item = Alias | Scalar | YAMLMap | YAMLSeq;

function walk(builder: TreeBuilder, node: unknown): void {
  if (isAlias(node)) {
    const start = node.range?.[0] ?? builder.position;
    builder.alias(node.source, start, start + node.source.length + 1);
    return;
  }
  if (isScalar(node)) {
    addScalar(builder, node);
    return;
  }
  if (isMap(node) || isSeq(node)) {
    addCollection(builder, node);
    return;
  }
  if (isPair(node)) {
    builder.begin('map', startOf(node.key as Item) ?? builder.position, true);
    walkPair(builder, node);
    builder.end();
    return;
  }
  builder.empty();
}

function addCollection(builder: TreeBuilder, node: YAMLMap | YAMLSeq): void {
  const start = node.range?.[0] ?? builder.position;
  builder.begin(isMap(node) ? 'map' : 'seq', start, node.flow === true, node.anchor);
  for (const item of node.items) {
    if (isMap(node)) walkPair(builder, item as Pair);
    else walk(builder, item);
  }
  builder.end();
}

function walkPair(builder: TreeBuilder, pair: Pair): void {
  walk(builder, pair.key);
  walk(builder, pair.value);
}

function addScalar(builder: TreeBuilder, node: Scalar): void {
  const range = node.range;
  const empty = !range || (range[0] === range[1] && (node.type === undefined || node.type === 'PLAIN'));
  if (empty) {
    builder.empty(node.anchor, node.tag);
    return;
  }
  const text = typeof node.source === 'string' ? node.source : String(node.value ?? '');
  const style = node.type === 'PLAIN' ? 'plain' : node.type?.startsWith('BLOCK') ? 'block' : 'quoted';
  builder.scalar(text, range[0], range[1], { style, anchor: node.anchor, tag: node.tag });
}

function startOf(node: Item | null | undefined): number | undefined {
  return node?.range?.[0];
}
