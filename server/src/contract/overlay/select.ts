// Owns what a JSONPath selects from a document: the ways from its root, as tokens. It must not know what is done with them.

import type { ContractNode } from '../load/contract-node.ts';
import type { Condition, Operand, Operator, Query, Segment, Selector } from './json-path.ts';

/** A node with the tokens that lead to it. */
export interface Selected {
  readonly node: ContractNode;
  readonly tokens: readonly string[];
}

/** More than this no action of an overlay means, and aliases may make a small text a large tree. */
const mostVisited = 500_000;
const deepest = 100;

/** The nodes that a path selects, each once, in the order of the document; undefined when there are too many to look at. */
export function select(root: ContractNode, segments: readonly Segment[]): readonly Selected[] | undefined {
  const selection = new Selection(root);
  const found = selection.walk([{ node: root, tokens: [] }], segments);
  if (selection.spent) return undefined;
  return [...new Map(found.map((one) => [one.tokens.join('\n'), one])).values()];
}

class Selection {
  private visited = 0;

  constructor(private readonly root: ContractNode) {}

  get spent(): boolean {
    return this.visited > mostVisited;
  }

  walk(from: readonly Selected[], segments: readonly Segment[]): readonly Selected[] {
    let current = from;
    for (const { descends, selectors } of segments) {
      const bases = descends ? current.flatMap((one) => this.below(one, 0)) : current;
      current = bases.flatMap((one) => selectors.flatMap((selector) => this.choose(one, selector)));
    }
    return current;
  }

  /** The node and everything below it. */
  private below(one: Selected, depth: number): Selected[] {
    if (depth > deepest || this.spent) return [one];
    return [one, ...this.children(one).flatMap((child) => this.below(child, depth + 1))];
  }

  private children({ node, tokens }: Selected): Selected[] {
    if (node.kind === 'scalar' || this.spent) return [];
    const nodes = node.kind === 'map' ? node.entries() : node.items();
    this.visited += nodes.length;
    return nodes.map((child, index) => ({
      node: child,
      tokens: [...tokens, node.kind === 'map' ? child.token : String(index)],
    }));
  }

  private choose(one: Selected, selector: Selector): Selected[] {
    const { node, tokens } = one;
    switch (selector.kind) {
      case 'name': {
        const child = node.kind === 'map' ? node.get(selector.name) : undefined;
        return child ? [{ node: child, tokens: [...tokens, selector.name] }] : [];
      }
      case 'index': {
        if (node.kind !== 'seq') return [];
        return this.children(one).slice(selector.index, selector.index + 1 || undefined);
      }
      case 'slice':
        return node.kind === 'seq' ? sliced(this.children(one), selector) : [];
      case 'all':
        return this.children(one);
      case 'filter':
        return this.children(one).filter((child) => this.holds(child, selector.condition));
    }
  }

  private holds(child: Selected, condition: Condition): boolean {
    switch (condition.kind) {
      case 'or':
        return condition.parts.some((part) => this.holds(child, part));
      case 'and':
        return condition.parts.every((part) => this.holds(child, part));
      case 'not':
        return !this.holds(child, condition.part);
      case 'exists':
        return this.ask(child, condition.path).length > 0;
      case 'compare':
        return compare(condition.operator, this.value(child, condition.left), this.value(child, condition.right));
    }
  }

  private ask(child: Selected, { from, segments }: Query): readonly Selected[] {
    return this.walk([from === '@' ? child : { node: this.root, tokens: [] }], segments);
  }

  private value(child: Selected, operand: Operand): unknown {
    if (operand.kind === 'value') return operand.value;
    const found = this.ask(child, operand.query);
    return found.length === 1 ? found[0]!.node.data() : undefined;
  }
}

function sliced(children: Selected[], { from, to, step }: Extract<Selector, { kind: 'slice' }>): Selected[] {
  if (step === 0) return [];
  const { length } = children;
  const normal = (at: number): number => (at < 0 ? length + at : at);
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bounded = (at: number | undefined, otherwise: number): number =>
    at === undefined ? otherwise : Math.min(Math.max(normal(at), low), high);
  const start = bounded(from, step > 0 ? 0 : length - 1);
  const end = bounded(to, step > 0 ? length : -1);
  const chosen: Selected[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) chosen.push(children[at]!);
  return chosen;
}

/** As the standard compares: order only among numbers and among texts, and what is not there equals nothing but itself. */
function compare(operator: Operator, left: unknown, right: unknown): boolean {
  const equal = left === right || (typeof left === 'object' && JSON.stringify(left) === JSON.stringify(right));
  const ordered =
    (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');
  switch (operator) {
    case '==':
      return equal;
    case '!=':
      return !equal;
    case '<':
      return ordered && left < right;
    case '>':
      return ordered && left > right;
    case '<=':
      return equal || (ordered && left < right);
    case '>=':
      return equal || (ordered && left > right);
  }
}
