// Owns the opening of what comes from installed packages without a model: where a value of one reaches a framework, or takes a request,
// the package's own code says what it is. Until then it stays closed, so that packages which nothing of this passes through are not read.
// It must not know frameworks, nor where packages lie.

import { BudgetSpent, stepsOfOpening } from '../budget.ts';
import type { Machine } from '../machine.ts';
import { type CallSite, type ExternalValue, isEmpty, type Value } from '../value.ts';

/** What an external value is once its package is read; found at most once. */
export class Opening {
  private state: 'closed' | 'opening' | 'open' = 'closed';
  private found: Value | undefined;
  private files: ReadonlySet<string> = new Set();
  private readonly members = new Map<string, Opening>();

  private constructor(private readonly find: (m: Machine) => Value | undefined) {}

  /** What a module of a package gives. */
  static of(find: (m: Machine) => Value | undefined): Opening {
    return new Opening(find);
  }

  /** A member of what this is. */
  member(key: string): Opening {
    const known = this.members.get(key);
    if (known) return known;
    const made = new Opening((m) => {
      const whole = this.value(m);
      return whole && !isEmpty(whole) ? m.get(whole, key, { file: '', start: 0, end: 0 }) : undefined;
    });
    this.members.set(key, made);
    return made;
  }

  /** What calling this gives. */
  result(site: CallSite): Opening {
    return new Opening((m) => {
      const callee = this.value(m);
      return callee?.kind === 'function' || callee?.kind === 'namespace' ? m.call(callee, site) : undefined;
    });
  }

  /** The value, or undefined where the package's code does not tell. */
  value(m: Machine): Value | undefined {
    if (this.state === 'opening') return undefined;
    if (this.state === 'closed') this.open(m);
    for (const file of this.files) m.touched.add(file);
    return this.found;
  }

  private open(m: Machine): void {
    this.state = 'opening';
    const { budget, summarising, touched } = m;
    m.touched = new Set();
    m.budget = stepsOfOpening;
    m.summarising = false;
    try {
      this.found = m.apart(() => m.catching(() => this.find(m)).result);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    } finally {
      this.files = m.touched;
      Object.assign(m, { budget, summarising, touched });
      this.state = 'open';
    }
  }
}

/** What a value is when the package that it comes from is read; the value itself where that says nothing more. */
export function opened(m: Machine, value: Value): Value {
  if (value.kind !== 'external' || !value.installed) return value;
  const found = value.installed.value(m);
  if (!found || found.kind === 'unknown' || found.kind === 'typed' || isEmpty(found)) return value;
  return found.kind === 'external' && found.installed !== value.installed ? opened(m, found) : found;
}

/** A function of a package once it is read; every other value as it is. */
export function openedFunction(m: Machine, value: Value): Value {
  const found = opened(m, value);
  return found.kind === 'function' ? found : value;
}

/** The call of a package's function that is handed the request or the answer, followed into the package; undefined where it is not read. */
export function callInstalled(m: Machine, callee: ExternalValue, site: CallSite): Value | undefined {
  if (!callee.installed || !m.summarising || !site.args.some((argument) => holdsExchange(argument))) return undefined;
  const found = opened(m, callee);
  return found.kind === 'function' || found.kind === 'namespace' ? m.call(found, site) : undefined;
}

/** The class of an error that a package declares; the value itself where it is none that can be read. */
export function errorClass(m: Machine, value: Value): Value {
  if (value.kind !== 'external' || !/(?:Error|Exception|Problem)$/.test(value.path.at(-1) ?? '')) return value;
  const found = opened(m, value);
  return found.kind === 'class' ? found : value;
}

/** Whether a value is a part of the exchange that frameworks hand to handlers, or an object that holds one. */
function holdsExchange(value: Value, depth = 0): boolean {
  if (value.kind === 'native') return !value.model.stable && value.model.method !== undefined;
  if (value.kind !== 'object' || depth > 0) return false;
  return [...value.props.values()].some((cell) => cell.value !== undefined && holdsExchange(cell.value, depth + 1));
}
