// Owns the text of a workspace as Markdown that means nothing: in sentences, in code spans, in the cells of tables.
// It must not know reports.

/** Inline code in a table cell: no back-quotes, pipes or line breaks may leave it. */
export function code(text: string): string {
  const harmless = text
    .replaceAll('`', "'")
    .replaceAll('|', '\\|')
    .replace(/[\p{Bidi_Control}]/gu, '\u00b7');
  return `\`${harmless.replace(/[\s\p{Cc}]+/gu, ' ')}\``;
}

/** Keeps the code spans of a message and takes the meaning from everything else. */
export function escapeText(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : plain(part)))
    .join('');
}

function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/([\\*_[\]|`#@])/g, '\\$1')
    .replace(/[\p{Bidi_Control}]/gu, '\u00b7')
    .replace(/[\s\p{Cc}]+/gu, ' ');
}
