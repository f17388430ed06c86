// Owns what one request of a Next.js project is made of: the web's request, the API routes' request and response, and which one runs now.
// It must not know routes, nor what runs.

import type { Place } from '../../../../base/place.ts';
import { objectShape, resolveShape, type Shape } from '../../../../shape/shape.ts';
import type { AbstainReason } from '../../../model.ts';
import { CurrentSink } from '../current-sink.ts';
import { requestModel } from '../express/request.ts';
import { createResponse } from '../express/response.ts';
import type { Exchange } from '../http-run.ts';
import { members } from '../join.ts';
import type { Machine } from '../machine.ts';
import { impliedType } from '../sent-body.ts';
import type { Subject } from '../subject.ts';
import { type InputValue, isEmpty, literal, type Model, type NativeValue, native, type Value } from '../value.ts';
import { createWebRequest } from '../web/request.ts';

/** The exchange that runs at the moment: `headers()` and `cookies()` are called without a request. */
const current = new WeakMap<Machine, CurrentSink>();

/** The sink of the request that runs; undefined while modules are loaded. */
export function currentSink(m: Machine): CurrentSink | undefined {
  return m.summarising ? current.get(m) : undefined;
}

/** Says whose request runs. */
export function enter(m: Machine, sink: CurrentSink): void {
  current.set(m, sink);
}

/** An exchange with a web request; the response is what a handler returns. */
export function webExchange(sink: CurrentSink, subject: Subject): Exchange {
  return { sink, request: createWebRequest(sink, subject), response: native({ name: 'no response' }, undefined) };
}

/** An exchange of an API route: its query holds the path's parameters as well. */
export function apiExchange(sink: CurrentSink, subject: Subject, parameters: readonly string[]): Exchange {
  const own = new ApiSink(sink, new Set(parameters));
  return {
    sink: own,
    request: native(requestModel, { sink: own, body: 'body', subject }),
    response: apiResponse(own),
  };
}

/** Express's response with what API routes do differently: redirects are 307, and texts have no type. */
function apiResponse(sink: CurrentSink): NativeValue {
  const base = createResponse(sink);
  const model: Model = {
    ...base.model,
    method(machine, self, key, site) {
      const under = (name: string, inner = site): Value | undefined => base.model.method?.(machine, self, name, inner);
      if (key === 'redirect' && site.args.length === 1)
        return under(key, {
          ...site,
          args: [literal(307, site.namePlace), ...site.args],
          argPlaces: [site.namePlace, ...site.argPlaces],
        });
      if (key === 'setPreviewData' || key === 'clearPreviewData' || key === 'setDraftMode') return self;
      if (key === 'send' && site.args[0] && isText(site.args[0])) return under('end');
      return under(key);
    },
  };
  return native(model, base.data);
}

function isText(value: Value): boolean {
  return isEmpty(value) || impliedType(members(value), { text: () => 'text/plain' }) !== undefined;
}

/** A request as a middleware sees it: whoever it is handed to looks at who calls, and leaves the rest to the handler. */
export function middlewareRequest({ sink }: Exchange, subject: Subject): NativeValue {
  return createWebRequest(new MiddlewareSink(sink.target), subject);
}

/** A sink for which nothing escapes. */
class MiddlewareSink extends CurrentSink {
  override escape(): void {}
}

/** A sink that tells the path's parameters from the rest of the query. */
class ApiSink extends CurrentSink {
  constructor(
    inner: CurrentSink,
    private readonly parameters: ReadonlySet<string>,
  ) {
    super(inner.target);
  }

  /** A part of the query that the path brings belongs to the path. */
  relocate(part: InputValue): InputValue {
    if (part.in !== 'query' || !this.parameters.has(part.name.split(/[.[]/)[0]!)) return part;
    return { ...part, in: 'path' };
  }

  override escape(input: InputValue, reason: AbstainReason, place: Place, library = false): void {
    super.escape(input, reason, place, library);
    if (input.in === 'query' && input.name === '' && this.parameters.size > 0)
      super.escape({ ...input, in: 'path' }, reason, place, library);
  }

  override validate(input: InputValue, shape: Shape, place: Place): void {
    const [rest, path] = this.parted(input, shape);
    if (path) super.validate({ ...input, in: 'path' }, path, place);
    super.validate(input, rest, place);
  }

  override declare(input: InputValue, shape: Shape, place: Place): void {
    const [rest, path] = this.parted(input, shape);
    if (path) super.declare({ ...input, in: 'path' }, path, place);
    super.declare(input, rest, place);
  }

  /** The shape of a whole query without the path's parameters, and theirs. */
  private parted(input: InputValue, shape: Shape): [Shape, Shape?] {
    if (input.in !== 'query' || input.name !== '') return [shape];
    const whole = resolveShape(shape);
    if (whole.kind !== 'object') return [shape];
    const fields = [...whole.fields.values()];
    const path = fields.filter((field) => this.parameters.has(field.name));
    if (path.length === 0) return [shape];
    const rest = fields.filter((field) => !this.parameters.has(field.name));
    return [
      objectShape(rest, whole.additional, whole.origin, { values: whole.values, reason: whole.reason }),
      objectShape(path, 'allowed', whole.origin),
    ];
  }
}
