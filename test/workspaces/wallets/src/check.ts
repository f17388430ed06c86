import { zValidator } from '@hono/zod-validator';
import type { ZodType } from 'zod';

/** A validator that answers in the form of all errors. */
export function check(target: 'json' | 'query' | 'param', schema: ZodType) {
  return zValidator(target, schema, (result, c) => {
    if (!result.success) return c.json({ code: 'invalid', message: 'the request is not valid' }, 400);
  });
}
