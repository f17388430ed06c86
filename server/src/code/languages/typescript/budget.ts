// Owns the steps that work may take, and the signal that they are spent.
// It must not know the interpreter.

/** Steps that one module may take while it is loaded: enough for thousands of registrations, too few for a worker's main loop. */
export const moduleBudget = 300_000;

/** Steps that finding out what one value of an installed package is may take. */
export const stepsOfOpening = 100_000;

/** Steps that a route may always take. */
const leastOfRoute = 60_000;

/** The most steps that any run gets: a route of a small workspace, and middlewares that are run once for all routes. */
export const mostOfRun = 600_000;

/** Steps that all routes together may be given before each of them gets less. */
const stepsOfAll = 48_000_000;

/**
 * Steps that each of a workspace's routes may take: many where there are few routes, so that a guard which goes through a table of
 * rules is followed to its end, and few where there are thousands. Every route gets the same, in whatever order they are asked for.
 */
export function budgetPerRoute(routes: number): number {
  return Math.round(Math.min(mostOfRun, Math.max(leastOfRoute, stepsOfAll / Math.max(1, routes))));
}

/** Steps that all routes together may be given where only the names of what they read are asked for. */
const stepsOfGlances = 8_000_000;

/** Steps that a glance at a route may always take: enough for its validators and the first lines of its handler. */
const leastOfGlance = 4_000;

/** Steps that a glance at one of a workspace's routes may take. */
export function budgetPerGlance(routes: number): number {
  return Math.round(Math.min(mostOfRun, Math.max(leastOfGlance, stepsOfGlances / Math.max(1, routes))));
}

/** Steps that the shared middlewares of all routes may take together when they are run once for each route. */
export const stepsOfPrefixes = 8_000_000;

/** The part of a route's steps that one call made by a handler may take. */
export const shareOfCall = 0.8;

/** What each deeper level of calls may take of the level above: services of many layers are deep where their work is done. */
export const decayOfShare = 0.9;

/** Raised inside the interpreter when a run has used up its steps; caught where the run began. */
export class BudgetSpent extends Error {}

/** One for all: it is thrown often, and its stack would be paid for each time. */
export const budgetSpent = new BudgetSpent('the budget is spent');
