import type { CreatePayment } from '../schemas.js';

export interface Authorization {
  approved: boolean;
  declineCode: string;
}

/** Stands for the card network: the test number that ends in 0002 is always declined. */
export async function authorize(card: CreatePayment['card'], amount: number): Promise<Authorization> {
  if (card.number.endsWith('0002')) {
    return { approved: false, declineCode: 'insufficient_funds' };
  }
  return { approved: amount > 0, declineCode: 'invalid_amount' };
}
