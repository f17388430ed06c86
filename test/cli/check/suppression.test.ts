// `fidelity check`: comments that take a finding out of the verdict.

import { describe, expect, it } from 'vitest';
import { expectValid } from '../../report/schemas.ts';
import { drifting, fidelity, workspace } from '../run-fidelity.ts';

describe('suppression', () => {
  const comment = (text: string): Readonly<Record<string, string>> => ({
    ...drifting,
    'src/app.js': drifting['src/app.js']!.replace('  if (req', `  // fidelity-ignore ${text}\n  if (req`),
  });

  it('takes a finding out of the verdict and keeps it in the report', async () => {
    const folder = workspace(comment('status-undeclared -- the gateway answers it'));
    const { code, stdout } = await fidelity(folder, ['check', '-f', 'json']);
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(code).toBe(0);
    expect(report.findings[0].suppressed).toEqual({ by: 'comment', reason: 'the gateway answers it', until: null });
    expect(report.summary).toMatchObject({ suppressed: 1, findings: { error: 0 } });
  });

  it('ends on its day', async () => {
    const folder = workspace(comment('status-undeclared -- soon gone until 2026-05-31'));
    expect((await fidelity(folder, ['check'], { today: '2026-05-31' })).code).toBe(0);
    const after = await fidelity(folder, ['check'], { today: '2026-06-01' });
    expect(after.code).toBe(1);
    expect(after.stdout).toContain('suppression-expired');
  });

  it('reads the contract too', async () => {
    const contract = drifting['openapi.yaml']!.replace(
      '    get:\n',
      '    get:\n      x-fidelity-ignore: { status-undeclared: the gateway answers it }\n',
    );
    const { stdout } = await fidelity(workspace({ ...drifting, 'openapi.yaml': contract }), ['check', '-f', 'json']);
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'status-undeclared', suppressed: { by: 'contract' } }]);
  });
});
