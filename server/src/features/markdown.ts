// Owns the putting of other people's text into Markdown that we show: nothing in a contract may become markup, a link or an image.
// It must not know what the text says.

import { plainLine } from './plain-text.ts';

const LONGEST = 300;

/** Text as one line of Markdown that shows these very characters; long text is cut. Addresses do not become links by themselves. */
export function escapeMarkdown(text: string, longest = LONGEST): string {
  return plainLine(text, longest).replace(/:\/\/|www\.|[<>&@]|[\\`*_{}[\]()#+\-!|~]/gi, (found) => {
    const first = found.charCodeAt(0);
    return found.length > 1 || '<>&@'.includes(found) ? `&#${first};${found.slice(1)}` : `\\${found}`;
  });
}

/** Text as inline code; backticks in it cannot end it. */
export function inlineCode(text: string, longest = LONGEST): string {
  const line = plainLine(text, longest);
  if (line === '') return '';
  const longestRun = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The same in a cell of a table, which a pipe would end even inside of code. Elsewhere its mark would be seen. */
export const cellCode = (text: string): string => inlineCode(text).replaceAll('|', '\\|');

/** A link to one of our own targets; the label is shown as it is. */
export function link(label: string, target: string): string {
  return `[${label}](${target.replace(/[()\s<>\\]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
}
