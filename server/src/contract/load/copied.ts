// Owns the copying of a text out of the larger one that it was sliced from. It must not know why.

const wide = /[^\0-\u00ff]/;

/** The same text in memory of its own: engines keep a slice as a window on its whole source. One byte for each character where that does. */
export function copied(text: string): string {
  const encoding = wide.test(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}
