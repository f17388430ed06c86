// Owns the cutting of JSON text into the members of one object, by brackets alone, without parsing the members.
// It must not know contracts. Text whose brackets, commas or colons are not in order it refuses.

/** One member of an object. Offsets are those of the text that was cut. */
export interface JsonCut {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
}

export interface JsonObject {
  readonly start: number;
  readonly end: number;
  readonly members: readonly JsonCut[];
}

/** The members of the object that begins at or behind `from` and is all that the text holds; undefined when there is no such object. */
export function cutJson(text: string, from: number): JsonObject | undefined {
  const start = skipSpace(text, from);
  if (text.charCodeAt(start) !== 123) return undefined;
  const members: JsonCut[] = [];
  let at = skipSpace(text, start + 1);
  if (text.charCodeAt(at) === 125) return closed(text, start, at, members);
  for (;;) {
    const keyStart = at;
    const keyEnd = stringEnd(text, at);
    if (keyEnd < 0) return undefined;
    const key = decode(text.slice(keyStart, keyEnd));
    at = skipSpace(text, keyEnd);
    if (key === undefined || text.charCodeAt(at) !== 58) return undefined;
    at = skipSpace(text, at + 1);
    const end = valueEnd(text, at);
    if (end <= at) return undefined;
    members.push({ key, keyStart, keyEnd, start: at, end });
    at = skipSpace(text, end);
    const code = text.charCodeAt(at);
    if (code === 125) return closed(text, start, at, members);
    if (code !== 44) return undefined;
    at = skipSpace(text, at + 1);
  }
}

function closed(text: string, start: number, brace: number, members: readonly JsonCut[]): JsonObject | undefined {
  return skipSpace(text, brace + 1) === text.length ? { start, end: brace + 1, members } : undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}

/** The offset behind the string that begins here; -1 when none does, or when it runs over the line. */
function stringEnd(text: string, from: number): number {
  if (text.charCodeAt(from) !== 34) return -1;
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at + 1;
    else if (code === 10) return -1;
  }
  return -1;
}

/** The offset behind the value that begins here, judged by brackets; -1 when they do not close. */
function valueEnd(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === 34) return stringEnd(text, from);
  if (first !== 123 && first !== 91) {
    let at = from;
    while (at < text.length && !',}] \t\r\n'.includes(text.charAt(at))) at++;
    return at;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = stringEnd(text, at) - 1;
      if (at < 0) return -1;
    } else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) {
      depth--;
      if (depth === 0) return at + 1;
    } else if (code === 47) return -1;
  }
  return -1;
}

function decode(quoted: string): string | undefined {
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}
