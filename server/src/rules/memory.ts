// Owns what the runner remembers between two runs: the drafts of every binding, and the findings that were made of them.
// It must not know what any rule looks for. A memory changes the cost of a run and never its outcome.

import { Cancelled } from '../base/host.ts';
import type { Completeness, HandlerFacts, Route } from '../code/model.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { Finding } from '../findings/finding.ts';
import type { Binding, Governed, MissingHandler } from '../workspace/model.ts';
import type { Draft, ModelRule, Rule } from './rule.ts';
import { type GovernedRest, sameCompleteness, sameForm, sameMissing, sameRest } from './sameness.ts';

/** A draft with the finding that was made of it last. */
export interface Told {
  readonly rule: Rule;
  readonly draft: Draft;
  made?: { readonly of: string; readonly finding: Finding };
}

/** What some rules said about one thing, and which of them could not. */
export interface Outcome {
  readonly told: readonly Told[];
  /** Messages by rule. */
  readonly failures: ReadonlyMap<Rule, string>;
}

/** A route as rules saw it. It is kept without its facts' source, which would keep a whole state of the code alive. */
interface SeenRoute {
  readonly form: Omit<Route, 'facts'>;
  /** Absent when they could not be read, which is tried again every time. */
  readonly facts: HandlerFacts | undefined;
}

interface SeenBinding {
  readonly operation: Operation;
  readonly contract: Contract;
  readonly absence: Completeness | undefined;
  readonly missingHandler: MissingHandler | undefined;
  readonly routes: readonly SeenRoute[];
  readonly outcome: Outcome;
}

interface SeenContract {
  readonly bindings: readonly SeenBinding[];
  /** Absent when the rules that look at all bindings together have to run again whatever changed. */
  readonly whole?: { readonly rest: GovernedRest; readonly apps: string; readonly outcome: Outcome };
}

/** Remembers one workspace. Keep it for as long as that, next to the rooms that keep facts and contracts. */
export class RuleMemory {
  private known = new Map<string, SeenContract>();
  private next = new Map<string, SeenContract>();
  private rules: readonly ModelRule[] = [];
  private severities: unknown;

  /** Begins a run. What other rules said, or the same rules at other severities, is forgotten. */
  begin(rules: readonly ModelRule[], severities: unknown): void {
    const same = rules.length === this.rules.length && rules.every((rule, index) => rule === this.rules[index]);
    if (!same || severities !== this.severities) this.known = new Map();
    this.rules = rules;
    this.severities = severities;
    this.next = new Map();
  }

  /**
   * What rules say about one contract: `ofBinding` is asked about bindings that changed, `ofWhole` when anything did.
   * The outcomes come in the order of the bindings, the whole's last.
   */
  outcomes(governed: Governed, ofBinding: (binding: Binding) => Outcome, ofWhole: () => Outcome): readonly Outcome[] {
    const before = this.known.get(governed.contract.file);
    let same = before?.bindings.length === governed.bindings.length;
    const bindings = governed.bindings.map((binding, index): SeenBinding => {
      const seen = before?.bindings[index];
      if (seen && isSeen(seen, binding)) return seen;
      same = false;
      return seeBinding(binding, ofBinding(binding));
    });
    const apps = JSON.stringify(governed.apps.map(({ routes: _routes, ...app }) => app));
    const { bindings: _bindings, apps: _apps, ...rest } = governed;
    const kept = before?.whole;
    const outcome = same && kept?.apps === apps && sameRest(kept.rest, rest) ? kept.outcome : ofWhole();
    this.next.set(governed.contract.file, {
      bindings,
      ...(mayKeep(rest, this.rules) ? { whole: { rest, apps, outcome } } : {}),
    });
    return [...bindings.map((binding) => binding.outcome), outcome];
  }

  /** Ends a run: what it did not ask for is forgotten. */
  end(): void {
    this.known = this.next;
    this.next = new Map();
  }
}

/** Whether a rule looks at more than one binding: at a whole contract, or at the contract around a binding. */
export function looksAround(rule: ModelRule): boolean {
  return rule.scope === 'governed' || rule.check.length > 2;
}

/**
 * Undocumented routes have facts that only some rules ask for, and to compare them would mean to read them; a rule that
 * takes the whole workspace may have read anything.
 */
function mayKeep({ undocumented, basePathConflict }: GovernedRest, rules: readonly ModelRule[]): boolean {
  if (undocumented.length > 0 || basePathConflict !== undefined) return false;
  return rules.every((rule) => rule.scope === 'binding' || rule.check.length < 2);
}

function seeBinding(binding: Binding, outcome: Outcome): SeenBinding {
  const { operation, contract, absence, missingHandler, routes } = binding;
  const seen = routes.map((route): SeenRoute => {
    const { facts: _facts, ...form } = route;
    return { form, facts: factsOf(route) };
  });
  return { operation, contract, absence, missingHandler, routes: seen, outcome };
}

function isSeen(seen: SeenBinding, binding: Binding): boolean {
  return (
    seen.operation === binding.operation &&
    seen.contract === binding.contract &&
    seen.routes.length === binding.routes.length &&
    sameCompleteness(seen.absence, binding.absence) &&
    sameMissing(seen.missingHandler, binding.missingHandler) &&
    seen.routes.every(({ form, facts }, index) => {
      const route = binding.routes[index]!;
      return facts !== undefined && sameForm(form, route) && facts === factsOf(route);
    })
  );
}

/** A rule that asked for facts and got a failure was told so, and is left out. */
function factsOf(route: Route): HandlerFacts | undefined {
  try {
    return route.facts();
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    return undefined;
  }
}
