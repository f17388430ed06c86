// A server that dies while somebody types: the client starts another one, and what is shown is what was shown.

import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { findings, open, replace, ruleOf, until } from '../editor.ts';

const accounts = 'src/routes/accounts.ts';
const contract = 'openapi.yaml';

/** The processes of our server: children of this one, which is the extension host. */
function servers(): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1 << 24 });
  return listed.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid && /dist[\\/]server\.js/.test(command) ? [Number(pid)] : [];
  });
}

const shown = (): string =>
  [accounts, contract]
    .flatMap((path) => findings(path).map((one) => `${path} ${ruleOf(one)} ${one.message}`))
    .sort()
    .join('\n');

describe('a server that is killed while somebody types', () => {
  if (process.platform === 'win32') return;

  it('is started again by the client, and the findings of the unsaved text are the same', async () => {
    await open(contract);
    const editor = await open(accounts);
    const before = editor.document.getText();
    await until(shown, (text) => text.includes('response-type-mismatch'), 'the findings');
    // What only the buffer says: one finding less than the file has.
    await replace(editor, 'asOf: Date.now(),', 'asOf: new Date().toISOString(),');
    await until(shown, (text) => !text.includes('response-type-mismatch'), 'the findings of the unsaved text');
    const known = shown();
    assert.notEqual(known, '');
    const [first, ...others] = servers();
    assert.ok(first !== undefined && others.length === 0, `one server runs: ${servers().join()}`);

    process.kill(first, 'SIGKILL');
    // Typing goes on while nobody listens.
    await replace(editor, 'currency:', 'currency: ');
    await replace(editor, 'currency: ', 'currency:');
    const [second] = await until(servers, (pids) => pids.length === 1 && pids[0] !== first, 'another server');
    assert.notEqual(second, first);
    await until(
      async () => {
        // The new server has to have answered: what stands there may be left from the one before.
        const outcome = await vscode.commands.executeCommand<{ findings: number } | undefined>(
          'contractFidelity.checkWorkspace',
        );
        return (outcome?.findings ?? 0) > 0 && shown() === known;
      },
      (same) => same,
      'the same findings',
    );

    await editor.edit((builder) => builder.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), before));
    await until(shown, (text) => text.includes('response-type-mismatch'), 'the finding again');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
