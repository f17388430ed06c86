export class ServiceError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function handleErrors(error, _req, res, _next) {
  if (error instanceof ServiceError) {
    return res.status(error.status).json({ code: error.code, message: error.message });
  }
  return res.status(500).json({ code: 'internal', message: 'something went wrong' });
}
