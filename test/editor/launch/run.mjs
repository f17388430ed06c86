// Owns `npm run test:editor`: packages the extension, runs the suite on the package in a real editor, then the UI test.
// It passes only when a results file says that every test of the suite ran and passed.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { installEditor } from './install.mjs';
import { unpackExtension } from './unpack.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const scratch = path.join(root, '.vscode-test');
const artifacts = path.join(scratch, 'artifacts');
const extension = path.join(scratch, 'extension');
const vsix = path.join(scratch, 'contract-fidelity.vsix');
const suite = path.join(root, 'test/editor/suite');
const fixture = path.join(root, 'examples/checkout');

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.status ?? result.error}`);
}

/** Builds and packages the extension as it is published: by the project's own script, with another target. */
function packageExtension() {
  run('npm', ['run', '--silent', 'package', '--', '--out', vsix]);
  unpackExtension(vsix, extension);
  console.log(`packaged: ${(fs.statSync(vsix).size / 1024 / 1024).toFixed(2)} MB`);
}

/** The suite as CommonJS, the form in which every extension host loads it. */
async function bundleSuite() {
  const outfile = path.join(scratch, 'suite/index.cjs');
  await build({
    entryPoints: [path.join(suite, 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}

/** How many tests the suite has, counted in its sources: a suite that loses tests on the way must not pass. */
function expectedTests() {
  const files = fs.readdirSync(suite).filter((name) => name.endsWith('.test.ts'));
  const texts = files.map((name) => fs.readFileSync(path.join(suite, name), 'utf8'));
  return texts.reduce((sum, text) => sum + (text.match(/^\s*it\(/gm)?.length ?? 0), 0);
}

/** The desktop VS Code when it can be had; undefined where the network or the display is missing. */
async function desktop() {
  const wanted = process.env.EDITOR_TEST_LAUNCHER;
  if (wanted === 'workbench') return undefined;
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY);
  const reachable = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
    signal: AbortSignal.timeout(5000),
  }).then(
    (response) => response.ok,
    () => false,
  );
  if (reachable && hasDisplay) return downloadAndUnzipVSCode({ cachePath: scratch });
  if (wanted === 'desktop') throw new Error('the desktop was asked for, but it cannot be had here');
  return undefined;
}

async function runSuite() {
  const results = path.join(artifacts, 'suite-results.json');
  fs.rmSync(results, { force: true });
  // The suite edits its workspace, so that it gets a copy.
  const workspace = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'fidelity-editor-')));
  fs.cpSync(fixture, workspace, { recursive: true });
  const executable = await desktop();
  console.log(executable ? `desktop: ${executable}` : 'workbench: code-server in a browser');
  if (!executable) installEditor();
  try {
    await runTests({
      vscodeExecutablePath: executable ?? path.join(import.meta.dirname, 'workbench-shim.mjs'),
      extensionDevelopmentPath: extension,
      extensionTestsPath: await bundleSuite(),
      launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
      extensionTestsEnv: { EDITOR_TEST_RESULTS: results, EDITOR_TEST_ARTIFACTS: artifacts },
    });
  } finally {
    fs.rmSync(workspace, { recursive: true, force: true });
  }
  const { stats } = JSON.parse(fs.readFileSync(results, 'utf8'));
  const expected = expectedTests();
  console.log(`suite: ${stats.passes} of ${expected} tests passed`);
  if (expected === 0 || stats.passes !== expected || stats.failures > 0 || stats.pending > 0) {
    throw new Error(
      `the results file tells of ${stats.passes} passes, ${stats.failures} failures and ${stats.pending} skipped tests`,
    );
  }
}

async function runUi() {
  const { runUiTest } = await import('../ui/ui-test.mjs');
  await runUiTest({ vsix, fixture, artifacts, editor: installEditor(), ...(group && { only: group }) });
  if (group) return;
  const { runReportPageTest } = await import('../ui/report-page-test.mjs');
  await runReportPageTest({ artifacts, editor: installEditor() });
}

fs.mkdirSync(artifacts, { recursive: true });
/** `--only=suite`, `--only=ui`, or `--only=ui:GROUP` for one group of steps. */
const [only, group] = (process.argv.find((value) => value.startsWith('--only=')) ?? '')
  .slice('--only='.length)
  .split(':');
// For work on the tests alone: the package of the last run stands in.
if (!process.argv.includes('--packaged')) packageExtension();
if (only !== 'ui') await runSuite();
if (only !== 'suite') await runUi();
console.log('editor tests passed');
