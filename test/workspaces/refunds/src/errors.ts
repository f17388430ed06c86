import type { Context, Next } from 'koa';

/** What goes wrong is answered with its status and a code. */
export async function answerErrors(ctx: Context, next: Next) {
  try {
    await next();
  } catch (error) {
    const status = error.status ?? 500;
    ctx.status = status;
    ctx.body = { code: String(error.name), message: String(error.message) };
  }
}
