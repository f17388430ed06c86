// Owns the state of one abstract run: branches, thrown values, the chain of calls, the budget.
// It must not know frameworks, and it evaluates nothing itself: modules, expressions, statements and calls have files of their own.

import ts from 'typescript';
import type { FileSource } from '../../../base/host.ts';
import type { Place } from '../../../base/place.ts';
import type { DataReader } from '../../data.ts';
import type { AbstainReason, Step } from '../../model.ts';
import { noAnswers, type TypeAnswers } from '../../type-questions.ts';
import { type Absence, provenAbsent } from './absences.ts';
import { tryArms } from './arms.ts';
import { BudgetSpent, budgetPerRoute, budgetSpent, moduleBudget } from './budget.ts';
import { globals } from './builtins/globals.ts';
import { callValue, constructValue } from './calls.ts';
import { evaluate } from './expressions.ts';
import { Flow } from './flow.ts';
import { join } from './join.ts';
import { getMember } from './members.ts';
import { createModule, placeOf } from './module.ts';
import { ModuleLoader } from './module-loading.ts';
import { Orphans } from './orphans.ts';
import { isOutdated } from './outdated.ts';
import { bindPattern } from './patterns.ts';
import type { Resolver } from './resolve.ts';
import type { ReturnWatch } from './returns.ts';
import type { RunningChain } from './running-chain.ts';
import type { SourceCache } from './source-cache.ts';
import type { Summary } from './summary.ts';
import type { TaughtRegistrars } from './taught.ts';
import { TypeMembers } from './type-members.ts';
import { TypeReader } from './types.ts';
import {
  type CallSite,
  type Cell,
  Frame,
  type InputValue,
  isEmpty,
  type Narrowing,
  type PackageModel,
  undefinedValue,
  unknown,
  type Value,
} from './value.ts';
import { FactCache } from './wiring.ts';

/** A value that leaves a function by `throw`, `reject` or `next(err)`. */
export interface Thrown {
  readonly value: Value;
  readonly place: Place;
  readonly via: readonly Step[];
  /** Inputs whose absence led to the throw. */
  readonly absent: readonly InputValue[];
  /** The status that the answer had when the value was thrown, where a framework keeps it. */
  readonly status?: Value;
  /** The value that was being handled when this one was thrown. */
  readonly cause?: Thrown;
  /** Whether it was given to `next`, so that no `catch` takes it. */
  readonly handed?: boolean;
}

export class Machine {
  /** Where thrown values go: replaced by `try`, promise handlers and the start of a route. */
  thrown: Thrown[] = [];
  /** The calls that are being followed, outermost first. */
  steps: Step[] = [];
  /** How many undecided conditions surround the present statement. */
  conditional = 0;
  /** True when the present path has ended inside an expression. */
  dead = false;
  /** The constants that the present middleware looks for in lists, where somebody asks. */
  tested: string[] | undefined;
  /** Set while an exception of which nothing is known is handled: how deep and under how many conditions that began. */
  suspicion: { readonly steps: number; readonly conditional: number } | undefined;
  /** Inputs that are absent on the present path, innermost last. */
  readonly absences: Absence[] = [];
  /** What conditions of the present function said, in order. */
  narrowings: Narrowing[] = [];
  /** Whether a loop of unknown length is running. */
  looping = false;
  /** How often the present function has returned early under a condition that says nothing of inputs. */
  gates = 0;
  /** How many answers were seen, for telling a quiet return from one that answers. */
  answers = 0;
  /** Steps left; `Infinity` while wiring. */
  budget = Number.POSITIVE_INFINITY;
  /** Steps that each route may take, once the number of routes is known. */
  budgetOfRoute = budgetPerRoute(Number.POSITIVE_INFINITY);
  /** Steps that the present run of a request was given. */
  budgetOfRun = Number.POSITIVE_INFINITY;
  /** How many routes there are, once known. */
  routes = 0;
  /** Whether a route is only glanced at, of which nothing is kept for whole runs. */
  glancing = false;
  /** Files whose text was used since this set was last replaced. */
  touched = new Set<string>();
  /** Calls that were executed, so that registrations which nothing reached can be found. */
  readonly reached = new Set<ts.Node>();
  /** Activations, for recursion. */
  readonly active = new Map<ts.Node, number>();
  /** Facts of earlier snapshots that may still hold. */
  factCache = new FactCache();
  /** Functions that ran while modules were being loaded, by file: an edit inside of any other function leaves the routes as they are. */
  readonly wired = new Map<string, Set<ts.Node>>();
  readonly globals: Frame;
  /** How many lazy cells are being computed, each for the next one. */
  private computing = 0;
  /** How often a cell was read while it was being computed. */
  private readEarly = 0;
  readonly orphans = new Orphans();
  /** What a type checker has said of the files, and where expressions are noted that one should be asked about, while a request runs. */
  typeAnswers: TypeAnswers = noAnswers;
  wanted: Map<string, Place> | undefined;
  /** Told what a handler returns. */
  watch: ReturnWatch | undefined;
  /** The status that the answer has on the present path, for frameworks that keep it when an error is thrown. */
  statusNow: (() => Value | undefined) | undefined;
  /** Reads a text of data in a notation that the language itself does not read; nothing where nobody can. */
  readData: DataReader = () => undefined;
  /** The chain of middlewares that is running, where each of them encloses the next. */
  chain: RunningChain | undefined;

  /** Loads and runs modules. */
  readonly modules: ModuleLoader;
  /** The branch that is being tried, by number. */
  arm = 0;
  /** How many branches were tried so far. */
  arms = 0;
  /** What the present branch overwrote, so that it can be undone. */
  log: Map<Cell, Value | undefined> | undefined;

  constructor(
    readonly files: FileSource,
    readonly resolver: Resolver,
    trees: SourceCache,
    private readonly models: ReadonlyMap<string, PackageModel>,
  ) {
    this.modules = new ModuleLoader(this, trees);
    const module = createModule('', '', ts.createSourceFile('', '', ts.ScriptTarget.Latest), false);
    this.globals = new Frame(undefined, module);
    for (const [name, value] of globals()) this.globals.declare(name, value);
  }

  /** The model of a package, when there is one. */
  model(name: string): PackageModel | undefined {
    return this.models.get(name);
  }

  /** Says that a call was not followed to its end, `plain` where all that it can throw are errors of the language. */
  loseCall(plain = false): void {
    this.lostCalls++;
    this.strangers++;
    if (!plain) this.lostStatuses++;
    this.onShareSpent?.(plain);
  }

  /** How many calls were not followed to their end, and how many of them may throw a status. */
  lostCalls = 0;
  lostStatuses = 0;
  /** How many calls may have run code of the workspace that was not followed. */
  strangers = 0;
  /** Functions that used up their share in this run, and the largest share that was not enough. */
  readonly exhausted = new Map<ts.Node, { share: number; times: number }>();

  /** Told when a call was not followed to its end. */
  onShareSpent: ((plain: boolean) => void) | undefined;

  /** Counts one step of work. */
  spend(): void {
    if (--this.budget < 0) throw budgetSpent;
  }

  /** Does work that registers routes, with a budget of its own; a file that spends it is noted. */
  bounded(file: string, work: () => void): void {
    const { budget, summarising } = this;
    this.budget = moduleBudget;
    this.summarising = false;
    try {
      this.apart(work);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      this.spent.push(file);
    } finally {
      this.budget = budget;
      this.summarising = summarising;
    }
  }

  /** Does work that belongs to no branch and no call chain of the present run: initialising modules and instances. */
  apart<T>(work: () => T): T {
    const saved = {
      log: this.log,
      arm: this.arm,
      thrown: this.thrown,
      steps: this.steps,
      conditional: this.conditional,
      dead: this.dead,
      gates: this.gates,
    };
    this.log = undefined;
    this.arm = 0;
    this.thrown = [];
    this.steps = [];
    this.conditional = 0;
    this.gates = 0;
    this.dead = false;
    const absences = this.absences.splice(0);
    try {
      return work();
    } finally {
      this.log = saved.log;
      this.arm = saved.arm;
      this.thrown = saved.thrown;
      this.steps = saved.steps;
      this.conditional = saved.conditional;
      this.dead = saved.dead;
      this.gates = saved.gates;
      this.absences.splice(0, this.absences.length, ...absences);
    }
  }

  // State ---------------------------------------------------------------------------------------------------------

  /** Whether what happens now may be undone or joined later. */
  get tentative(): boolean {
    return this.log !== undefined;
  }

  /** The value of a cell, computed now if it is lazy. A cell that needs itself is undefined for the moment. */
  force(cell: Cell): Value {
    if (cell.value === undefined && cell.lazy) return this.compute(cell, cell.lazy);
    if (cell.value === undefined) this.readEarly++;
    return cell.value ?? undefinedValue;
  }

  private compute(cell: Cell, work: () => Value): Value {
    const early = this.readEarly;
    cell.lazy = undefined;
    this.computing++;
    let value: Value;
    try {
      value = work();
      // What an import found in a variable that is still being computed is asked for again; everything else is computed once.
      if (cell.imported && isEmpty(value) && this.readEarly !== early) cell.lazy = work;
      else {
        cell.value ??= value;
        if (cell.wired) cell.wired.value = cell.value;
      }
    } catch (error) {
      // Whoever ran out of steps on the way does not take the value from those that come later.
      if (error instanceof BudgetSpent) cell.lazy = work;
      throw error;
    } finally {
      this.computing--;
    }
    if (this.computing === 0) this.orphans.settle(this);
    return cell.value ?? value;
  }

  /** The value that a request finds in a cell: a module's variable that starts empty has been filled by then. */
  present(cell: Cell): Value {
    const value = this.force(cell);
    if (this.summarising && isOutdated(cell, value)) return unknown('dependency-injection');
    return cell.mutable && this.summarising && isEmpty(value) ? unknown('dependency-injection') : value;
  }

  /** Writes a cell so that a surrounding branch can be undone and joined. */
  write(cell: Cell, value: Value): void {
    if (this.log && (cell.born === undefined || cell.born !== this.arm) && !this.log.has(cell))
      this.log.set(cell, cell.value ?? (cell.lazy ? this.force(cell) : undefined));
    cell.lazy = undefined;
    cell.value = value;
    if (cell.wired && !this.summarising) cell.wired.value = value;
  }

  /** Tries each arm from the present state and joins the states of those that go on. */
  fork(arms: readonly (() => Flow)[]): Flow {
    return tryArms(this, arms);
  }

  /** Does work and then puts every cell back as it was. */
  isolated<T>(work: () => T): T {
    const outer = this.log;
    const log = new Map<Cell, Value | undefined>();
    this.log = log;
    const { dead, thrown, steps, conditional, suspicion, arm } = this;
    this.arm = ++this.arms;
    try {
      return work();
    } finally {
      for (const [cell, old] of log) cell.value = old;
      Object.assign(this, { dead, thrown, steps, conditional, suspicion, arm });
      this.log = outer;
    }
  }

  /** Evaluates alternatives and joins their values; effects of each are joined too. */
  choose(arms: readonly (() => Value)[]): Value {
    const values: Value[] = [];
    this.fork(
      arms.map((arm) => () => {
        const value = arm();
        if (!this.dead) values.push(value);
        return Flow.Next;
      }),
    );
    return values.length > 0 ? join(values) : undefinedValue;
  }

  /** Records a thrown value and ends the present path. */
  throwValue(value: Value, place: Place, via: readonly Step[] = this.steps): void {
    const [absent, status, cause] = [provenAbsent(this), this.statusNow?.(), this.chain?.handled];
    this.thrown.push({ value, place, via: [...via], absent, status, cause });
    this.dead = true;
  }

  /** Runs work with a sink of its own for thrown values and gives what was thrown. */
  catching<T>(work: () => T): { result: T; thrown: Thrown[] } {
    const outer = this.thrown;
    const thrown: Thrown[] = [];
    this.thrown = thrown;
    try {
      return { result: work(), thrown };
    } finally {
      this.thrown = outer;
    }
  }

  /** Binds a pattern in a frame; kept here so that models need only the machine. */
  bind(pattern: ts.BindingName, value: Value, frame: Frame): void {
    bindPattern(this, pattern, value, frame);
  }

  // Evaluation, for models ------------------------------------------------------------------------------------------

  evaluate(node: ts.Expression, frame: Frame): Value {
    return evaluate(this, node, frame);
  }

  get(value: Value, key: string, place: Place): Value {
    return getMember(this, value, key, place);
  }

  call(callee: Value, site: CallSite, self?: Value): Value {
    return callValue(this, callee, site, self);
  }

  construct(callee: Value, site: CallSite): Value {
    return constructValue(this, callee, site);
  }

  /** Reads declared types. */
  readonly types = new TypeReader(this);
  /** Reads the parts of values of which only the type is known. */
  readonly typeMembers = new TypeMembers(this);
  /** Instances that stand for classes of which only the type is known. */
  readonly instances = new Map<ts.Node, Value>();
  /** What calls did that cannot touch a request, by their key. */
  readonly summaries = new Map<string, Summary>();
  /** Modules that took too many steps while they were loaded. */
  readonly spent: string[] = [];
  /** Functions of the project that it has taught as registrars; undefined where it has taught none. */
  taught: TaughtRegistrars | undefined;
  /** Counts what was asked of the request that runs without naming it, so that calls which do so are never summarised. */
  particular = 0;
  /** Whether calls may be summarised: only while handlers run, since running modules registers routes. */
  summarising = false;

  /** An unknown value for a node. */
  lost(reason: AbstainReason, node: ts.Node): Value {
    return unknown(reason, placeOf(node));
  }
}
