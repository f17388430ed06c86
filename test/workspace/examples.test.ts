// Owns the tests of the shipped example with its seeded drifts, and of the services that agree with their contracts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/findings/finding.ts';
import { services } from '../mutants/catalogue.ts';
import { lineOf, Session } from '../mutants/engine.ts';

const root = process.cwd();

/** Rule, operation and subject of every seeded drift, in the order of the README. */
const seeded = [
  'status-undeclared | POST /payments | 402',
  'success-status-mismatch | POST /payments/{paymentId}/refunds | 200',
  'parameter-required-unenforced | POST /payments/{paymentId}/refunds | header:Idempotency-Key',
  'status-unreturned | POST /payments/{paymentId}/cancel | 409',
  'parameter-constraint-mismatch | GET /payments | query:limit',
  'body-type-mismatch | POST /payments | body.currency',
  'body-required-mismatch | POST /payments/{paymentId}/capture | body.amount',
  'response-null-undeclared | GET /payouts/{payoutId} | 200.body.arrivalDate',
  'response-type-mismatch | GET /balance | 200.body.asOf',
  'response-field-missing | POST /webhook-endpoints | 201.body.secret',
  'security-guard-missing | GET /reports/settlement | secretKey',
  'operation-undocumented | - | POST /v1/payments/{paymentId}/write-off',
];

const said = (finding: Finding) => `${finding.rule} | ${finding.operation ?? '-'} | ${finding.subject}`;

describe('examples/checkout', () => {
  it('gives exactly the seeded drifts, each with a place on a side that has one', async () => {
    const { findings } = await new Session(join(root, 'examples/checkout')).check();
    expect(findings.map(said).sort()).toEqual([...seeded].sort());
    for (const finding of findings) {
      expect(finding.suppressed, finding.message).toBeNull();
      expect(finding.contract ?? finding.code, finding.message).not.toBeNull();
    }
  });

  it('lists in its README what is found, rule by rule and operation by operation', () => {
    const readme = readFileSync(join(root, 'examples/checkout/README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| \d+ \| `([a-z-]+)`[^|]*\| `([A-Z]+ [^`]+)` \|/gm)].map(
      (row) => `${row[1]} | ${row[2]}`,
    );
    expect(rows).toEqual(
      seeded.map((line) => {
        const [rule, operation, subject] = line.split(' | ');
        return `${rule} | ${operation === '-' ? subject : operation}`;
      }),
    );
  });

  it('is paired with its own contract when the twin lies beside it', async () => {
    const { model } = await new Session(join(root, 'examples')).check();
    for (const governed of model.governed) {
      const folder = governed.contract.file.slice(0, governed.contract.file.lastIndexOf('/'));
      expect(governed.apps.map((app) => app.folder)).toEqual([folder]);
    }
    expect(model.governed).toHaveLength(2);
  });
});

describe.each(services)('$folder', ({ folder }) => {
  it('binds every operation and reports nothing', async () => {
    const { findings, model } = await new Session(join(root, folder)).check();
    expect(findings.map((finding) => `${lineOf(finding)}: ${finding.message}`)).toEqual([]);
    expect(model.governed).toHaveLength(1);
    expect(model.governed[0]!.role).toBe('owned');
    const unbound = model.governed[0]!.bindings.filter(({ routes }) => routes.length === 0);
    expect(unbound.map(({ operation }) => operation.key)).toEqual([]);
    expect(model.governed[0]!.routeCompleteness).toEqual({ closed: true });
  });
});
