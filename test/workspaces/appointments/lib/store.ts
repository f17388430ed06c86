import { notFound, ServiceError } from './errors';

export type State = 'requested' | 'confirmed' | 'cancelled';

interface Row {
  id: string;
  patient: string;
  startsAt: Date;
  minutes: number;
  reason: string | null;
  state: State;
}

const rows = new Map<string, Row>();

function present(row: Row) {
  return {
    id: row.id,
    patient: row.patient,
    startsAt: row.startsAt.toISOString(),
    minutes: row.minutes,
    reason: row.reason,
    state: row.state,
  };
}

function load(id: string): Row {
  const row = rows.get(id);
  if (!row) throw notFound();
  return row;
}

export function list(state: State | undefined, limit: number) {
  const found = [...rows.values()].filter((row) => state === undefined || row.state === state);
  return found.slice(0, limit).map(present);
}

export function find(id: string) {
  return present(load(id));
}

export function request(given: { patient: string; startsAt: string; minutes: number; reason?: string }) {
  const startsAt = new Date(given.startsAt);
  if ([...rows.values()].some((row) => row.startsAt.getTime() === startsAt.getTime()))
    throw new ServiceError(409, 'taken', 'somebody else comes at that time');
  const row: Row = {
    id: `a_${rows.size + 1}`,
    patient: given.patient,
    startsAt,
    minutes: given.minutes,
    reason: given.reason ?? null,
    state: 'requested',
  };
  rows.set(row.id, row);
  return present(row);
}

export function change(id: string, given: { startsAt?: string; reason?: string }) {
  const row = load(id);
  if (given.startsAt !== undefined) row.startsAt = new Date(given.startsAt);
  if (given.reason !== undefined) row.reason = given.reason;
  return present(row);
}

export function confirm(id: string) {
  const row = load(id);
  if (row.state === 'cancelled') throw new ServiceError(409, 'cancelled', 'the appointment is cancelled');
  row.state = 'confirmed';
  return present(row);
}

export function cancel(id: string): void {
  load(id).state = 'cancelled';
}
