import { type NextRequest, NextResponse } from 'next/server';
import { ServiceError } from './errors';

type Handler<P> = (request: NextRequest, params: P) => Promise<Response>;

function authenticate(request: NextRequest): void {
  const [scheme, token] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme !== 'Bearer' || token !== process.env.TOKEN)
    throw new ServiceError(401, 'unauthorized', 'the token is not valid');
}

/** Every handler below `app/api` is wrapped in this: it asks for the token and answers errors. */
export function route<P>(handler: Handler<P>) {
  return async (request: NextRequest, context: { params: Promise<P> }): Promise<Response> => {
    try {
      authenticate(request);
      return await handler(request, await context.params);
    } catch (error) {
      if (error instanceof ServiceError)
        return NextResponse.json({ code: error.code, message: error.message }, { status: error.status });
      throw error;
    }
  };
}
