// Owns the quick YAML reader: `js-yaml`'s events turned into a node tree. For text that parses; broken text is handed on
// to the recovering reader. It must not know contracts.

import type { Event, ScalarEvent } from 'js-yaml';
import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { Reading } from './node.ts';
import { deepestNesting } from './node.ts';
import { TreeBuilder } from './tree-builder.ts';

/** Why the quick reader gave up, in its own words and at its own offset. */
export interface QuickFailure {
  readonly reason: string;
  readonly offset: number;
}

/** Reads the first YAML document of a text. Never throws. */
export function readQuickYaml(text: string): Reading | QuickFailure {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: deepestNesting });
  } catch (error) {
    if (error instanceof YAMLException) return { reason: error.reason, offset: error.mark?.position ?? 0 };
    // The parser recurses; a text that exhausts the stack is as deep as one that exceeds the limit.
    return { reason: 'nesting exceeded', offset: 0 };
  }
  return build(text, events);
}

function build(text: string, events: readonly Event[]): Reading {
  const builder = new TreeBuilder(text);
  let documents = 0;
  let depth = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        documents++;
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        depth++;
        const kind = event.type === EVENT_ID.MAPPING ? 'map' : 'seq';
        if (documents === 1)
          builder.begin(kind, event.start, event.style === 2, range(text, event.anchorStart, event.anchorEnd));
        break;
      }
      case EVENT_ID.SCALAR:
        if (documents === 1) addScalar(text, builder, event);
        break;
      case EVENT_ID.ALIAS:
        if (documents === 1) {
          builder.alias(text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1, event.anchorEnd);
        }
        break;
      case EVENT_ID.POP:
        // The last pop of a document closes the document itself.
        if (depth > 0) {
          depth--;
          if (documents === 1) builder.end();
        }
        break;
    }
  }
  if (documents > 1) {
    const at = builder.position;
    builder.fault('invalid', 'The file holds several YAML documents; only the first is read', at, at);
  }
  return builder.finish();
}

function addScalar(text: string, builder: TreeBuilder, event: ScalarEvent): void {
  const anchor = range(text, event.anchorStart, event.anchorEnd);
  const tag = range(text, event.tagStart, event.tagEnd);
  if (event.valueStart < 0) {
    builder.empty(anchor, tag);
    return;
  }
  const value = getScalarValue(text, event);
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      builder.scalar(value, event.valueStart, event.valueEnd, { style: 'plain', anchor, tag });
      return;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      builder.scalar(value, event.valueStart - 1, event.valueEnd + 1, { style: 'quoted', anchor, tag });
      return;
    default: {
      const from = Math.max(builder.position, event.anchorEnd, event.tagEnd);
      builder.scalar(value, headerOf(text, from, event.valueStart), event.valueEnd, { style: 'block', anchor, tag });
    }
  }
}

/** Where the `|` or `>` of a block scalar stands: the first one behind the previous token that no comment hides. */
function headerOf(text: string, from: number, content: number): number {
  for (let at = from; at < content; at++) {
    const char = text.charAt(at);
    if (char === '|' || char === '>') return at;
    if (char !== '#') continue;
    while (at < content && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  }
  return content;
}

function range(text: string, start: number, end: number): string | undefined {
  return start < 0 ? undefined : text.slice(start, end);
}
