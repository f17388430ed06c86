/** Everything that the service refuses on purpose. The error middleware turns it into a problem document. */
export class CheckoutError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class BadRequestError extends CheckoutError {
  constructor(message: string) {
    super(400, 'bad_request', message);
  }
}

export class UnauthorizedError extends CheckoutError {
  constructor() {
    super(401, 'unauthorized', 'The API key is missing or unknown.');
  }
}

export class CardDeclinedError extends CheckoutError {
  constructor(readonly declineCode: string) {
    super(402, 'card_declined', `The issuer declined the card: ${declineCode}.`);
  }
}

export class NotFoundError extends CheckoutError {
  constructor(what: string, id: string) {
    super(404, 'not_found', `${what} ${id} does not exist.`);
  }
}

export class ConflictError extends CheckoutError {
  constructor(code: string, message: string) {
    super(409, code, message);
  }
}

export class UnprocessableError extends CheckoutError {
  constructor(code: string, message: string) {
    super(422, code, message);
  }
}
