// Owns what a kind of change is, and the one table that gives it a level: what it does to the accepted values, against the
// way in which they travel. It must not know how changes are found.

/** What a change does to the set of values that a definition accepts. */
export type Effect = 'widens' | 'narrows' | 'disjoint' | 'unknown' | 'annotation';

/** Which way values travel, seen by a client: it sends a request and receives a response. Callbacks and webhooks swap the two. */
export type Polarity = 'request' | 'response';

export type Level = 'breaking' | 'risky' | 'compatible' | 'documentation';

/** From the worst to the mildest. */
export const levels: readonly Level[] = ['breaking', 'risky', 'compatible', 'documentation'];

/**
 * The level of an effect. A request that accepts less refuses clients that were served; a response that may hold more reaches
 * clients that never saw it. What the definitions cannot decide is risky, and what refuses no value is documentation.
 */
export const levelTable: Readonly<Record<Effect, Readonly<Record<Polarity, Level>>>> = {
  widens: { request: 'compatible', response: 'breaking' },
  narrows: { request: 'breaking', response: 'compatible' },
  disjoint: { request: 'breaking', response: 'breaking' },
  unknown: { request: 'risky', response: 'risky' },
  annotation: { request: 'documentation', response: 'documentation' },
};

/** A level that the table does not give, with the reason why people expect another one. */
export interface Convention {
  readonly level: Level;
  readonly because: string;
}

/** One kind of change. */
export interface ChangeRow {
  readonly id: string;
  readonly effect: Effect;
  /** Which way the values travel where the change usually stands; undefined for changes that concern no value. */
  readonly polarity: Polarity | undefined;
  /** What happened, as a sentence without a full stop. `{name}`, `{before}` and `{after}` are filled in. */
  readonly says: string;
  readonly family: Family;
  readonly convention?: Convention;
}

export type Family =
  | 'operations'
  | 'parameters'
  | 'bodies'
  | 'responses'
  | 'properties'
  | 'types'
  | 'values'
  | 'constraints'
  | 'arrays'
  | 'composition'
  | 'annotations'
  | 'security'
  | 'servers'
  | 'lifecycle'
  | 'documentation';

/** The level of a kind of change where values travel in the given way. Conventions hold where the row usually stands. */
export function levelOf(row: ChangeRow, polarity: Polarity): Level {
  if (row.convention && (row.polarity === undefined || row.polarity === polarity)) return row.convention.level;
  return levelTable[row.effect][polarity];
}

export const worst = (found: Iterable<Level>): Level | undefined => {
  const all = new Set(found);
  return levels.find((level) => all.has(level));
};
