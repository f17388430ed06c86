// Owns JSON pointers (RFC 6901) as text. It must not know what they point into.

/** Escapes one reference token (RFC 6901, section 3): `~` becomes `~0`, `/` becomes `~1`. */
export function escapeToken(token: string): string {
  // Hardly any token has either, and pointers are made by the hundred thousand.
  if (!token.includes('~') && !token.includes('/')) return token;
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Undoes {@link escapeToken}. */
export function unescapeToken(token: string): string {
  return token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token;
}

/** Joins tokens into a pointer; no tokens give the pointer to the whole document, the empty text. */
export function pointerOf(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join('');
}

/** Splits a pointer into its tokens; the fragment form (`#/a/b`, percent-encoded) is accepted too. */
export function tokensOf(pointer: string): string[] {
  const plain = pointer.startsWith('#') ? decodeFragment(pointer.slice(1)) : pointer;
  if (plain === '' || plain === '/') return plain === '' ? [] : [''];
  const tokens = plain.slice(plain.startsWith('/') ? 1 : 0).split('/');
  return plain.includes('~') ? tokens.map(unescapeToken) : tokens;
}

/** The pointer of a child. */
export function childPointer(pointer: string, token: string | number): string {
  return `${pointer}/${escapeToken(String(token))}`;
}

/** The pointer of what holds something; the root's own is the empty text. */
export function parentPointer(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
