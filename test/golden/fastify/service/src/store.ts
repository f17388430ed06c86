import { NotFound, ServiceError } from './errors.ts';

export interface Parcel {
  id: string;
  weight: number;
  state: 'waiting' | 'delivered';
  note: string | null;
}

const parcels = new Map<string, Parcel>();

export function list(state: string | undefined, limit: number): Parcel[] {
  return [...parcels.values()].filter((parcel) => state === undefined || parcel.state === state).slice(0, limit);
}

export function find(id: string): Parcel {
  const parcel = parcels.get(id);
  if (!parcel) throw new NotFound();
  return parcel;
}

export function add(weight: number, note: string | undefined): Parcel {
  const parcel: Parcel = { id: `p_${parcels.size + 1}`, weight, state: 'waiting', note: note ?? null };
  parcels.set(parcel.id, parcel);
  return parcel;
}

export function deliver(id: string): Parcel {
  const parcel = find(id);
  if (parcel.state === 'delivered') throw new ServiceError(409, 'delivered', 'the parcel is delivered');
  const delivered: Parcel = { ...parcel, state: 'delivered' };
  parcels.set(id, delivered);
  return delivered;
}

export function drop(id: string): void {
  parcels.delete(find(id).id);
}
