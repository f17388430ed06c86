// Owns which bodies the parsers turn into what a handler reads: the media types of Express's own and of published ones.
// It must not know routes or what is done with a body.

import type { CallSite, Value } from '../value.ts';

/** Media types by package and function; a function without an entry parses nothing. */
const multipart = ['multipart/form-data'];
const byFunction: Readonly<Record<string, readonly string[]>> = {
  json: ['application/json'],
  urlencoded: ['application/x-www-form-urlencoded'],
  text: ['text/plain'],
  raw: ['application/octet-stream'],
};
const byPackage: Readonly<Record<string, readonly string[]>> = {
  multer: multipart,
  'express-fileupload': multipart,
  'express-formidable': multipart,
  'connect-multiparty': multipart,
  'connect-busboy': multipart,
  'express-busboy': [...multipart, 'application/x-www-form-urlencoded'],
};

/** What a parser made by this call reads; undefined when it is no parser. `member` is the function's name, when it has one. */
export function parsedTypes(from: string, member: string | undefined, site: CallSite): readonly string[] | undefined {
  if (Object.hasOwn(byPackage, from)) return byPackage[from];
  if (from !== 'express' && from !== 'body-parser') return undefined;
  // `bodyParser()` was JSON and forms in one.
  if (member === undefined || !Object.hasOwn(byFunction, member)) return undefined;
  const [options] = site.args;
  const type = options?.kind === 'object' ? options.props.get('type')?.value : undefined;
  return type ? namedTypes(type) : byFunction[member];
}

/** The `type` option: a text, a list of them, or a function, which may take anything. */
function namedTypes(type: Value): readonly string[] {
  const list = type.kind === 'array' && !type.rest ? type.items : [type];
  const texts = list.map((item) =>
    item.kind === 'literal' && typeof item.value === 'string' ? item.value : undefined,
  );
  if (texts.some((text) => text === undefined)) return ['*/*'];
  return texts.map((text) => fullType(text!.toLowerCase()));
}

/** Short names as `type-is` reads them: `json`, `+json`, `text/*`. */
function fullType(text: string): string {
  if (text.startsWith('+')) return `*${text}`;
  if (text.includes('/')) return text.split(';')[0]!.trim();
  return byFunction[text]?.[0] ?? (text === 'multipart' ? multipart[0]! : '*/*');
}
