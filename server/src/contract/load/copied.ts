// Owns the copying of a text out of the larger one that it was sliced from. It must not know why.

/** The same text in memory of its own: engines keep a slice as a window on its whole source. */
export function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
