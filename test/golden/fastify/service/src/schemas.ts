export const parcel = {
  $id: 'Parcel',
  type: 'object',
  required: ['id', 'weight', 'state', 'note'],
  properties: {
    id: { type: 'string' },
    weight: { type: 'integer' },
    state: { type: 'string', enum: ['waiting', 'delivered'] },
    note: { type: 'string', nullable: true },
  },
} as const;

export const newParcel = {
  $id: 'NewParcel',
  type: 'object',
  required: ['weight'],
  properties: {
    weight: { type: 'integer', minimum: 1, maximum: 30000 },
    note: { type: 'string', maxLength: 200 },
  },
} as const;

export const problem = {
  $id: 'Problem',
  type: 'object',
  required: ['code', 'message'],
  properties: { code: { type: 'string' }, message: { type: 'string' } },
} as const;

export const byId = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } as const;
