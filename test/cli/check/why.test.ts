// `fidelity check`: all that is known of one operation.

import { describe, expect, it } from 'vitest';
import { drifting, fidelity, workspace } from '../run-fidelity.ts';

describe('--why', () => {
  it('says all that is known of one operation', async () => {
    const folder = workspace(drifting);
    const { code, stdout } = await fidelity(folder, ['check', '--why', 'get /orders/{id}']);
    expect(code).toBe(0);
    expect(stdout).toContain('GET /orders/{id}\n  declared at openapi.yaml:5:5\n  parameters: path:id (required)');
    expect(stdout).toContain('  responses: 200\n  security: not mentioned\n');
    expect(stdout).toContain('Served as GET /orders/{id} by express, registered at src/app.js:4:1');
    expect(stdout).toMatch(/^ {4}404 from a handler at src\/app\.js:5:48: object/m);
    expect(stdout).toContain('and nothing else');
    expect(stdout).toMatch(/^ {4}path:id.* at src\/app\.js:5:/m);
  });

  it('names the nearest operations when there is none of that name', async () => {
    const { code, stderr } = await fidelity(workspace(drifting), ['check', '--why', 'GET /order/{id}']);
    expect(stderr).toBe('error: No contract has the operation "GET /order/{id}". Did you mean GET /orders/{id}?\n');
    expect(code).toBe(2);
  });
});
