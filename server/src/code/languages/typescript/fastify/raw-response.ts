// Owns Node's response below a Fastify reply, for handlers that write it by hand.
// It must not know what a reply does itself.

import type { Place } from '../../../../base/place.ts';
import { literal, type Model, type NativeValue, native, objectOf, truth, undefinedValue, unknown } from '../value.ts';
import { type ReplyData, send, setHeader, setStatus } from './reply.ts';

/** The response below a reply. */
export function createRawResponse(data: ReplyData, place: Place): NativeValue {
  return native(rawResponse, data, place);
}

/** What sends, or may send where it cannot be followed. */
const sending = new Set(['writeHead', 'end', 'write', '[escape]']);

/** Node's response below Fastify's. */
const rawResponse: Model = {
  name: 'raw response',
  get(_m, self, key) {
    const data = self.data as ReplyData;
    if (key === 'statusCode') return data.status.value ?? literal(200);
    if (key === 'headersSent' || key === 'writableEnded') return data.sent.value;
    return undefined;
  },
  set(m, self, key, value, place) {
    if (key === 'statusCode') setStatus(m, self.data as ReplyData, value, place);
    return key === 'statusCode';
  },
  method(m, self, key, site) {
    const data = self.data as ReplyData;
    if (truth(data.hijacked.value ?? literal(false)) === true && sending.has(key)) {
      m.write(data.hijacked, literal(false));
      m.write(data.sent, literal(false));
    }
    const [first, second] = site.args;
    switch (key) {
      case 'writeHead': {
        setStatus(m, data, first ?? undefinedValue, site.argPlaces[0] ?? site.place);
        const headers = site.args.find((argument) => argument.kind === 'object') ?? objectOf({});
        if (headers.kind === 'object')
          for (const [name, cell] of headers.props)
            setHeader(m, data, literal(name), m.force(cell), headers.places?.get(name) ?? site.place);
        send(m, data, { body: unknown('custom-serializer', site.place), place: site.namePlace, plain: true });
        return self;
      }
      case 'end':
        send(m, data, {
          body: first ? unknown('custom-serializer', site.place) : undefined,
          place: site.namePlace,
          plain: true,
        });
        return self;
      case 'setHeader':
      case 'appendHeader':
        setHeader(m, data, first, second, site.argPlaces[0] ?? site.place);
        return self;
      case 'write':
      case '[escape]':
        // A stream that is written elsewhere, unless its head has been written here.
        if (truth(data.sent.value ?? literal(false)) !== true)
          data.exchange.target.openExits('custom-serializer', site.place);
        m.write(data.sent, literal(true));
        return key === '[escape]' ? undefinedValue : self;
      default:
        return self;
    }
  },
};
