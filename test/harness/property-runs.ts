// Owns how many times a property is tried: a few on somebody's desk, ten times as many where FIDELITY_FULL is set, as the full run has it.
// It must not know properties.

/** The number of runs, given the one that a desk has patience for. */
export const propertyRuns = (few: number): number => (process.env.FIDELITY_FULL ? few * 10 : few);
