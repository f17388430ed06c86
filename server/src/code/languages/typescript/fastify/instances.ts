import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { unknown, type Value } from '../value.ts';
export interface InstanceState { readonly place: Place }
export function fastifyInstances(_m: Machine): InstanceState[] { return []; }
export function looksLikeFastify(_text: string, _name: string): boolean { return false; }
export function createLooseInstance(_m: Machine, place: Place): Value { return unknown('framework-unmodelled', place); }
