// Owns the HTTP adapter that filters and services are given: it sends what they tell it to send.
// It must not know who asks.

import type { CurrentSink } from '../current-sink.ts';
import type { Machine } from '../machine.ts';
import {
  type CallSite,
  literal,
  type Model,
  type NativeValue,
  native,
  someString,
  undefinedValue,
  type Value,
} from '../value.ts';
import { type Answering, sendBody } from './answers.ts';

/** `HttpAdapterHost`. */
const hostModel: Model = {
  name: 'http adapter host',
  get: (_m, _self, key) => (key === 'httpAdapter' ? native(adapterModel, undefined) : undefined),
};

const adapterModel: Model = {
  name: 'http adapter',
  method(m, _self, key, site) {
    const [response, second, third] = site.args;
    const target = response?.kind === 'native' ? response : undefined;
    switch (key) {
      case 'reply':
        if (target) reply(m, target, second ?? undefinedValue, third, site);
        return undefinedValue;
      case 'end':
      case 'setHeader':
      case 'status':
        if (target)
          target.model.method?.(m, target, key, {
            ...site,
            args: site.args.slice(1),
            argPlaces: site.argPlaces.slice(1),
          });
        return undefinedValue;
      case 'isHeadersSent':
        // Whoever asks is about to send.
        return literal(false);
      case 'getRequestUrl':
      case 'getRequestMethod':
      case 'getRequestHostname':
        return someString();
      case 'getType':
        return someString();
      default:
        return undefined;
    }
  },
};

/** What is injected for `HttpAdapterHost`, or for the adapter itself; undefined for other names. */
export function adapterNamed(name: string | undefined): Value | undefined {
  if (name === 'HttpAdapterHost') return native(hostModel, undefined);
  return name === 'AbstractHttpAdapter' || name === 'HttpAdapter' ? native(adapterModel, undefined) : undefined;
}

function reply(m: Machine, response: NativeValue, body: Value, status: Value | undefined, site: CallSite): void {
  const { data } = response as { data: { sink?: unknown; exchange?: unknown } };
  const sink = (data.sink ?? data.exchange) as CurrentSink;
  const platform = response.model.name === 'reply' ? 'fastify' : 'express';
  const answering: Answering = { m, platform, exchange: { sink, request: response, response } };
  sendBody(answering, body, site.place, site.argPlaces[1], status);
}
