import type { NextFunction, Request, Response } from 'express';

export type ErrorCode = 'unknown_product' | 'unknown_basket' | 'sold_out' | 'invalid_request';

export class StoreError extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
  ) {
    super(code);
  }
}

export class UnknownProduct extends StoreError {
  constructor() {
    super(404, 'unknown_product');
  }
}

export class UnknownBasket extends StoreError {
  constructor() {
    super(404, 'unknown_basket');
  }
}

export class SoldOut extends StoreError {
  constructor() {
    super(409, 'sold_out');
  }
}

export class InvalidRequest extends StoreError {
  constructor() {
    super(400, 'invalid_request');
  }
}

/** Turns what the handlers throw into the error body of the contract. */
export function answerErrors(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (error instanceof StoreError) {
    res.status(error.status).json({ code: error.code, message: 'The request was refused.' });
    return;
  }
  next(error);
}
