// Owns the steps that work may take, and the signal that they are spent.
// It must not know the interpreter.

/** Steps that one module may take while it is loaded: enough for thousands of registrations, too few for a worker's main loop. */
export const moduleBudget = 300_000;

/** Steps that a call made by a handler may take; those that it makes itself get half of it, and so on. */
export const budgetOfCalls = 48_000;

/** Raised inside the interpreter when a run has used up its steps; caught where the run began. */
export class BudgetSpent extends Error {}

/** One for all: it is thrown often, and its stack would be paid for each time. */
export const budgetSpent = new BudgetSpent('the budget is spent');
