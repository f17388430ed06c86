// Owns how Nest sends what a handler gives: the status, the media type that the platform chooses, redirects and templates.
// It must not know handlers or filters.

import type { Place } from '../../../../base/place.ts';
import { resolveShape } from '../../../../shape/shape.ts';
import { createResponse } from '../express/response.ts';
import { createReply } from '../fastify/reply.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { siteAt } from '../sites.ts';
import {
  type CallSite,
  isEmpty,
  literal,
  type Model,
  type NativeValue,
  native,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import type { Scene } from './scene.ts';

/** What sending needs of a scene. */
export type Answering = Pick<Scene, 'm' | 'platform' | 'exchange'>;

/** A fresh response of the platform. */
export function createAnswer(scene: Pick<Scene, 'platform' | 'exchange'>): NativeValue {
  return scene.platform === 'fastify' ? createReply(scene.exchange.sink) : createResponse(scene.exchange.sink);
}

/** Calls a method of the response as code would. */
export function tellResponse(scene: Answering, key: string, args: readonly Value[], site: CallSite): void {
  const { response } = scene.exchange;
  response.model.method?.(scene.m, response, key, { ...site, args });
}

export const streamModel: Model = { name: 'streamable file' };

/** `new StreamableFile(stream, { type })`. */
export function streamableFile(m: Machine, site: CallSite): Value {
  const options = site.args[1];
  const type = options?.kind === 'object' ? m.get(options, 'type', site.place) : undefinedValue;
  return native(streamModel, type, site.place);
}

/**
 * Sends a body as `ExpressAdapter.reply` and `FastifyAdapter.reply` do: nothing for null and undefined, JSON for objects, text for the
 * rest. `place` is what sends, `bodyPlace` the expression that gives the body.
 */
export function sendBody(
  scene: Answering,
  body: Value,
  place: Place,
  bodyPlace: Place | undefined,
  status?: Value,
): void {
  const { m } = scene;
  const at: CallSite = {
    ...siteAt(m, bodyPlace ?? place, []),
    place,
    namePlace: place,
    argPlaces: [bodyPlace ?? place],
  };
  if (status) tellResponse(scene, scene.platform === 'fastify' ? 'code' : 'status', [status], at);
  const groups = new Map<string, Value[]>();
  for (const member of members(body)) {
    const way = wayOf(scene, member);
    groups.set(way, [...(groups.get(way) ?? []), member]);
  }
  // An empty text beside something unknown stands for what may be lacking there, of which nobody knows whether it ever is.
  const texts = groups.get('text') ?? [];
  if (groups.has('unknown') && texts.every((one) => one.kind === 'literal' && one.value === '')) groups.delete('text');
  const arms = [...groups].map(([way, parts]) => () => {
    send(scene, way, parts.length === 1 ? parts[0]! : { kind: 'union', members: parts }, at);
    return undefinedValue;
  });
  if (arms.length === 1) arms[0]!();
  else m.choose(arms);
}

/** How a value travels. */
function wayOf(scene: Answering, value: Value): 'nothing' | 'json' | 'text' | 'stream' | 'unknown' {
  switch (value.kind) {
    case 'literal':
      if (isEmpty(value)) return 'nothing';
      return typeof value.value === 'string' || scene.platform === 'express' ? 'text' : 'json';
    case 'template':
      return 'text';
    case 'object':
    case 'array':
    case 'typed':
    case 'class':
      return 'json';
    case 'native':
      return value.model === streamModel ? 'stream' : value.model.shape ? wayOfShape(scene, value) : 'unknown';
    case 'unknown':
      return value.shape ? wayOfShape(scene, value) : 'unknown';
    default:
      return 'unknown';
  }
}

function wayOfShape(scene: Answering, value: Value): 'json' | 'text' | 'unknown' {
  const { kind } = resolveShape(scene.m.types.shapeOfValue(value));
  if (kind === 'object' || kind === 'array') return 'json';
  if (kind === 'string') return 'text';
  if (kind === 'number' || kind === 'boolean') return scene.platform === 'express' ? 'text' : 'json';
  return 'unknown';
}

function send(scene: Answering, way: string, body: Value, site: CallSite): void {
  const fastify = scene.platform === 'fastify';
  switch (way) {
    case 'nothing':
      tellResponse(scene, 'send', [], site);
      return;
    case 'stream': {
      const type = body.kind === 'native' ? textOf(body.data as Value) : undefined;
      tellResponse(
        scene,
        fastify ? 'header' : 'setHeader',
        [literal('content-type'), literal(type ?? 'application/octet-stream')],
        site,
      );
      tellResponse(scene, 'send', [unknown('custom-serializer', site.place)], site);
      return;
    }
    case 'json':
      tellResponse(scene, fastify ? 'send' : 'json', [body], site);
      return;
    case 'text':
      // Express sends texts as HTML unless a header says otherwise (`ExpressAdapter.reply`, `response.send(String(body))`).
      if (!fastify && !hasType(scene)) tellResponse(scene, 'type', [literal('text/html')], site);
      tellResponse(scene, 'send', [body], site);
      return;
    default:
      // Nobody can tell whether an unknown value is JSON, and most are.
      tellResponse(scene, 'send', [body], site);
  }
}

function hasType(scene: Answering): boolean {
  const data = scene.exchange.response.data as { mediaType?: { value?: Value } };
  return data.mediaType?.value !== undefined && !isEmpty(data.mediaType.value);
}

/** Sends a redirect; what the handler gives may name another address and status. */
export function sendRedirect(scene: Answering, value: Value, status: Value, place: Place): void {
  const given = value.kind === 'object' ? scene.m.get(value, 'statusCode', place) : undefinedValue;
  const chosen = isEmpty(given) ? status : given;
  const site: CallSite = { ...siteAt(scene.m, place, []), argPlaces: [place, place] };
  const url = unknown('spread-or-any', place);
  tellResponse(scene, 'redirect', scene.platform === 'fastify' ? [url, chosen] : [chosen, url], site);
}

/** Sends what cannot be followed further, of a known type. */
export function sendOpaque(scene: Answering, mediaType: string, place: Place): void {
  const site = siteAt(scene.m, place, []);
  tellResponse(scene, 'type', [literal(mediaType)], site);
  tellResponse(scene, 'send', [unknown('custom-serializer', place)], site);
}
