export class LedgerError extends Error {
  statusCode: number;
  code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

export class UnauthorizedError extends LedgerError {
  constructor() {
    super(401, 'unauthorized', 'The API key is missing or unknown.');
  }
}

export class AccountNotFoundError extends LedgerError {
  constructor(id: string) {
    super(404, 'account_not_found', `There is no account ${id}.`);
  }
}

export class TransferNotFoundError extends LedgerError {
  constructor(id: string) {
    super(404, 'transfer_not_found', `There is no transfer ${id}.`);
  }
}

export class AccountNotEmptyError extends LedgerError {
  constructor(id: string) {
    super(409, 'account_not_empty', `The account ${id} still holds money.`);
  }
}

export class DuplicateTransferError extends LedgerError {
  constructor(key: string) {
    super(409, 'duplicate_transfer', `The key ${key} belongs to another transfer.`);
  }
}

export class InsufficientFundsError extends LedgerError {
  constructor(missing: number) {
    super(422, 'insufficient_funds', `The account lacks ${missing}.`);
  }
}
