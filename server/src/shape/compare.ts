// Owns the three-valued comparison of a code shape with a contract shape: it holds, it fails at named paths, or it is unknown.
// It must not know OpenAPI, a programming language or what a finding is. Serialisation has happened before.

import { arrayFaults, type ConstraintFault, numberFaults, stringFaults } from './compare-constraints.ts';
import { compareObjects } from './compare-objects.ts';
import { compareWithUnion, mergeLiterals } from './compare-unions.ts';
import {
  both,
  type Comparison,
  type Difference,
  type DifferenceKind,
  type Direction,
  itemsPath,
  type Undecided,
  type Verdict,
} from './difference.ts';
import { alternatives, type Field, type ReferenceShape, resolveShape, type Shape, type UnionShape } from './shape.ts';

export type PlainShape = Exclude<Shape, ReferenceShape | UnionShape>;

export interface CompareOptions {
  /**
   * The values travel as text (query, path, header, cookie, form): a reader of texts accepts whatever is sent, and
   * text and numbers are told apart only when the reader converts.
   */
  readonly asText?: boolean;
}

/**
 * Compares what the code gives or accepts with what the contract declares.
 * In direction `response` the code's values must all be allowed by the contract; in direction `request` the code must
 * accept all that the contract allows. Unknown parts are listed and never become differences. Recursive shapes are
 * taken to hold where they meet themselves again, and a comparison that grows too large ends as unknown.
 */
export function compareShapes(
  code: Shape,
  contract: Shape,
  direction: Direction,
  options: CompareOptions = {},
): Comparison {
  const walk = new Walk(direction, options);
  const verdict = walk.compare(code, contract, '', true);
  return { verdict, differences: distinct(walk.differences), undecided: walk.undecided };
}

/** Steps after which a comparison gives up; far above what the largest real schemas need. */
const stepBudget = 20_000;
const depthBudget = 60;

/** One comparison under way. `sub` is the side that must be contained, `sup` the side that must contain it. */
export class Walk {
  readonly differences: Difference[] = [];
  readonly undecided: Undecided[] = [];
  private steps = { left: stepBudget };
  private readonly underWay: Map<Shape, Set<Shape>> = new Map();
  private depth = 0;

  constructor(
    readonly direction: Direction,
    readonly options: CompareOptions,
  ) {}

  /** A walk for trying one alternative: it shares the budget and the assumptions, and collects by itself. */
  trial(): Walk {
    const walk = new Walk(this.direction, this.options);
    walk.steps = this.steps;
    walk.depth = this.depth;
    for (const [sub, sups] of this.underWay) walk.underWay.set(sub, new Set(sups));
    return walk;
  }

  /** Takes over what a trial found. */
  adopt(trial: Walk, certain = true): void {
    for (const found of trial.differences) this.differences.push(certain ? found : { ...found, certain: false });
    this.undecided.push(...trial.undecided);
  }

  /** Compares in the order that callers think in; `certain` is false below anything assumed. */
  compare(code: Shape, contract: Shape, path: string, certain: boolean): Verdict {
    const left = resolveShape(code);
    const right = resolveShape(contract);
    if (left.kind === 'unknown') return this.undecide(path, left.reason);
    if (right.kind === 'unknown') return this.undecide(path, right.reason);
    if (left.kind === 'never') return 'holds';
    if (right.kind === 'never') return this.undecide(path, 'nothing is allowed here');
    if (this.steps.left-- <= 0 || this.depth >= depthBudget) return this.undecide(path, 'budget');
    const assumed = this.underWay.get(left);
    if (assumed?.has(right)) return 'holds';
    const pairs = assumed ?? new Set<Shape>();
    pairs.add(right);
    this.underWay.set(left, pairs);
    this.depth++;
    const verdict = this.compareResolved(left, right, path, certain);
    this.depth--;
    pairs.delete(right);
    return verdict;
  }

  /** Compares a field's value; where the value has no text of its own, the field's name stands in for it. */
  compareField(field: Field, contract: Shape, path: string, certain: boolean): Verdict {
    const before = this.differences.length;
    const verdict = this.compare(field.shape, contract, path, certain);
    for (let i = before; i < this.differences.length; i++) {
      const found = this.differences[i]!;
      if (!found.codeOrigin) this.differences[i] = { ...found, codeOrigin: field.origin };
    }
    return verdict;
  }

  private compareResolved(
    code: Exclude<Shape, ReferenceShape>,
    contract: Exclude<Shape, ReferenceShape>,
    path: string,
    certain: boolean,
  ): Verdict {
    if (code.kind !== 'union' && contract.kind !== 'union') return this.comparePlain(code, contract, path, certain);
    const codes = mergeLiterals(alternatives(code));
    const contracts = mergeLiterals(alternatives(contract));
    const subs = this.direction === 'response' ? codes : contracts;
    const sups = this.direction === 'response' ? contracts : codes;
    let verdict: Verdict = 'holds';
    let fits = false;
    const others: Walk[] = [];
    for (const sub of subs) {
      // A type that includes null says that null can be there, not that it ever is.
      const sure = certain && !(this.direction === 'response' && sub.kind === 'null' && subs.length > 1);
      const listed = this.direction === 'response' && code.kind === 'union' && code.stated === 'type';
      const trial = listed && sub.kind !== 'null' ? this.trial() : this;
      const found = compareWithUnion(trial, sub, sups, path, sure);
      if (trial !== this && found === 'fails') others.push(trial);
      else {
        if (trial !== this) this.adopt(trial);
        verdict = both(verdict, found);
        fits ||= trial !== this && found === 'holds';
      }
    }
    if (others.length === 0) return verdict;
    // A type that lists an alternative which fits says of no other that it ever occurs.
    if (fits) return both(verdict, this.undecide(path, 'an alternative of a type'));
    for (const trial of others) this.adopt(trial);
    return 'fails';
  }

  /** Compares two shapes that are neither references nor unions. */
  comparePlain(code: PlainShape, contract: PlainShape, path: string, given: boolean): Verdict {
    // What only a type says is never certain, nor is anything inside of it.
    const certain = given && code.stated !== 'type';
    if (code.kind === 'unknown') return this.undecide(path, code.reason);
    if (contract.kind === 'unknown') return this.undecide(path, contract.reason);
    if (code.kind === 'object' && contract.kind === 'object')
      return compareObjects(this, code, contract, path, certain);
    if (code.kind === 'array' && contract.kind === 'array') {
      const counts = this.report(arrayFaults(code, contract, this.direction), code, contract, path, certain);
      return both(counts, this.compare(code.items, contract.items, itemsPath(path), certain));
    }
    if (code.kind === 'string' && contract.kind === 'string') {
      return this.report(stringFaults(code, contract, this.direction), code, contract, path, certain);
    }
    if (code.kind === 'number' && contract.kind === 'number') {
      // A language without integers cannot show that a number is whole.
      const doubtful = this.direction === 'response' && contract.integer && !code.integer && !code.values;
      const verdict = this.report(numberFaults(code, contract, this.direction), code, contract, path, certain);
      return doubtful ? both(verdict, 'unknown') : verdict;
    }
    if (code.kind === 'boolean' && contract.kind === 'boolean') {
      const [sub, sup] = this.direction === 'response' ? [code, contract] : [contract, code];
      return sup.value === undefined || sup.value === sub.value ? 'holds' : this.undecide(path, 'a constant');
    }
    if (code.kind === contract.kind) return 'holds';
    return this.compareKinds(code, contract, path, certain);
  }

  /** Two shapes of different kinds. */
  private compareKinds(code: PlainShape, contract: PlainShape, path: string, certain: boolean): Verdict {
    if (this.options.asText) {
      if (code.kind === 'string' && (contract.kind === 'number' || contract.kind === 'boolean')) {
        if (!code.values) return code.pattern || code.format ? this.undecide(path, 'text') : 'holds';
        // Texts of which none could spell such a value leave nothing that both sides accept.
        if (code.values.some((text) => spells(text, contract.kind))) return this.undecide(path, 'text');
        this.differ('type', path, code, contract, { certain });
        return 'fails';
      }
      // How lists and objects are spelled in text depends on styles that neither side states here.
      if (code.kind === 'array' || contract.kind === 'array' || code.kind === 'object' || contract.kind === 'object') {
        return this.undecide(path, 'serialisation style');
      }
    }
    const sub = this.direction === 'response' ? code : contract;
    this.differ(sub.kind === 'null' ? 'null' : 'type', path, code, contract, { certain });
    return 'fails';
  }

  /** Records constraint faults; only those that hurt somebody make the comparison fail. */
  private report(
    faults: readonly ConstraintFault[],
    code: PlainShape,
    contract: PlainShape,
    path: string,
    certain: boolean,
  ): Verdict {
    for (const fault of faults) {
      const detail = { name: fault.name, code: fault.code, contract: fault.contract };
      this.differ(fault.kind, path, code, contract, { certain: certain && fault.certain, lax: fault.lax, detail });
    }
    return faults.some((fault) => !fault.lax) ? 'fails' : 'holds';
  }

  differ(
    kind: DifferenceKind,
    path: string,
    code: Shape | undefined,
    contract: Shape | undefined,
    facts: Partial<Difference> = {},
  ): void {
    this.differences.push({
      kind,
      path,
      code,
      contract,
      codeOrigin: facts.codeOrigin ?? code?.origin,
      contractOrigin: facts.contractOrigin ?? contract?.origin,
      certain: (facts.certain ?? true) && code?.stated !== 'type',
      lax: facts.lax ?? false,
      open: facts.open ?? false,
      demanded: facts.demanded,
      optional: facts.optional,
      detail: facts.detail,
    });
  }

  undecide(path: string, reason: string | undefined): Verdict {
    this.undecided.push({ path, reason });
    return 'unknown';
  }
}

function spells(text: string, kind: 'number' | 'boolean'): boolean {
  return kind === 'number'
    ? text.trim() !== '' && Number.isFinite(Number(text))
    : /^(true|false|0|1|yes|no|on|off)$/i.test(text);
}

/** The same difference can be met on several branches of a union; the first and surest one is kept. */
function distinct(differences: readonly Difference[]): readonly Difference[] {
  const kept = new Map<string, Difference>();
  for (const difference of differences) {
    const key = `${difference.kind} ${difference.detail?.name ?? ''} ${difference.path}`;
    const known = kept.get(key);
    if (!known || (difference.certain && !known.certain)) kept.set(key, difference);
  }
  return [...kept.values()];
}
