// Owns the matchers of a middleware: for which paths it runs, as far as its `config` says so in constants.
// It must not run the middleware.

import { everyItem } from '../join.ts';
import type { Machine } from '../machine.ts';
import { textOf, type Value } from '../value.ts';

/** Whether a middleware runs for a path; undefined when it cannot be told. */
export function runsFor(m: Machine, config: Value, path: string): boolean | undefined {
  if (config.kind !== 'object') return config.kind === 'literal' ? true : undefined;
  const place = { file: '', start: 0, end: 0 };
  const matcher = m.get(config, 'matcher', place);
  if (matcher.kind === 'literal' && matcher.value === undefined) return true;
  const list = matcher.kind === 'array' ? everyItem(matcher) : [matcher];
  const answers = list.map((item) => {
    const text = textOf(item.kind === 'object' ? m.get(item, 'source', place) : item);
    if (text === undefined) return undefined;
    const answer = matches(text, path);
    // What else an entry demands of the request may fail.
    const demanding = item.kind === 'object' && (item.props.has('has') || item.props.has('missing'));
    return demanding && answer ? undefined : answer;
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether one matcher takes a path, segment by segment; no expression of the workspace is ever run. */
function matches(pattern: string, path: string): boolean | undefined {
  const but = /^(.*)\/\(\(\?!(.*)\)\.[*+]\)$/.exec(pattern);
  if (but) {
    const [, before = '', refused = ''] = but;
    if (before !== '' && !starts(path, before)) return false;
    return refuses(refused, path.slice(before.length + 1));
  }
  const wanted = pattern.split('/');
  const have = path.split('/');
  for (const [index, segment] of wanted.entries()) {
    const rest = /^:\w+([*+])$/.exec(segment)?.[1] ?? /^\(\.([*+])\)$/.exec(segment)?.[1];
    if (rest) return index === wanted.length - 1 ? rest === '*' || have.length > index : undefined;
    if (/^:\w+$/.test(segment)) {
      if (have[index] === undefined) return false;
      continue;
    }
    if (/[:()*+?]/.test(segment)) return undefined;
    if (have[index] === '{*}') return undefined;
    if (segment !== have[index]) {
      if (have[index]?.startsWith('{')) return undefined;
      return false;
    }
  }
  return wanted.length === have.length;
}

function starts(path: string, before: string): boolean {
  return path === before || path.startsWith(`${before}/`);
}

/** The negative lookahead of a matcher: a list of beginnings, and of endings that only files have. */
function refuses(alternatives: string, path: string): boolean | undefined {
  let sure = true;
  for (const alternative of splitAlternatives(alternatives).flatMap((one) => expand(one))) {
    const plain = alternative.replace(/\\([./-])/g, '$1');
    if (/^[\w./-]+\$?$/.test(plain)) {
      if (plain.endsWith('$') ? path === plain.slice(0, -1) : path.startsWith(plain)) return false;
      continue;
    }
    // `.*\\..*` and its kin ask for a dot, which paths of an API do not have.
    if (/^\.\*\\\\?\./.test(alternative) && !path.includes('.')) continue;
    sure = false;
  }
  return sure ? true : undefined;
}

/** An alternative without its groups: one text for each way through them. */
function expand(text: string, depth = 0): string[] {
  const open = text.search(/\((\?:)?/);
  if (open < 0 || depth > 4) return [text];
  const inner = text.slice(open).startsWith('(?:') ? open + 3 : open + 1;
  let level = 1;
  let close = inner;
  while (close < text.length && level > 0) {
    if (text[close] === '(') level++;
    if (text[close] === ')') level--;
    close++;
  }
  if (/^[*+?{]/.test(text.slice(close))) return [text];
  const ways = splitAlternatives(text.slice(inner, close - 1));
  return ways.flatMap((way) => expand(text.slice(0, open) + way + text.slice(close), depth + 1)).slice(0, 200);
}

function splitAlternatives(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === '|' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part];
}
