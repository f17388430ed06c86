// Owns the question whether a JSONPath of a ruleset may run in a workspace that nobody trusts. Spectral evaluates the expressions in
// its paths as code, from which `constructor` leads to everything: only expressions that reach nothing else are let through.
// It must not know rulesets.

/** Words that lead from any value to code, and escapes that could hide them. */
const forbidden = /constructor|prototype|__|\\[ux]|`|=>|\bfunction\b|\bimport\b|\bthis\b|\bprocess\b|\bglobal/i;

/** Names of methods that read a value and give a plain one. */
const methods: ReadonlySet<string> = new Set([
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'match',
  'search',
  'startsWith',
  'test',
  'toLowerCase',
  'toString',
  'toUpperCase',
  'trim',
]);

/** A key in brackets that is written out. */
const plainKey = /^\s*(?:'[^'\\]*'|"[^"\\]*"|-?\d+)\s*$/;

/** Whether the path can do nothing but look at a document. */
export function isSafePath(path: string): boolean {
  if (!/[?(]/.test(path)) return true;
  if (path.length > 2000 || forbidden.test(path)) return false;
  return bracketsAreSafe(path) && callsAreSafe(withoutRegularExpressions(path));
}

/** Every bracket inside of an expression holds a key that is written out; those of the path itself may hold an expression. */
function bracketsAreSafe(path: string): boolean {
  const text = withoutRegularExpressions(path);
  let depth = 0;
  const starts: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "'" || char === '"') {
      at = text.indexOf(char, at + 1);
      if (at < 0) return false;
    } else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '[' && depth > 0) starts.push(at);
    else if (char === ']' && depth > 0) {
      const start = starts.pop();
      if (start === undefined || !plainKey.test(text.slice(start + 1, at))) return false;
    }
  }
  return depth === 0 && starts.length === 0;
}

/** Whatever is called is a method from the list; a call of anything else could be a call of anything. */
function callsAreSafe(text: string): boolean {
  const plain = text.replace(/'[^']*'|"[^"]*"/g, "''");
  for (const match of plain.matchAll(/([\w$@\])']*)\s*\(/g)) {
    const before = match[1]!;
    const isGroup = before === '' || /^@+$/.test(before);
    if (!isGroup && !methods.has(before)) return false;
  }
  return true;
}

/** The path with `//` for each regular expression, which may hold brackets of its own. A division is left as it is. */
function withoutRegularExpressions(path: string): string {
  return path.replace(/(^|[(,=!&|?:]\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[gimsuy]*/g, "$1''");
}
