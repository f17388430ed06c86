// The report: what it says of operations, routes and findings, and that it fits its schema.

import { describe, expect, it } from 'vitest';
import { hintFor, meaningOf, reasons } from '../../server/src/report/reasons.ts';
import { objectShape } from '../../server/src/shape/shape.ts';
import { bytes, openRoute, sampleFindings, sampleModel, sampleReport, streamRoute } from './sample.ts';
import { expectValid } from './schemas.ts';

describe('the report', () => {
  it('fits its schema, with and without findings', () => {
    expectValid('report', sampleReport());
    expectValid('report', sampleReport(sampleModel(openRoute), []));
  });

  it('describes contracts and routes', () => {
    const report = sampleReport();
    expect(report.contracts).toEqual([
      {
        file: 'openapi.yaml',
        format: 'openapi',
        specVersion: '3.0.3',
        title: 'Orders',
        version: '1.2.0',
        role: 'owned',
        operations: 2,
        app: '.',
      },
    ]);
    expect(report.routes).toEqual([
      {
        method: 'ALL',
        path: '/admin',
        file: 'src/orders.ts',
        line: 9,
        framework: 'express',
        params: [{ name: 'expand', in: 'query' }],
        operation: null,
        contract: null,
      },
      {
        method: 'GET',
        path: '/orders/{id}',
        file: 'src/orders.ts',
        line: 8,
        framework: 'express',
        params: [
          { name: 'id', in: 'path' },
          { name: 'expand', in: 'query' },
        ],
        operation: 'GET /orders/{id}',
        contract: 'openapi.yaml',
      },
    ]);
  });

  it('verifies an operation only when a route serves it and nothing is open', () => {
    const [get, remove] = sampleReport().operations;
    expect(get).toMatchObject({ verified: true, unknowns: [], handlers: [{ file: 'src/orders.ts', line: 8 }] });
    expect(remove).toMatchObject({
      verified: false,
      handlers: [],
      unknowns: [{ axis: 'route', reason: 'dynamic-path' }],
    });

    const [open] = sampleReport(sampleModel(openRoute)).operations;
    expect(open?.verified).toBe(false);
    expect(open?.unknowns).toEqual([
      {
        axis: 'statuses',
        reason: 'custom-error-mapper',
        file: 'src/orders.ts',
        line: 5,
        hint: hintFor('custom-error-mapper'),
      },
    ]);
  });

  it('asks for no part of a body that is declared as bytes', () => {
    const taken = sampleReport(sampleModel(streamRoute, bytes)).operations[0];
    expect(taken?.unknowns).toEqual([]);
    const object = sampleReport(sampleModel(streamRoute, { ...bytes, shape: objectShape([], 'allowed') }))
      .operations[0];
    expect(object?.unknowns).toMatchObject([{ axis: 'body', reason: 'request-escapes' }]);
  });

  it('places findings from 1, on both sides, with fixes but not their data', () => {
    const [finding] = sampleReport().findings;
    expect(finding?.code).toEqual({ file: 'src/orders.ts', line: 5, column: 31, endLine: 5, endColumn: 34 });
    expect(finding?.contract).toMatchObject({ file: 'openapi.yaml', line: 7, column: 7, pointer: expect.any(String) });
    expect(finding?.fixes).toEqual([
      { id: 'add-response', title: 'Declare 404', side: 'contract', safety: 'suggestion' },
    ]);
  });

  it('counts what is not suppressed and leaves out what the configuration silences', () => {
    const report = sampleReport();
    expect(report.findings).toHaveLength(sampleFindings.length - 1);
    expect(report.summary).toEqual({
      operations: 2,
      verified: 1,
      implemented: 1,
      undocumentedRoutes: 1,
      findings: { error: 1, warning: 1, information: 1, hint: 0 },
      suppressed: 1,
      files: 2,
      milliseconds: 12,
    });
  });

  it('has a meaning and one line of help for every reason', () => {
    for (const reason of reasons) {
      expect(meaningOf(reason)).toMatch(/^[a-z].*[^.]$/);
      expect(hintFor(reason)).toMatch(/^[A-Z][^\n]*\.$/);
    }
    expect(reasons).toHaveLength(19);
  });
});
