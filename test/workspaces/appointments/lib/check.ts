import type { z } from 'zod';
import { ServiceError } from './errors';

export function check<T extends z.ZodTypeAny>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw new ServiceError(400, 'invalid', result.error.message);
  return result.data;
}
