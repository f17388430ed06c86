import createError from 'http-errors';
import type { Context, Next } from 'koa';
import type { ZodType } from 'zod';

interface Parts {
  readonly params?: ZodType;
  readonly query?: ZodType;
  readonly body?: ZodType;
}

/** Checks the parts of a request and keeps what passed. */
export function guard({ params, query, body }: Parts) {
  return async (ctx: Context, next: Next) => {
    try {
      ctx.valid = {
        params: params?.parse(ctx.params),
        query: query?.parse(ctx.query),
        body: body?.parse(ctx.request.body),
      };
    } catch {
      throw createError(400, 'the request is not valid');
    }
    await next();
  };
}
