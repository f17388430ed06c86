// Owns the question which of an app's paths a registration runs for, by Hono's patterns.
// It must not know registrations.

/**
 * Whether what is registered at a pattern runs for a route's path; both are templates. A wildcard at the end takes whatever follows,
 * nothing included. A pattern that names what the path leaves open runs for some requests only.
 */
export function runsFor(pattern: string, path: string): boolean {
  const wanted = pattern.split('/').filter((part) => part !== '');
  const have = path.split('/').filter((part) => part !== '');
  for (const [index, part] of wanted.entries()) {
    const last = index === wanted.length - 1;
    if (part === '{*}') {
      if (last) return true;
      if (have[index] === undefined) return false;
      continue;
    }
    const other = have[index];
    if (other === undefined) return false;
    if (part.startsWith('{')) continue;
    if (part !== other) return false;
  }
  return have.length === wanted.length;
}
