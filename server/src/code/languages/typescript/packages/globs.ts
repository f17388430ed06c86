// Owns the packages that match paths with globs, as far as guards ask them whether a request's path is open.
// It must not run a pattern of the workspace: a glob is compared segment by segment.

import { everyItem } from '../join.ts';
import { evaluateArrayItems } from '../literals.ts';
import type { Machine } from '../machine.ts';
import { literal, nativeFunction, type PackageModel, someBoolean, textOf, type Value } from '../value.ts';

export const globPackage: PackageModel = {
  packages: ['micromatch', 'minimatch', 'picomatch'],
  call(m, external, site) {
    const name = external.path.at(-1);
    if (external.package === 'picomatch' && (name === undefined || name === 'default'))
      return nativeFunction('isMatch', (machine, inner) => answer(machine, inner.args[0], site.args[0]));
    const asks = name === 'isMatch' || external.package === 'minimatch' || name === 'any' || name === 'some';
    return asks ? answer(m, site.args[0], site.args[1]) : undefined;
  },
};

function answer(m: Machine, path: Value | undefined, patterns: Value | undefined): Value {
  if (!path || !patterns) return someBoolean();
  const list = evaluateArrayItems(m, patterns);
  const texts = (list ? everyItem(list) : [patterns]).map(textOf);
  const answers = texts.map((pattern) => (pattern === undefined ? undefined : fits(path, pattern)));
  if (answers.includes(true)) return literal(true);
  return answers.includes(undefined) ? someBoolean() : literal(false);
}

/** Whether a path is taken by a glob; of a path with unknown parts the known beginning decides. */
function fits(path: Value, pattern: string): boolean | undefined {
  const whole = textOf(path);
  const head = whole ?? (path.kind === 'template' && typeof path.parts[0] === 'string' ? path.parts[0] : undefined);
  if (head === undefined || /[!?[\]{}()]/.test(pattern)) return undefined;
  const before = /^([^*]*)\/\*\*(\/\*)?$/.exec(pattern)?.[1];
  if (before !== undefined) {
    if (head === before || head.startsWith(`${before}/`)) return true;
    return whole === undefined && before.startsWith(head) ? undefined : false;
  }
  if (pattern.includes('*')) return undefined;
  if (whole !== undefined) return whole === pattern;
  return pattern.startsWith(head) ? undefined : false;
}
