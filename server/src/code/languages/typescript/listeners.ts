// Owns functions that are left with something outside to be called later, for an event or a job: they run in no request.
// It must not know who calls them.

import ts from 'typescript';
import type { CallSite, FunctionValue, Value } from './value.ts';

/** Methods that take the name of an event, a job or a topic, and what is to be done for it. */
const registering = new Set([
  'on',
  'once',
  'addListener',
  'addEventListener',
  'prependListener',
  'define',
  'subscribe',
  'consume',
  'process',
  'schedule',
  'every',
]);

/**
 * Whether a call only leaves a function for later: it is given the name of an event, and the function can reach neither a request nor
 * a response, so that whatever it does and throws is no part of the request that runs now.
 */
export function isLeftForLater(site: CallSite, fn: FunctionValue): boolean {
  const callee = site.node?.expression;
  if (!callee || !ts.isPropertyAccessExpression(callee) || !registering.has(callee.name.text)) return false;
  const [name] = site.args;
  const isNamed = name?.kind === 'literal' ? typeof name.value === 'string' : name?.kind === 'template';
  return isNamed && !reachesExchange(fn, new Set());
}

/** Whether a value leads to a request, a response or anything else that the run of a request is made of. */
function reachesExchange(value: Value, seen: Set<object>): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  switch (value.kind) {
    case 'native':
      return value.model.stable !== true;
    case 'input':
      return true;
    case 'function':
      return (value.self !== undefined && reachesExchange(value.self, seen)) || frameReaches(value, seen);
    case 'object':
      return [...value.props.values()].some((cell) => cell.value !== undefined && reachesExchange(cell.value, seen));
    case 'array':
      return value.items.some((item) => reachesExchange(item, seen));
    case 'union':
      return value.members.some((member) => reachesExchange(member, seen));
    default:
      return false;
  }
}

/** Whether a variable of the functions around it, which its text names, leads there; those of the module outlive every request. */
function frameReaches({ node, frame }: FunctionValue, seen: Set<object>): boolean {
  const names = namesIn(node);
  for (let current = frame; current.parent && current !== current.module.frame; current = current.parent)
    for (const [name, { value }] of current.cells)
      if (value && names.has(name) && reachesExchange(value, seen)) return true;
  return false;
}

const known = new WeakMap<ts.Node, ReadonlySet<string>>();

/** Every name that a function's text has. */
function namesIn(node: ts.Node): ReadonlySet<string> {
  const before = known.get(node);
  if (before) return before;
  const names = new Set<string>();
  const visit = (part: ts.Node): void => {
    if (ts.isIdentifier(part)) names.add(part.text);
    ts.forEachChild(part, visit);
  };
  visit(node);
  known.set(node, names);
  return names;
}
