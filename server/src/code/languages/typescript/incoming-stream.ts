// Owns a request as the stream that it is in Node: which of a stream's methods take the body out of it, and who listens to it.
// It must not know any one framework; each says itself what it means that a body is taken.

import type { FactCollector } from './facts.ts';
import { Flow } from './flow.ts';
import { callFunction } from './functions.ts';
import { isLeftForLater } from './listeners.ts';
import type { Machine } from './machine.ts';
import { type CallSite, textOf, unknown } from './value.ts';

/** Methods of a stream and of an emitter that tell nothing of what was sent. */
const blind: ReadonlySet<string> = new Set([
  'destroy',
  'pause',
  'resume',
  'isPaused',
  'unpipe',
  'setEncoding',
  'setTimeout',
  'setMaxListeners',
  'off',
  'removeListener',
  'removeAllListeners',
  'listenerCount',
  'emit',
]);

const listening: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** Events of the connection, after which no answer of an operation is sent. */
const ofConnection: ReadonlySet<string> = new Set(['close', 'error', 'aborted', 'timeout']);

const withContent: ReadonlySet<string> = new Set(['data', 'readable']);

/**
 * A call of a stream's method on a request: `blind` where it takes nothing out of the body, `taking` where it does, undefined where it
 * is no method of a stream. Listeners of what is sent are tried, since they may answer.
 */
export function callIncoming(m: Machine, key: string, site: CallSite): 'blind' | 'taking' | undefined {
  if (blind.has(key)) return 'blind';
  if (key === 'pipe' || key === 'read') return 'taking';
  if (!listening.has(key)) return undefined;
  const event = textOf(site.args[0]);
  if (event !== undefined && ofConnection.has(event)) return 'blind';
  const listener = site.args[1];
  if (listener?.kind === 'function' && !isLeftForLater(site, listener))
    m.fork([
      () => {
        m.conditional--;
        const args = listener.node.parameters.map(() => unknown('request-escapes', site.place));
        callFunction(m, listener, undefined, { ...site, args, argPlaces: args.map(() => site.place) });
        m.conditional++;
        return Flow.Next;
      },
    ]);
  m.dead = false;
  return event === undefined || withContent.has(event) ? 'taking' : 'blind';
}

/** Node's request goes where it cannot be followed: a package takes it for the stream that it is, whose content is the body. */
export function escapeIncoming(collector: FactCollector, site: CallSite): void {
  const generic = site.args[0]?.kind === 'external' ? 'request' : undefined;
  collector.openReads('request-escapes', site.place, undefined, generic);
  if (generic) collector.open('body', 'request-escapes', site.place);
}
