// Owns the ruleset `contract-fidelity/payments`: what a payment API's own contract should declare, as plain data for Spectral. It
// imports nothing, so that any Spectral can use it. It must not know our model; its functions are in `payment-conditions.ts`.

import {
  amountWithoutCurrency,
  type Condition,
  cardDataInAddress,
  cardDataInSchema,
  currencyWithoutBounds,
  deprecatedWithoutSunset,
  errorWithoutCode,
  floatingAmount,
  keyWithoutBound,
  missingConflicts,
  missingKey,
  rateLimitWithoutHeader,
} from './payment-conditions.ts';

const operations = '$.paths[*][get,put,post,delete,options,head,patch,trace]';

type Severity = 'error' | 'warn' | 'info' | 'hint';

/** A rule in Spectral's own words; its conditions say all that there is to say, so that the message is theirs. */
function rule(severity: Severity, description: string, given: string, condition: Condition): object {
  const said: [string, unknown][] = Object.entries({ description, message: '{{error}}', severity, given });
  return Object.fromEntries([...said, ['then', { function: condition }]]);
}

export const payments = {
  rules: {
    'pay-idempotency-undeclared': rule(
      'error',
      'An operation that moves money declares how a retry is told from a second payment.',
      '$.paths',
      missingKey,
    ),
    'pay-idempotency-key-unbounded': rule(
      'warn',
      'The key that makes a retry safe has a largest length.',
      '$.paths',
      keyWithoutBound,
    ),
    'pay-idempotency-conflict-undeclared': rule(
      'hint',
      'An operation with an idempotency key declares 409 and 422.',
      '$.paths',
      missingConflicts,
    ),
    'pay-rate-limit-undeclared': rule(
      'warn',
      'A response with 429 declares when to try again.',
      operations,
      rateLimitWithoutHeader,
    ),
    'pay-error-model-weak': rule(
      'warn',
      'An error has a body with a machine-readable code.',
      operations,
      errorWithoutCode,
    ),
    'pay-money-floating-point': rule(
      'error',
      'An amount is an integer of minor units or a decimal text, never a floating-point number.',
      '$.paths',
      floatingAmount,
    ),
    'pay-currency-missing': rule(
      'error',
      'An amount has its currency beside it or above it.',
      '$.paths',
      amountWithoutCurrency,
    ),
    'pay-currency-unconstrained': rule(
      'warn',
      'A currency has an enumeration, a pattern, a format or three letters.',
      '$.paths',
      currencyWithoutBounds,
    ),
    'pay-card-data-in-url': rule(
      'error',
      'No card number, security code or PIN stands in a path or in a query.',
      '$.paths',
      cardDataInAddress,
    ),
    'pay-card-data-in-response': rule(
      'error',
      'No security code, PIN or track data leaves in a response.',
      operations,
      cardDataInSchema,
    ),
    'pay-sunset-incomplete': rule('warn', 'What is deprecated says when it ends.', operations, deprecatedWithoutSunset),
  },
};
