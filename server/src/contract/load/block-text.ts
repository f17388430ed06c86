// Owns what is asked of a block's text: its reading as a tree, by the reader that can, and what a look at it tells without a tree.
// It must not know blocks.

import { readJson } from './json.ts';
import type { Reading } from './node.ts';
import { readQuickYaml } from './quick-yaml.ts';
import { longestRecovery, readRecoveringYaml } from './recovering-yaml.ts';

/** Anything in a text that may be one of the words with which schemas and documents name themselves. */
export const naming = /\$(?:id|anchor|dynamicAnchor|self)\b/;

/** Anything in a text that may be a reference to another file. */
export const foreignReference = /\$ref["']?\s*:\s*(?:[>|][-+]?\s*)?["']?(?!["'#\s])./;

const pointerText = /#\/[^\s"'`,;<>()[\]{}]+/g;

/** What a text says that looks like a pointer into components; with a `mapping` in it, every word. */
export function mentionsIn(text: string): ReadonlySet<string> {
  const found = new Set<string>(text.match(pointerText) ?? []);
  if (/\bmapping\b/.test(text)) for (const word of text.match(/[\w.-]+/g) ?? []) found.add(word);
  return found;
}

/** The tree of a text. A byte order mark before JSON is white space. */
export function readText(text: string, format: 'yaml' | 'json'): Reading {
  if (format === 'yaml') return readYaml(text);
  return readJson(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text);
}

function readYaml(text: string): Reading {
  const quick = readQuickYaml(text);
  if ('root' in quick) return quick;
  const refused = quick.reason.startsWith('nesting') || text.length > longestRecovery;
  if (refused) {
    const kind = quick.reason.startsWith('nesting') ? 'too-large' : 'syntax';
    const at = Math.min(quick.offset, text.length);
    return {
      root: undefined,
      faults: [{ kind, message: `Broken YAML: ${quick.reason}`, start: at, end: at }],
      foreignAlias: false,
      aliased: false,
    };
  }
  const zero = text.indexOf('\0');
  if (zero < 0) return readRecoveringYaml(text);
  const reading = readRecoveringYaml(text.replaceAll('\0', ' '));
  return {
    ...reading,
    faults: [
      { kind: 'syntax', message: 'The text holds a NUL character', start: zero, end: zero + 1 },
      ...reading.faults,
    ],
  };
}
