// Owns the words of a Prisma schema's text. It must not know what they mean.

export interface Token {
  readonly kind: 'word' | 'text' | 'mark' | 'line';
  readonly value: string;
  /** Offsets in characters. */
  readonly start: number;
  readonly end: number;
}

/** Cuts a schema into words, texts, marks and line ends. Comments vanish; a line end inside of brackets is none. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n') {
      if (depth === 0) tokens.push({ kind: 'line', value: '\n', start: at, end: at + 1 });
      at++;
    } else if (/\s/.test(char)) at++;
    else if (text.startsWith('//', at)) at = endOf(text, '\n', at);
    else if (text.startsWith('/*', at)) at = Math.min(text.length, endOf(text, '*/', at + 2) + 2);
    else if (char === '"') {
      const end = endOfText(text, at);
      tokens.push({ kind: 'text', value: text.slice(at + 1, end - 1), start: at, end });
      at = end;
    } else if (/[\p{L}\p{N}_]/u.test(char)) {
      const end = at + /^[\p{L}\p{N}_-]+/u.exec(text.slice(at, at + 256))![0].length;
      tokens.push({ kind: 'word', value: text.slice(at, end), start: at, end });
      at = end;
    } else {
      if (char === '(' || char === '[') depth++;
      else if (char === ')' || char === ']') depth = Math.max(0, depth - 1);
      // A block that is being typed may leave a bracket open; the next block starts afresh.
      else if (char === '}') depth = 0;
      tokens.push({ kind: 'mark', value: char, start: at, end: at + 1 });
      at++;
    }
  }
  return tokens;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
    else if (text[at] === '\n') return at;
  }
  return text.length;
}
