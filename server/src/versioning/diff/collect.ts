// Owns turning differences into changes: one per edited place, with its worst level, its sentence and the operations that it reaches.
// It must not know how differences are found.

import { digest } from '../../base/hash.ts';
import { idOf } from '../../contract/load/references.ts';
import type { Change, Policy } from '../change.ts';
import { changeRow } from '../changes/catalogue.ts';
import { reasonOf } from '../changes/reason.ts';
import { type ChangeRow, type Level, levelOf, levels } from '../changes/row.ts';
import type { SchemaEvidence } from './evidence.ts';
import type { Fact } from './graph.ts';
import { stabilityOf } from './lifecycle.ts';
import type { Root } from './operations.ts';
import { joint, type Reached } from './reach.ts';

/** One difference with who reaches it, before equal places are joined. */
export interface Found {
  readonly fact: Fact;
  readonly row: ChangeRow;
  readonly level: Level;
  readonly reason: string;
  readonly softened?: Level;
  readonly roots: readonly Root[];
  readonly subject: string;
}

/** Every difference with its level. */
export function findings(reached: readonly Reached[], policy: Policy): Found[] {
  return reached.flatMap(({ pair, roots, subject }) =>
    pair.facts.map((fact) => {
      const suffix = fact.suffix ?? '';
      const whole = subject + joint(subject, suffix);
      return { fact, roots, subject: whole, ...judge(fact, roots, policy) };
    }),
  );
}

function judge(
  fact: Fact,
  roots: readonly Root[],
  policy: Policy,
): Pick<Found, 'row' | 'level' | 'reason' | 'softened'> {
  const row = changeRow(fact.id);
  const level = fact.id === 'operation-removed-after-sunset' ? policy.afterSunset : levelOf(row, fact.polarity);
  const reason = reasonOf(row, fact.polarity);
  const stabilities = roots.flatMap(({ sites }) => (sites.base ? [stabilityOf(sites.base.node)] : []));
  const unstable =
    stabilities.length > 0 &&
    stabilities.length === roots.length &&
    stabilities.every((one) => policy.unstable.includes(one));
  if (!unstable || level === 'compatible' || level === 'documentation') return { row, level, reason };
  const named = [...new Set(stabilities)].join(' and ');
  return {
    row,
    level: 'compatible',
    softened: level,
    reason: `${reason}; the stability level ${named} promises nothing yet`,
  };
}

/** Joins what stands at one place into one change each, with the schemas that it was found in. */
export function changesOf(
  found: readonly Found[],
  order: ReadonlyMap<string, number>,
): { readonly changes: readonly Change[]; readonly evidence: ReadonlyMap<string, SchemaEvidence> } {
  const places = new Map<string, Found[]>();
  for (const one of found) {
    const key = keyOf(one);
    const there = places.get(key);
    if (there) there.push(one);
    else places.set(key, [one]);
  }
  const evidence = new Map<string, SchemaEvidence>();
  const changes = [...places.values()].map((list) => {
    const sorted = [...list].sort(
      (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || compareText(a.fact.polarity, b.fact.polarity),
    );
    const change = join(sorted, (operation) => rankIn(order, operation));
    const schemas = sorted[0]?.fact.schemas;
    if (schemas) evidence.set(change.fingerprint, schemas);
    return change;
  });
  return { changes: sortChanges(changes, order), evidence };
}

/** Worst first, then in the order of the operations, then by subject. */
export function sortChanges(changes: readonly Change[], order: ReadonlyMap<string, number>): readonly Change[] {
  return [...changes].sort(
    (a, b) =>
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      rankIn(order, a.operation) - rankIn(order, b.operation) ||
      compareText(a.subject, b.subject) ||
      compareText(a.id, b.id) ||
      compareText(a.message, b.message) ||
      (a.revision?.start ?? -1) - (b.revision?.start ?? -1),
  );
}

const rankIn = (order: ReadonlyMap<string, number>, operation: string | null): number =>
  operation === null ? -1 : (order.get(operation) ?? order.size);

function join(sorted: readonly Found[], rank: (operation: string | null) => number): Change {
  const first = sorted[0]!;
  const { fact, row } = first;
  const names = new Set(sorted.flatMap((one) => one.roots.flatMap((root) => root.operation ?? [])));
  const operations = [...names].sort((a, b) => rank(a) - rank(b));
  const leading = first.roots.find((root) => root.operation !== null)?.operation ?? null;
  const subject = first.subject === '' ? (leading ?? 'contract') : first.subject;
  const message = sentence(row.says, fact);
  return {
    id: row.id,
    level: first.level,
    polarity: fact.polarity,
    operation: leading,
    operations,
    subject,
    message,
    reason: first.reason,
    base: fact.base?.keyPlace ?? null,
    revision: fact.revision?.keyPlace ?? null,
    also: [...new Set(sorted.map((one) => one.row.id))].filter((id) => id !== row.id),
    fingerprint: digest([row.id, leading ?? '', subject, message]),
    ...(first.softened && { softened: first.softened }),
  };
}

/** What tells two edits apart: the fact without its direction, its places, and what it speaks of. */
function keyOf({ fact, row }: Found): string {
  const id = row.id.replace(/^(?:request|response)-/, '');
  const place = (node: Fact['base']): string => (node ? idOf(node) : '');
  return [id, place(fact.base), place(fact.revision), fact.name, fact.before, fact.after].join('\n');
}

const sentence = (says: string, fact: Fact): string =>
  says.replace(/\{(name|before|after)\}/g, (_, key: 'name' | 'before' | 'after') => fact[key] ?? 'none');

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
