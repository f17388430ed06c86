// Owns `npm run test:editor`: packages the extension, runs the suite on the package in a real editor, then the UI test.
// It passes only when a results file says that every test of the suite ran and passed.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { commitAll } from './commit.mjs';
import { installEditor } from './install.mjs';
import { checkPackage } from './package-content.mjs';
import { unpackExtension } from './unpack.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const scratch = path.join(root, '.vscode-test');
const artifacts = path.join(scratch, 'artifacts');
const extension = path.join(scratch, 'extension');
const vsix = path.join(scratch, 'contract-fidelity.vsix');
const suite = path.join(root, 'test/editor/suite');
const fixture = path.join(root, 'examples/checkout');

/** The workspaces that the suite runs in, each in an editor of its own. `opens` is what is opened below the copy, `committed` a released state, `beside` another extension. */
const workspaces = [
  { name: 'checkout', from: fixture, opens: '.', committed: true },
  {
    name: 'multi-root',
    from: path.join(root, 'test/editor/workspaces/multi-root'),
    opens: 'multi-root.code-workspace',
  },
  {
    name: 'virtual',
    from: path.join(root, 'test/editor/workspaces/virtual'),
    opens: 'virtual.code-workspace',
    beside: path.join(scratch, 'memory-extension'),
  },
  { name: 'unrelated', from: path.join(root, 'test/editor/workspaces/unrelated'), opens: '.' },
];

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.status ?? result.error}`);
}

/** Builds and packages the extension as it is published: by the project's own script, with another target. */
function packageExtension() {
  run('npm', ['run', '--silent', 'package', '--', '--out', vsix]);
  unpackExtension(vsix, extension);
  const pages = ['rules', 'findings'].flatMap((room) =>
    fs.readdirSync(path.join(root, 'server/src', room), { recursive: true }).filter((name) => name.endsWith('.md')),
  );
  checkPackage({ vsix, folder: extension, rulePages: pages.length });
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

/** An extension that opens folders in memory, so that a workspace can be virtual. */
async function bundleMemoryExtension() {
  const folder = path.join(scratch, 'memory-extension');
  await build({
    entryPoints: [path.join(suite, 'memory-extension.ts')],
    outfile: path.join(folder, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const manifest = {
    name: 'memory-folders',
    publisher: 'contract-fidelity',
    version: '1.0.0',
    engines: { vscode: '^1.91.0' },
    main: './extension.cjs',
    activationEvents: ['onFileSystem:memfs'],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** How many tests a suite has, counted in its sources: a suite that loses tests on the way must not pass. */
function expectedTests(name) {
  const folder = path.join(suite, name);
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
  const texts = files.map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));
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

/** Runs the suite in one workspace. @returns what the results file says of it */
async function runSuite({ name, from, opens, committed, beside }, executable, bundle) {
  const results = path.join(artifacts, `suite-results-${name}.json`);
  fs.rmSync(results, { force: true });
  // The suite edits its workspace, so that it gets a copy.
  const workspace = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'fidelity-editor-')));
  fs.cpSync(from, workspace, { recursive: true });
  if (committed) commitAll(workspace);
  let failure;
  try {
    await runTests({
      vscodeExecutablePath: executable ?? path.join(import.meta.dirname, 'workbench-shim.mjs'),
      extensionDevelopmentPath: beside ? [extension, beside] : extension,
      extensionTestsPath: bundle,
      launchArgs: [path.join(workspace, opens), '--disable-extensions', '--disable-workspace-trust'],
      extensionTestsEnv: {
        EDITOR_TEST_RESULTS: results,
        EDITOR_TEST_ARTIFACTS: artifacts,
        EDITOR_TEST_SUITE: name,
      },
    });
  } catch (error) {
    failure = error;
  } finally {
    fs.rmSync(workspace, { recursive: true, force: true });
  }
  const expected = expectedTests(name);
  const told = fs.existsSync(results) ? JSON.parse(fs.readFileSync(results, 'utf8')) : undefined;
  const { passes = 0, failures = 0, pending = 0 } = told?.stats ?? {};
  for (const { fullTitle, err } of told?.failures ?? []) console.error(`✖ ${fullTitle}: ${err.stack ?? err.message}`);
  console.log(`suite ${name}: ${passes} of ${expected} tests passed`);
  const whole = expected > 0 && passes === expected && failures === 0 && pending === 0;
  // A suite that ended without a failing test, and yet not with all of them, counts as one that failed.
  return { passes, failures: whole && !failure ? 0 : Math.max(1, failures), ...(failure && { failure }) };
}

/** Runs the suite in all workspaces, and writes one results file with the sums. */
async function runSuites() {
  const executable = await desktop();
  console.log(executable ? `desktop: ${executable}` : 'workbench: code-server in a browser');
  if (!executable) installEditor();
  const bundle = await bundleSuite();
  await bundleMemoryExtension();
  const stats = { passes: 0, failures: 0 };
  for (const one of workspaces.filter(({ name }) => group === undefined || group === name)) {
    const { passes, failures, failure } = await runSuite(one, executable, bundle);
    stats.passes += passes;
    stats.failures += failures;
    if (failure) console.error(failure);
  }
  fs.writeFileSync(path.join(artifacts, 'suite-results.json'), `${JSON.stringify({ stats }, null, 2)}\n`);
  if (stats.passes === 0 || stats.failures > 0) throw new Error(`${stats.failures} tests of the suite failed`);
}

async function runUi() {
  const { runUiTest } = await import('../ui/ui-test.mjs');
  await runUiTest({ vsix, fixture, artifacts, editor: installEditor(), ...(group && { only: group }) });
  if (group) return;
  const { runReportPageTest } = await import('../ui/report-page-test.mjs');
  await runReportPageTest({ artifacts, editor: installEditor() });
}

fs.mkdirSync(artifacts, { recursive: true });
/** `--only=suite`, `--only=suite:WORKSPACE`, `--only=ui`, or `--only=ui:GROUP` for one group of steps. */
const [only, group] = (process.argv.find((value) => value.startsWith('--only=')) ?? '')
  .slice('--only='.length)
  .split(':');
// For work on the tests alone: the package of the last run stands in.
if (!process.argv.includes('--packaged')) packageExtension();
if (only !== 'ui') await runSuites();
if (only !== 'suite') await runUi();
console.log('editor tests passed');
