// Holds that a schema is cut down for one operation only where no other has a part in it.

import { describe, expect, it } from 'vitest';
import { expressApp } from '../harness/express-app.ts';
import { after, findingsIn, foundBy, type Texts } from './offered.ts';

const service = (more: string): Texts => ({
  'openapi.yaml': `openapi: 3.0.3
info: { title: Refunds, version: 1.0.0 }
paths:
  /refunds:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Refund' }
      responses:
        '204': { description: Refunded }
${more}components:
  schemas:
    Refund:
      type: object
      required: [payment, amount]
      properties:
        payment: { type: string }
        # In cents.
        amount: { type: integer }
`,
  'app.ts': expressApp(
    "app.use(express.json());\n\nconst refunded = new Set<string>();\n\napp.post('/refunds', (req, res) => {\n  const { payment } = req.body;\n  refunded.add(String(payment));\n  res.status(204).end();\n});",
  ),
});

const another = `  /credits:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Refund' }
      responses:
        '204': { description: Credited }
`;

describe('a field that is never read', () => {
  it('is taken out of a component that this operation alone names, and of what that requires', async () => {
    const [finding] = await foundBy('body-field-unread', service(''));
    const texts = after(service(''), finding!.fixes[0]!);
    expect((await findingsIn(texts)).map(({ fingerprint }) => fingerprint)).not.toContain(finding!.fingerprint);
    expect(texts['openapi.yaml']).toContain(`    Refund:
      type: object
      required: [payment]
      properties:
        payment: { type: string }
`);
    expect(texts['openapi.yaml']).not.toContain('amount');
  });

  it('is left in a component that others name', async () => {
    const [finding] = await foundBy('body-field-unread', service(another));
    expect(finding).toMatchObject({ subject: 'body.amount', fixes: [] });
  });
});
