// Owns scenes: where the present path stood when an answer was made that leaves only when the whole chain has run.
// It must not know any one framework.

import type { FactCollector, Stage } from '../facts.ts';
import type { Machine, Thrown } from '../machine.ts';

/** A thrown value that left the middleware or handler which threw it, and who that was. */
export interface Origin {
  readonly thrown: Thrown;
  readonly stage: Stage;
}

/** What the collector asks of the machine when an answer leaves, kept for later. */
export interface Scene {
  readonly stage: Stage;
  readonly steps: Machine['steps'];
  readonly conditional: number;
  readonly suspicion: Machine['suspicion'];
  readonly absences: Machine['absences'];
  /** For an answer to something that was thrown behind the one who answers. */
  readonly origin?: Origin;
}

/** Takes down the present scene. */
export function takeScene(m: Machine, stage: Stage, origin?: Origin, undecided = m.conditional): Scene {
  return {
    stage: origin?.stage ?? stage,
    steps: m.steps,
    conditional: undecided,
    suspicion: m.suspicion,
    absences: [...m.absences],
    origin,
  };
}

/** Tells a collector of an answer as if it left in the scene in which it was made. */
export function tellFrom(m: Machine, collector: FactCollector, scene: Scene, tell: () => void): void {
  const { steps, conditional, suspicion } = m;
  const { stage, thrownFrom } = collector;
  const absences = m.absences.splice(0, m.absences.length, ...scene.absences);
  const { origin } = scene;
  Object.assign(m, { steps: scene.steps, conditional: scene.conditional, suspicion: scene.suspicion });
  collector.stage = scene.stage;
  collector.thrownFrom = origin && { place: origin.thrown.place, via: origin.thrown.via };
  const before = collector.exitCount();
  try {
    tell();
  } finally {
    Object.assign(m, { steps, conditional, suspicion });
    m.absences.splice(0, m.absences.length, ...absences);
    collector.stage = stage;
    collector.thrownFrom = thrownFrom;
  }
  if (origin && collector.rejectedSince(before)) collector.requiredAt(origin.thrown.absent, origin.thrown.place);
}
