// `fidelity check`: what is said when input is not as it should be.

import { existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectValid } from '../../report/schemas.ts';
import { agreeing, drifting, fidelity, workspace } from '../run-fidelity.ts';

describe('bad input', () => {
  const contract = drifting['openapi.yaml']!;
  const withReference = (target: string): Readonly<Record<string, string>> => ({
    ...agreeing,
    'openapi.yaml': agreeing['openapi.yaml']!.replace(
      "'404': { description: None. }",
      `'404': { description: None., content: { application/json: { schema: { $ref: '${target}' } } } }`,
    ),
  });

  it.each([
    ['/etc/passwd', /out of the workspace/],
    ['../../../../../../etc/passwd', /out of the workspace/],
    ['http://127.0.0.1:9/schema.yaml', /http:\/\/127\.0\.0\.1:9\/schema\.yaml/],
    ['missing.yaml#/x', /missing\.yaml/],
  ])('names a reference to %s, reads nothing there and proves nothing by it', async (target, message) => {
    const { code, stdout, stderr } = await fidelity(workspace(withReference(target)), ['check', '-f', 'json']);
    expect(stderr).toMatch(message);
    expect(`${stdout}${stderr}`).not.toContain('root:');
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });

  it('survives references in a circle', async () => {
    const circle = `${contract}components:\n  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n`;
    const used = circle.replace('type: object\n', "$ref: '#/components/schemas/A'\n                x: object\n");
    const { code, stderr } = await fidelity(workspace({ ...drifting, 'openapi.yaml': used }), ['check']);
    expect(stderr).not.toContain('The analysis failed');
    expect([0, 1]).toContain(code);
  });

  it('ends with 2 for a truncated contract and names the line', async () => {
    const broken = {
      ...drifting,
      'openapi.yaml': `${contract.slice(0, contract.indexOf('responses'))}responses: {'200': {`,
    };
    const { code, stderr } = await fidelity(workspace(broken), ['check']);
    expect(stderr).toMatch(/^error: openapi\.yaml:\d+:\d+: /);
    expect(code).toBe(2);
  });

  it('ends with 2 for an alias bomb', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `x-${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
    );
    const bomb = `openapi: 3.0.3\ninfo: { title: Bomb, version: '1' }\nx-0: &a0 [boom]\n${levels.join('\n')}\npaths: *a12\n`;
    const { code, stderr } = await fidelity(workspace({ ...drifting, 'openapi.yaml': bomb }), ['check']);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('The analysis failed');
    expect(code).toBe(2);
  });

  it('ends with 2 for a contract of 100 MB and says why it was not read', async () => {
    const folder = workspace({ 'package.json': '{}' });
    writeFileSync(join(folder, 'openapi.json'), '{"openapi":"3.0.3"}');
    truncateSync(join(folder, 'openapi.json'), 100 * 1024 * 1024);
    const found = await fidelity(folder, ['check']);
    expect(found.stderr).toContain('openapi.json was not read: it has 100 MB, and 20 MB is the limit.');
    expect(found.code).toBe(2);
    const named = await fidelity(folder, ['check', '--contract', 'openapi.json']);
    expect(named.stderr).toMatch(/openapi\.json.*larger/);
    expect(named.code).toBe(2);
  });

  it('ends with 2 for NUL bytes and for a folder in the place of a contract', async () => {
    const binary = workspace({ 'openapi.yaml': 'openapi: 3.0.3\0\npaths: {}\n' });
    const { code, stderr } = await fidelity(binary, ['check']);
    expect(stderr).toContain('openapi.yaml was not read: it holds NUL bytes.');
    expect(code).toBe(2);
    const folder = workspace({});
    mkdirSync(join(folder, 'openapi.yaml'));
    expect((await fidelity(folder, ['check', '--contract', 'openapi.yaml'])).code).toBe(2);
  });

  it('reads the rest when one of several contracts or one source file is broken', async () => {
    const folder = workspace({ ...drifting, 'other.yaml': 'openapi: 3.0.3\npaths: {', 'src/broken.js': 'function (' });
    const { code, stdout, stderr } = await fidelity(folder, ['check']);
    expect(stdout).toContain('status-undeclared');
    expect(stderr).toContain('error: other.yaml:');
    expect(code).toBe(1);
  });

  it('runs nothing of the workspace', async () => {
    const trap = "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'ran'), '');\n";
    const folder = workspace({
      ...drifting,
      'src/app.js': trap + drifting['src/app.js'],
      'fidelity.config.js': trap,
      '.spectral.js': trap,
      'node_modules/express/index.js': trap,
      'node_modules/express/package.json': '{ "name": "express", "main": "index.js" }',
    });
    await fidelity(folder, ['check']);
    expect(['src/ran', 'ran', 'node_modules/express/ran'].filter((path) => existsSync(join(folder, path)))).toEqual([]);
  });
});
