export class ServiceError extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

export class NotFound extends ServiceError {
  constructor() {
    super(404, 'not_found', 'there is no such parcel');
  }
}
