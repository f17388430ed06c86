// Owns a running workbench: code-server with a throwaway profile, and a headless browser that shows it.
// It must not know what is tested in it.

import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';

/** A workbench without welcome pages, update checks and chat, which would take the focus and the space. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'window.commandCenter': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  // The built-in language features would add findings and light bulbs of their own to what is looked at.
  'typescript.validate.enable': false,
  'typescript.suggestionActions.enabled': false,
};

async function freePort() {
  const probe = net.createServer();
  await new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The environment without what would lead code-server out of its folder or into another VS Code. */
function cleanEnvironment(folder) {
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^(?:VSCODE_|CODE_SERVER_|ELECTRON_|PASSWORD$|PORT$)/.test(key),
  );
  return {
    ...Object.fromEntries(kept),
    // Without a gallery the workbench asks no extension market.
    EXTENSIONS_GALLERY: '{}',
    XDG_DATA_HOME: path.join(folder, 'data'),
    XDG_CONFIG_HOME: path.join(folder, 'config'),
    TMPDIR: path.join(folder, 'tmp'),
  };
}

/**
 * Starts the workbench.
 * @param {{ codeServer: string, node: string, drivesTests?: boolean, settings?: object, beside?: string[], vsix?: string, log: string }} options
 *   `drivesTests` makes it run extension tests on request; it also hushes notifications, so that UI tests go without.
 */
export async function startWorkbench({ codeServer, node, drivesTests = false, settings = {}, beside = [], vsix, log }) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-')));
  for (const name of ['profile/User', 'extensions', 'tmp']) fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'profile/User/settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
  for (const one of beside) fs.cpSync(one, path.join(folder, 'extensions', path.basename(one)), { recursive: true });
  const entry = path.join(codeServer, 'out/node/entry.js');
  const places = [
    ['--config', path.join(folder, 'config.yaml')],
    ['--user-data-dir', path.join(folder, 'profile')],
    ['--extensions-dir', path.join(folder, 'extensions')],
  ].flat();
  const env = cleanEnvironment(folder);
  if (vsix) {
    const installed = spawnSync(node, [entry, ...places, '--install-extension', vsix], { env, encoding: 'utf8' });
    if (installed.status !== 0)
      throw new Error(`the extension could not be installed:\n${installed.stdout}${installed.stderr}`);
  }
  const port = await freePort();
  const output = fs.openSync(log, 'w');
  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'];
  flags.push('--disable-workspace-trust', '--disable-getting-started-override', '--ignore-last-opened');
  if (drivesTests) flags.push('--vscode-option', 'enable-smoke-test-driver');
  const child = spawn(node, [entry, ...places, ...flags], { env, stdio: ['ignore', output, output], detached: true });
  let ended = false;
  const gone = new Promise((resolve) => {
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  const authority = `127.0.0.1:${port}`;

  /** Ends the server with its extension hosts, which are its process group. */
  const stop = async () => {
    const signal = (name) => {
      try {
        process.kill(-child.pid, name);
      } catch {
        // The group is gone already.
      }
    };
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), 5000);
    await gone;
    clearTimeout(late);
    signal('SIGKILL');
    fs.closeSync(output);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  const deadline = Date.now() + 60_000;
  for (;;) {
    if (ended) throw new Error(`code-server ended early; its log is ${log}`);
    const healthy = await fetch(`http://${authority}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) break;
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`code-server did not answer; its log is ${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { authority, origin: `http://${authority}`, folder, stop };
}

/** Opens the browser. @param {{ driver: string, browser: string }} options */
export async function openBrowser({ driver, browser }) {
  const { chromium } = createRequire(import.meta.url)(driver);
  return chromium.launch({
    executablePath: browser,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}

/** The workbench's address for a folder or a `.code-workspace` file, with what it should do at the start. */
export function addressOf(workbench, opened, payload) {
  const encoded = encodeURIComponent(JSON.stringify(payload));
  const kind = opened.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `${workbench.origin}/?${kind}=${encodeURI(path.resolve(opened))}&payload=${encoded}`;
}

/** A file's address inside of the workbench. */
export function remoteUri(workbench, file) {
  return `vscode-remote://${workbench.authority}${path.resolve(file)}`;
}
