// Owns which guards let requests through that bring no credentials: authentication that is optional.
// It must not know frameworks, nor what a guard checks.

import type { Guard } from '../../model.ts';
import type { Stage } from './facts.ts';
import type { InputValue } from './value.ts';

/** What is known of the middlewares of one route. */
export class GuardPasses {
  /** Middlewares that go on where a credential is absent. */
  private readonly lenient = new Set<Stage>();
  /** Middlewares that refuse where a credential is absent. */
  private readonly strict = new Set<Stage>();
  private readonly stages = new Map<Guard, Stage>();
  /** Guards inside of a condition that the credential is there, which has no other side. */
  private readonly conditional = new Set<Guard>();

  /** A copy for a route that shares its first middlewares. */
  copyTo(next: GuardPasses): void {
    for (const stage of this.lenient) next.lenient.add(stage);
    for (const stage of this.strict) next.strict.add(stage);
    for (const [guard, stage] of this.stages) next.stages.set(guard, stage);
    for (const guard of this.conditional) next.conditional.add(guard);
  }

  /** A middleware refuses a request; `absent` are the parts that are proven to be missing from it. */
  refused(stage: Stage, guard: Guard | undefined, absent: readonly InputValue[]): void {
    if (guard) this.stages.set(guard, stage);
    if (absent.some(isCredential)) this.strict.add(stage);
  }

  /** A middleware hands on a request that lacks these parts. */
  passed(stage: Stage, absent: readonly InputValue[]): void {
    if (stage.kind === 'middleware' && absent.some(isCredential)) this.lenient.add(stage);
  }

  /** A condition that asks for a credential, and does nothing where it is absent, has been left. */
  tolerated(stage: Stage, input: InputValue): void {
    if (stage.kind !== 'middleware' || !isCredential(input)) return;
    for (const [guard, own] of this.stages) if (own === stage) this.conditional.add(guard);
  }

  /** The guards as they turned out to be. */
  settle(guards: readonly Guard[]): readonly Guard[] {
    return guards.map((guard) => {
      const stage = this.stages.get(guard);
      if (!stage || guard.kind !== 'authentication' || this.strict.has(stage)) return guard;
      return this.lenient.has(stage) || this.conditional.has(guard)
        ? { ...guard, kind: 'optional-authentication' }
        : guard;
    });
  }
}

/** Headers and cookies that carry who the caller is. */
function isCredential(input: InputValue): boolean {
  if (input.in === 'cookie') return true;
  return input.in === 'header' && /auth|token|api-?key|secret|session|jwt|cookie/i.test(input.name);
}
