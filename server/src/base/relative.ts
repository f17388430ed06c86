// Owns the relation of absolute paths to the folders that bound a workspace. Pure text.
// It must not open files, and it must not know an operating system beyond "a path uses forward slashes".

/** The same path with forward slashes. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Whether `path` is `folder` or lies below it. */
export function within(folder: string, path: string): boolean {
  if (path === folder) return true;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The nearest folder that contains all of the given folders; `/` (or a drive's root) at the latest. */
export function commonFolder(folders: readonly string[]): string {
  const [first, ...rest] = folders;
  if (first === undefined) return '/';
  let shared = first.split('/');
  for (const folder of rest) {
    const parts = folder.split('/');
    let length = 0;
    while (length < shared.length && length < parts.length && shared[length] === parts[length]) length++;
    shared = shared.slice(0, length);
  }
  return shared.join('/') || '/';
}

/** `path` relative to `folder`, when it lies below it; otherwise the path as it is, with `../` where both share a parent. */
export function relativeTo(folder: string, path: string): string {
  if (path === folder) return '.';
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  if (path.startsWith(prefix)) return path.slice(prefix.length);
  const shared = commonFolder([folder, path]);
  if (shared === '/' || shared === '') return path;
  const up = folder.slice(shared.length).split('/').filter(Boolean).length;
  return '../'.repeat(up) + path.slice(shared.length + 1);
}

/** Resolves a relative path against an absolute folder; `..` is followed, never above the root. */
export function resolvePath(folder: string, path: string): string {
  const segments = path.startsWith('/') || /^[A-Za-z]:\//.test(path) ? [] : folder.split('/');
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  const joined = segments.filter((segment, index) => segment !== '' || index === 0).join('/');
  return joined.startsWith('/') || /^[A-Za-z]:/.test(joined) ? joined : `/${joined}`;
}
