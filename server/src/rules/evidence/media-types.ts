// Owns the matching of media types: which declared one stands for what the code sends. It must not know what any rule decides.

import type { Exit } from '../../code/model.ts';
import type { MediaType } from '../../contract/model.ts';
import { resolveShape } from '../../shape/shape.ts';

export function isJson(base: string): boolean {
  return base === 'application/json' || base === 'text/json' || base.endsWith('+json');
}

/** Whether a declared type (`application/*`, `*\/*`) takes in a sent one. Both in lower case without parameters. */
export function takesIn(declared: string, sent: string): boolean {
  if (declared === sent || declared === '*/*' || declared === '*') return true;
  if (declared.endsWith('/*') && sent.startsWith(declared.slice(0, -1))) return true;
  return sent.endsWith('/*') && declared.startsWith(sent.slice(0, -1));
}

/** The media type that an exit sends, as far as it is known: structured bodies leave as JSON. */
export function sentType(exit: Exit): string | undefined {
  if (exit.body === undefined) return undefined;
  if (exit.mediaType !== undefined) return exit.mediaType;
  const { kind } = resolveShape(exit.body);
  return kind === 'object' || kind === 'array' ? 'application/json' : undefined;
}

/** The declared JSON media type that describes an exit's body: the same one, else any JSON, else a wildcard. */
export function jsonContent(content: readonly MediaType[], exit: Exit): MediaType | undefined {
  const sent = sentType(exit);
  if (sent === undefined || !isJson(sent)) return undefined;
  return (
    content.find((media) => media.base === sent) ??
    content.find((media) => isJson(media.base)) ??
    content.find((media) => takesIn(media.base, sent))
  );
}
