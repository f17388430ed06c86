// Owns what was read by hand in the differences of consecutive versions of published contracts (Adyen's Checkout 70 to 72, Transfers 2 to 3,
// Payment 67 to 68, MIT licence): names of schemas and properties with what became of them. The texts themselves are not here; the facts are
// written into contracts of our own with the same edits.

export type Edit =
  | readonly ['removed' | 'added' | 'required' | 'optional' | 'deprecated', ...names: string[]]
  | readonly ['requiredAdded', ...names: string[]]
  | readonly ['set', property: string, keyword: string, before: unknown, after: unknown]
  | readonly ['opened'];

export interface SchemaFacts {
  readonly schema: string;
  readonly sent: boolean;
  readonly received?: boolean;
  readonly edits: readonly Edit[];
}

export interface Release {
  readonly name: string;
  readonly files: readonly [base: string, revision: string];
  readonly level: 'breaking' | 'compatible';
  readonly schemas: readonly SchemaFacts[];
  readonly operations?: readonly string[];
  /** Success statuses that are new: `POST /transfers 200`. */
  readonly answers?: readonly string[];
}

const sent = (schema: string, ...edits: Edit[]): SchemaFacts => ({ schema, sent: true, edits });
const received = (schema: string, ...edits: Edit[]): SchemaFacts => ({ schema, sent: false, edits });
const longest = (property: string, before: unknown, after: unknown): Edit => [
  'set',
  property,
  'maxLength',
  before,
  after,
];
const platform: Edit = ['added', 'platformChargebackLogic'];

export const releases: readonly Release[] = [
  {
    name: 'Checkout 70 to 71',
    files: ['CheckoutService-v70.yaml', 'CheckoutService-v71.yaml'],
    level: 'breaking',
    schemas: [
      sent('DonationPaymentRequest', [
        'removed',
        'additionalAmount',
        'allowedPaymentMethods',
        'blockedPaymentMethods',
        'captureDelayHours',
        'company',
        'dccQuote',
        'deliveryDate',
        'enableOneClick',
        'enablePayOut',
        'enableRecurring',
        'entityType',
        'fraudOffset',
        'fundOrigin',
        'fundRecipient',
        'fundingSource',
        'industryUsage',
        'installments',
        'localizedShopperStatement',
        'mandate',
        'mcc',
        'merchantOrderReference',
        'order',
        'orderReference',
        'platformChargebackLogic',
        'recurringExpiry',
        'recurringFrequency',
        'riskData',
        'selectedRecurringDetailReference',
        'shopperStatement',
        'splits',
        'storePaymentMethod',
        'trustedShopper',
      ]),
      sent('PaymentLinkRequest', ['set', 'expiresAt', 'format', undefined, 'date-time']),
      received('PaymentLinkResponse', ['set', 'expiresAt', 'format', undefined, 'date-time']),
      received('CheckoutForwardResponse', ['added', 'pspReference']),
      received('PaymentAmountUpdateResponse', ['added', 'lineItems']),
      received('StoredPaymentMethodResource', ['added', 'mandate']),
    ],
  },
  {
    name: 'Checkout 71 to 72',
    files: ['CheckoutService-v71.yaml', 'CheckoutService-v72.yaml'],
    level: 'breaking',
    schemas: [
      sent('BillingAddress', longest('postalCode', undefined, 10), longest('stateOrProvince', 1000, 3)),
      sent('DeliveryAddress', longest('postalCode', undefined, 10), longest('stateOrProvince', 1000, 3)),
      sent('CreateCheckoutSessionRequest', longest('returnUrl', 8000, 1024)),
      received('CreateCheckoutSessionResponse', longest('returnUrl', 8000, 1024)),
      sent('DirectDebitAuDetails', ['required', 'holderName']),
      received('Donation', ['deprecated', 'donationType'], ['optional', 'donationType']),
      sent(
        'DonationPaymentRequest',
        ['removed', 'additionalData', 'conversionId', 'deliverAt', 'threeDSAuthenticationOnly'],
        longest('returnUrl', 8000, 1024),
      ),
      sent(
        'PaymentAmountUpdateRequest',
        ['added', 'adjustAuthType', 'adjustAuthorisationData', 'mpiData'],
        ['removed', 'enhancedSchemeData'],
      ),
      received(
        'PaymentAmountUpdateResponse',
        ['added', 'adjustAuthorisationData'],
        ['set', 'status', 'enum', ['received'], ['authorised', 'received', 'refused']],
      ),
      sent('PaymentCancelRequest', ['removed', 'enhancedSchemeData']),
      sent('PaymentReversalRequest', ['removed', 'enhancedSchemeData']),
      sent('StandalonePaymentCancelRequest', ['removed', 'enhancedSchemeData']),
      sent(
        'PaymentRequest',
        ['removed', 'conversionId'],
        longest('reference', undefined, 80),
        longest('returnUrl', 8000, 1024),
        longest('shopperEmail', undefined, 256),
        longest('shopperIP', 1000, 50),
        longest('socialSecurityNumber', undefined, 50),
        longest('telephoneNumber', undefined, 64),
      ),
      received('StoredPaymentMethodResource', ['added', 'billingAddress', 'createdAt', 'firstPspReference']),
    ],
  },
  {
    name: 'Transfers 2 to 3',
    answers: ['POST /transfers 200'],
    files: ['TransferService-v2.yaml', 'TransferService-v3.yaml'],
    level: 'breaking',
    operations: [
      'GET /grants',
      'POST /grants',
      'GET /grants/{id}',
      'POST /transfers/approve',
      'POST /transfers/cancel',
      'POST /transfers/{transferId}/returns',
      'POST /cashouts',
    ],
    schemas: [
      {
        schema: 'Amount',
        sent: true,
        received: true,
        edits: [['opened'], longest('currency', 3, undefined), ['set', 'currency', 'minLength', 3, undefined]],
      },
      received('InvalidField', ['opened']),
      // The account of a counterparty got another schema, with properties of its own, in both directions.
      {
        schema: 'BankAccountInfo>BankAccountV3',
        sent: true,
        received: true,
        edits: [
          ['removed', 'address', 'iban', 'ownerName'],
          ['requiredAdded', 'accountHolder', 'accountIdentification'],
          ['added', 'storedPaymentMethodId'],
        ],
      },
      received('Counterparty>CounterpartyV3', ['added', 'card']),
      sent('CounterpartyInfo>CounterpartyInfoV3', ['added', 'card']),
      received('Transaction', ['added', 'eventId'], ['set', 'type', 'enum', ['payment'], ['payment', 'subsidization']]),
      received(
        'Transfer',
        ['removed', 'bank'],
        [
          'added',
          'accountHolder',
          'balanceAccount',
          'createdAt',
          'creationDate',
          'directDebitInformation',
          'executionDate',
          'paymentInstrument',
          'priority',
          'review',
          'type',
          'ultimateParty',
        ],
        ['requiredAdded', 'category'],
        ['deprecated', 'balanceAccountId', 'paymentInstrumentId'],
        longest('referenceForBeneficiary', 80, undefined),
        ['set', 'reason', 'enum', ['approved'], ['approved', 'avsDeclined']],
        ['set', 'status', 'enum', ['authorised'], ['authorised', 'pending']],
      ),
      sent(
        'TransferInfo',
        ['removed', 'bank'],
        ['requiredAdded', 'category'],
        ['added', 'executionDate', 'priority', 'review', 'type', 'ultimateParty'],
        longest('referenceForBeneficiary', 80, undefined),
      ),
    ],
  },
  {
    name: 'Payment 67 to 68',
    files: ['PaymentService-v67.yaml', 'PaymentService-v68.yaml'],
    level: 'compatible',
    schemas: [
      sent('AccountInfo', ['deprecated', 'homePhone', 'mobilePhone', 'workPhone']),
      sent('AdjustAuthorisationRequest', platform),
      sent('CancelOrRefundRequest', platform),
      sent('CancelRequest', platform),
      sent('CaptureRequest', platform),
      sent('DonationRequest', platform),
      sent('RefundRequest', platform),
      sent('TechnicalCancelRequest', platform),
      sent('VoidPendingRefundRequest', platform),
      sent('FundDestination', ['added', 'IBAN']),
      sent('Installments', ['added', 'extra']),
      sent(
        'MerchantRiskIndicator',
        ['deprecated', 'deliveryEmail'],
        ['added', 'deliveryEmailAddress', 'giftCardCurr', 'preOrderPurchaseInd', 'reorderItemsInd', 'shipIndicator'],
      ),
      sent('PaymentRequest', [
        'added',
        'localizedShopperStatement',
        'platformChargebackLogic',
        'secureRemoteCommerceCheckoutData',
      ]),
      sent('PaymentRequest3d', ['added', 'localizedShopperStatement']),
      sent('PaymentRequest3ds2', ['added', 'localizedShopperStatement']),
      sent(
        'ThreeDS2RequestData',
        ['deprecated', 'challengeIndicator'],
        [
          'added',
          'acctInfo',
          'acctType',
          'addrMatch',
          'homePhone',
          'mobilePhone',
          'payTokenInd',
          'paymentAuthenticationUseCase',
          'purchaseInstalData',
          'recurringExpiry',
          'recurringFrequency',
          'threeDSRequestorAuthenticationInd',
          'threeDSRequestorAuthenticationInfo',
          'threeDSRequestorChallengeInd',
          'threeDSRequestorPriorAuthenticationInfo',
          'transType',
          'workPhone',
        ],
      ),
      { schema: 'ThreeDS2Result', sent: true, received: true, edits: [['added', 'threeDSRequestorChallengeInd']] },
      sent('ThreeDSecureData', ['added', 'tokenAuthenticationVerificationValue']),
    ],
  },
];
