// Owns the watching of what a handler returns: each `return` is told while the state of its own path still holds.
// It must not know frameworks; who watches decides what a returned value means.

import ts from 'typescript';
import type { Place } from '../../../base/place.ts';
import { placeOf } from './module.ts';
import type { CallSite, FunctionNode, Value } from './value.ts';

/**
 * Watches one call of a handler. A status that is set on one path belongs to the value that is returned on that path, and both
 * are joined with the others once the function has ended; so every `return` is told when it happens. When a handler returns what
 * another function gives and hands the request on, that function's returns are told instead.
 */
export class ReturnWatch {
  private readonly lists = new Map<Value[], FunctionNode>();
  /** Calls in tail position, and whether the function that they call is watched. */
  private readonly tails = new Map<ts.Node, boolean>();

  constructor(
    /** Whether a value is the exchange's own, so that a function which takes it may answer. */
    private readonly carries: (value: Value) => boolean,
    private readonly tell: (value: Value, place: Place | undefined, node: FunctionNode) => void,
  ) {}

  /** Whether the handler turned out to be a function of the workspace. */
  get entered(): boolean {
    return this.lists.size > 0;
  }

  /** A function begins; `list` is where it collects what it returns. */
  enter(site: CallSite, node: FunctionNode, list: Value[]): void {
    if (this.lists.size > 0) {
      if (!site.node || !this.tails.has(site.node) || !site.args.some(this.carries)) return;
      this.tails.set(site.node, true);
    }
    this.lists.set(list, node);
  }

  /** An expression is about to be evaluated, of which the value will be returned. */
  before(list: Value[] | undefined, expression: ts.Expression | undefined): void {
    const call = list && this.lists.has(list) ? calledIn(expression) : undefined;
    if (call) this.tails.set(call, false);
  }

  /** A function returns. */
  returned(list: Value[] | undefined, expression: ts.Expression | undefined, value: Value): void {
    const node = list ? this.lists.get(list) : undefined;
    if (!node) return;
    const call = calledIn(expression);
    if (call && this.tails.get(call)) return;
    this.tell(value, expression ? placeOf(expression) : undefined, node);
  }
}

function calledIn(expression: ts.Expression | undefined): ts.CallExpression | undefined {
  let current = expression;
  while (
    current &&
    (ts.isParenthesizedExpression(current) ||
      ts.isAwaitExpression(current) ||
      ts.isAsExpression(current) ||
      ts.isNonNullExpression(current))
  )
    current = current.expression;
  return current && ts.isCallExpression(current) ? current : undefined;
}
