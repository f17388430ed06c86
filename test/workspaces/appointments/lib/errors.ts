export type Code = 'invalid' | 'unauthorized' | 'not_found' | 'taken' | 'cancelled';

export class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly code: Code,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = () => new ServiceError(404, 'not_found', 'there is no such appointment');
