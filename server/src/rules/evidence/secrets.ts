// Owns the question whether a field holds a secret of its owner by its name and value. It must not know what any rule decides.

import { alternatives, type Shape } from '../../shape/shape.ts';

const passwords =
  /^(hashed|encrypted|crypted)?[-_]?(password|passwd|pwd|passphrase)[-_]?(hash|digest|salt|encrypted|hashed)?$/i;

/** Names that no answer should carry whatever a schema says: passwords, what is derived from them, and their salt. */
export function isSecretName(name: string): boolean {
  return passwords.test(name) || /^salt$/i.test(name);
}

/** Whether a value can be a secret: a text or something of which nothing is known, and no constant such as `"***"`. */
export function canBeSecret(shape: Shape | undefined): boolean {
  if (!shape) return false;
  return alternatives(shape).some((member) => {
    return member.kind === 'unknown' || (member.kind === 'string' && member.values === undefined);
  });
}
