// Owns the parts of a path, and when two of them are the same. It must not know who serves it.

/** The parts of a path. */
export const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/** Parameters are equal whatever they are called. */
export const plain = (part: string): string => (/^[:{]/.test(part) ? '{}' : part);
