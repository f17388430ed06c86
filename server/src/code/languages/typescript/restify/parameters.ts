// Owns what `req.params` holds: the path's parameters, and beside them what the parsers were told to put there.
// It must not know registrations or responses.

import type { Place } from '../../../../base/place.ts';
import type { CurrentSink } from '../current-sink.ts';
import type { RequestData } from '../express/request.ts';
import type { InputSink } from '../input-sink.ts';
import { wholeInput } from '../inputs.ts';
import { parametersOf } from '../paths.ts';
import type { InputValue } from '../value.ts';

/** The parts of the request that parsers map onto the parameters. */
type Mapped = Set<'query' | 'body'>;

const mappings = new WeakMap<CurrentSink, Mapped>();

/** A parser with `mapParams` stands on the chain. */
export function mapOntoParameters(sink: CurrentSink, part: 'query' | 'body'): void {
  const mapped = mappings.get(sink) ?? new Set();
  mappings.set(sink, mapped.add(part));
}

/** `req.params`. What the path does not name comes from where it was mapped from. */
export function parametersInput({ sink, subject }: RequestData, place: Place): InputValue {
  const whole = wholeInput(sink, 'path', place);
  const mapped = mappings.get(sink);
  if (!mapped) return whole;
  const relocate = (part: InputValue): InputValue => {
    subject.asked = true;
    const { path, method } = subject;
    if (path === undefined || parametersOf(path).includes(part.name.split(/[.[]/)[0]!)) return part;
    const bodiless = method === undefined || /^(get|head)$/i.test(method);
    const sources = [...mapped].filter((one) => one === 'query' || !bodiless);
    const [only] = sources;
    if (sources.length === 1 && only) return { ...part, in: only, sink };
    for (const one of sources) sink.target.open(one, 'request-escapes', part.place);
    return sources.length === 0 ? part : { ...part, sink: silent };
  };
  return { ...whole, sink: Object.assign(Object.create(sink) as CurrentSink, { relocate }) };
}

/** Nobody is told of a part that either of two locations may have brought. */
const silent: InputSink = {
  read: () => undefined,
  convert: () => undefined,
  defaultTo: () => undefined,
  tolerate: () => undefined,
  escape: () => undefined,
  validate: () => undefined,
  declare: () => undefined,
};
