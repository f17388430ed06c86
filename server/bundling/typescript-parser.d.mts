/** The names of the package that sources below `folder` mention as values or types, but for those under `except`. */
export function namesUsed(folder: string, except: string): Set<string>;

/** An ES module that has the parts of `typescript` (its text) which `names` need as its default export. */
export function parserOnly(text: string, names: ReadonlySet<string>): string;
