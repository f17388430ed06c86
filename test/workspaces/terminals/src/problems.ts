import type { Request, ResponseToolkit } from '@hapi/hapi';

/** What goes wrong is answered with a title and a detail. */
export function problems(request: Request, h: ResponseToolkit) {
  const { response } = request;
  if (!('isBoom' in response) || !response.isBoom) return h.continue;
  const { statusCode, error, message } = response.output.payload;
  return h.response({ status: statusCode, title: error, detail: message }).code(statusCode);
}
