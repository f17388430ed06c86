import Boom from '@hapi/boom';

export interface Terminal {
  id: string;
  serial: string;
  model: 'desk' | 'mobile' | 'kiosk';
  locationId: string;
  label: string | null;
  state: 'online' | 'offline' | 'retired';
  seenAt: Date;
}

export interface Location {
  id: string;
  name: string;
  city: string;
  postcode: string | null;
}

const terminals = new Map<string, Terminal>();
const locations = new Map<string, Location>();

/** A terminal, or an error that says that there is none. */
export async function findTerminal(id: string): Promise<Terminal> {
  const terminal = terminals.get(id);
  if (!terminal) throw Boom.notFound('there is no such terminal');
  return terminal;
}

export async function findLocation(id: string): Promise<Location> {
  const location = locations.get(id);
  if (!location) throw Boom.badData('there is no such location');
  return location;
}

export async function listTerminals(limit: number, after: string | undefined, state: string | undefined) {
  const all = [...terminals.values()].filter((terminal) => state === undefined || terminal.state === state);
  const from = after === undefined ? 0 : all.findIndex((terminal) => terminal.id === after) + 1;
  return all.slice(from, from + limit);
}

export async function saveTerminal(terminal: Terminal): Promise<Terminal> {
  terminals.set(terminal.id, terminal);
  return terminal;
}

export async function removeTerminal(id: string): Promise<void> {
  terminals.delete(id);
}

export async function saveLocation(location: Location): Promise<Location> {
  locations.set(location.id, location);
  return location;
}

export async function listLocations(): Promise<Location[]> {
  return [...locations.values()];
}
