import Boom from '@hapi/boom';

export interface Repair {
  readonly id: string;
  readonly device: string;
  readonly kind: 'screen' | 'battery' | 'other';
  readonly state: 'open' | 'done';
  readonly price: number;
}

const repairs = new Map<string, Repair>();

/** A repair, or an error that says that there is none. */
export function find(id: string): Repair {
  const repair = repairs.get(id);
  if (!repair) throw Boom.notFound('there is no such repair');
  return repair;
}

export function list(limit: number, kind: string | undefined): Repair[] {
  return [...repairs.values()].filter((repair) => kind === undefined || repair.kind === kind).slice(0, limit);
}

export function save(repair: Repair): Repair {
  repairs.set(repair.id, repair);
  return repair;
}

export function remove(id: string): void {
  repairs.delete(id);
}
