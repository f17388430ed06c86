export type Currency = 'EUR' | 'GBP' | 'USD';

export type PaymentStatus = 'authorized' | 'captured' | 'cancelled' | 'refunded';

/** Amounts are integers in the currency's minor unit: 1050 EUR are ten euros and fifty cents. */
export interface Payment {
  id: string;
  status: PaymentStatus;
  amount: number;
  capturedAmount: number;
  refundedAmount: number;
  currency: Currency;
  orderReference: string;
  description: string | null;
  createdAt: Date;
  capturedAt: Date | null;
}

export type RefundReason = 'duplicate' | 'fraudulent' | 'requested_by_customer';

export interface Refund {
  id: string;
  paymentId: string;
  amount: number;
  currency: Currency;
  reason: RefundReason | null;
  status: 'pending' | 'succeeded';
  createdAt: Date;
}

export interface Payout {
  id: string;
  amount: number;
  currency: Currency;
  status: 'scheduled' | 'paid';
  /** Unknown until the bank confirms the transfer. */
  arrivalDate: Date | null;
}

export type WebhookEvent = 'payment.captured' | 'payment.cancelled' | 'refund.succeeded';

export interface WebhookEndpoint {
  id: string;
  url: string;
  events: WebhookEvent[];
  secret: string;
  createdAt: Date;
}
