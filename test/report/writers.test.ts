// The writers: what each format says about the same report.

import { describe, expect, it } from 'vitest';
import { writers } from '../../server/src/report/formats.ts';
import type { Presentation } from '../../server/src/report/presentation.ts';
import { openRoute, presentation, sampleFindings, sampleModel, sampleReport, texts } from './sample.ts';
import { expectValid } from './schemas.ts';

function write(format: string, extra: Partial<Presentation> = {}, report = sampleReport()): string {
  return writers.get(format)!(report, { ...presentation, ...extra });
}

describe('pretty', () => {
  it('shows both sides with frames, the steps, the fixes and what was verified', () => {
    const text = write('pretty');
    expect(text).toContain('  5:31     error  status-undeclared  GET /orders/{id}\n  returns 404 here, through `fail`');
    expect(text).toContain(
      [
        '    src/orders.ts:5:31',
        '      4 \u2502   const order = find(req.params.id);',
        "    > 5 \u2502   if (!order) return fail(res, 404, 'none');",
        '        \u2502                                ^^^',
        '      6 \u2502   res.json(order);',
        '',
        '    openapi.yaml:7:7',
        '      6 \u2502       operationId: getOrder',
        '    > 7 \u2502       responses:',
        '        \u2502       ^^^^^^^^^',
      ].join('\n'),
    );
    expect(text).toContain('    \u2514 src/orders.ts:5:21 calls fail\n    fix Declare 404');
    expect(text).toContain('3 findings: 1 error, 1 warning, 1 information (1 suppressed)');
    expect(text).toContain('Verified 1 of 2 operations; 1 is implemented; 1 route is in no contract.');
    expect(text).toContain(
      '? route: a path is put together at run time (openapi.yaml:9)\n    1 operation: DELETE /orders/{id}',
    );
  });

  it('says so when there is nothing to say', () => {
    expect(write('pretty', {}, sampleReport(sampleModel(), []))).toMatch(/^No findings\nVerified 1 of 2 operations/);
  });

  it('has colour only when it is asked for', () => {
    expect(write('pretty')).not.toContain('\u001b[');
    expect(write('pretty', { color: true })).toContain('\u001b[31merror\u001b[39m');
  });

  it('prints no more findings than asked, and says how many are left', () => {
    const text = write('pretty', { maxFindings: 1 });
    expect(text).toContain('status-undeclared');
    expect(text).not.toContain('operation-unimplemented');
    expect(text).toContain('2 more findings not shown (--max-findings).');
  });

  it('lets no text of the workspace steer the terminal', () => {
    const hostile = { ...sampleFindings[0]!, message: 'a\u001b]0;owned\u0007b\u202ec' };
    const source = texts['src/orders.ts']!.replace('none', '\u001b[2J\u009b');
    const text = write('pretty', { textOf: () => source }, sampleReport(sampleModel(), [hostile]));
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(text).toContain('a\u00b7]0;owned\u00b7b\u00b7c');
  });

  it('cuts long lines around the mark', () => {
    const source = `${'\n'.repeat(4)}${'a'.repeat(5_000)}`;
    const text = write('pretty', { textOf: () => source });
    const frame = text.split('\n').find((line) => line.includes('> 5'));
    expect(frame?.length).toBeLessThan(140);
    expect(frame).toMatch(/a\u2026$/);
  });

  it('asks for a text once, however many findings stand in it', () => {
    const asked: string[] = [];
    const textOf = (file: string): string | undefined => {
      asked.push(file);
      return texts[file];
    };
    write('pretty', { textOf }, sampleReport(sampleModel(), [...sampleFindings, ...sampleFindings]));
    expect(asked.length).toBeGreaterThan(1);
    expect(asked).toEqual([...new Set(asked)]);
  });
});

describe('json', () => {
  it('is the report and fits its schema', () => {
    const value: unknown = JSON.parse(write('json'));
    expect(value).toEqual(JSON.parse(JSON.stringify(sampleReport())));
    expectValid('report', value);
  });
});

describe('sarif', () => {
  it('fits the official schema, also for paths that need encoding', () => {
    expectValid('sarif', JSON.parse(write('sarif')));
    expectValid('sarif', JSON.parse(write('sarif', { shown: (file) => `a b/\u00e4#?/${file}` })));
    expectValid('sarif', JSON.parse(write('sarif', { shown: (file) => `/abs/${file}`, rules: [] })));
  });

  it('carries fingerprints, both sides, help and suppressions', () => {
    const { runs } = JSON.parse(write('sarif'));
    const [status, route, , suppressed] = runs[0].results;
    expect(status.partialFingerprints).toEqual({ 'contractFidelity/v1': sampleFindings[0]?.fingerprint });
    expect(status.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'src/orders.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 5, startColumn: 31, endLine: 5, endColumn: 34 },
    });
    expect(status.relatedLocations.map((one: { message: { text: string } }) => one.message.text)).toEqual([
      'What the contract says.',
      'calls fail',
    ]);
    expect(status.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe('openapi.yaml');
    expect(route.level).toBe('warning');
    expect(route.relatedLocations).toEqual([]);
    expect(suppressed.suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'internal', properties: { until: '2030-01-01' } },
    ]);
    const { rules } = runs[0].tool.driver;
    expect(rules[status.ruleIndex]).toMatchObject({
      id: 'status-undeclared',
      help: { text: 'Page\n\nx', markdown: '# Page\n\n`x`' },
    });
    expect(runs[0].invocations[0].toolExecutionNotifications).toHaveLength(2);
  });

  it('is equal for two runs over the same text', () => {
    expect(write('sarif')).toBe(
      write('sarif', {}, { ...sampleReport(), summary: { ...sampleReport().summary, milliseconds: 99 } }),
    );
  });
});

describe('github', () => {
  it('writes one escaped workflow command per finding', () => {
    const lines = write('github').split('\n');
    expect(lines[0]).toBe(
      '::error file=src/orders.ts,line=5,endLine=5,col=31,endColumn=34,title=status-undeclared (GET /orders/{id})' +
        '::returns 404 here, through `fail`, but `GET /orders/{id}` declares 200.%0AContract: openapi.yaml:7',
    );
    expect(lines[1]).toContain('::warning file=src/orders.ts');
    expect(lines[1]).toContain('| 100%25, which');
    expect(lines[2]).toContain('::notice file=openapi.yaml');
    expect(lines).toHaveLength(6);
  });
});

describe('junit', () => {
  it('has a failure for each finding that fails the run and a test for every other operation', () => {
    const text = write('junit');
    expect(text).toContain(
      '<testsuites name="contract-fidelity" tests="2" failures="1" errors="0" skipped="1" time="0.012">',
    );
    expect(text).toContain(
      '<testcase classname="openapi.yaml" name="GET /orders/{id} \u203a status-undeclared \u203a 404" time="0">',
    );
    expect(text).toContain('<failure type="status-undeclared" message="returns 404 here');
    expect(text).toContain('name="DELETE /orders/{id}"');
    expect(text).toContain('<skipped message="route: a path is put together at run time"/>');
  });

  it('follows the bound of the run and escapes what XML cannot hold', () => {
    const text = write('junit', { failOn: 'information' });
    expect(text).toContain('failures="3"');
    expect(text).toContain('serves &lt;b&gt;`ALL /admin`&lt;/b&gt; | 100%, which no contract has: &quot;x&quot;');
    expect(write('junit', { failOn: 'never' })).toContain('failures="0"');
    const hostile = { ...sampleFindings[0]!, message: 'a\u0000b\u001bc' };
    expect(write('junit', {}, sampleReport(sampleModel(), [hostile]))).toContain('a\u00b7b\u00b7c');
  });
});

describe('markdown', () => {
  it('has a table of findings and the reasons for what is unknown', () => {
    const text = write('markdown', {}, sampleReport(sampleModel(openRoute)));
    expect(text).toContain(
      '**3 findings: 1 error, 1 warning, 1 information (1 suppressed).** Verified 0 of 2 operations',
    );
    expect(text).toContain(
      '| error | `status-undeclared` | `GET /orders/{id}` | returns 404 here, through `fail`, but `GET /orders/{id}` declares 200. | `src/orders.ts:5` | `openapi.yaml:7` |',
    );
    expect(text).toContain(
      '| warning, likely | `operation-undocumented` |  | serves &lt;b&gt;`ALL /admin`&lt;/b&gt; \\| 100%',
    );
    expect(text).toContain('- **statuses: an error handler maps errors');
  });
});
