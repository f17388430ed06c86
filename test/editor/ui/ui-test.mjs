// Owns the test of what a person sees: the installed package in a workbench, driven by mouse and keyboard, with pictures.
// Each group of steps has a window and a copy of the example of its own. It must not reach behind the screen: everything is read from the page.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { commitAll } from '../launch/commit.mjs';
import { addressOf, openBrowser, remoteUri, startWorkbench } from '../launch/workbench.mjs';
import { baselineSteps } from './baseline-steps.mjs';
import { findingSteps } from './finding-steps.mjs';
import { germanSteps } from './german-steps.mjs';
import { linkSteps } from './link-steps.mjs';
import { reportSteps } from './report-steps.mjs';
import { Screen } from './screen.mjs';
import { versionSteps } from './version-steps.mjs';
import { walkthroughSteps } from './walkthrough-steps.mjs';
import { waySteps } from './way-steps.mjs';

const PATIENCE = Number(process.env.EDITOR_TEST_PATIENCE ?? 150_000);
const groups = [
  findingSteps,
  waySteps,
  linkSteps,
  reportSteps,
  baselineSteps,
  versionSteps,
  walkthroughSteps,
  germanSteps,
];

/** Makes a page's workbench one of another language: its own texts need a language pack, which is not to be had here, and extensions need none. */
async function speak(page, language, workbench) {
  await page.addInitScript((wanted) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: wanted }), language);
  await page.context().addCookies([{ name: 'vscode.nls.locale', value: language, url: workbench.origin }]);
}

async function runGroup(group, { browser, workbench, fixture, artifacts }) {
  const workspace = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'checkout-')));
  fs.cpSync(fixture, workspace, { recursive: true });
  if (group.committed) commitAll(workspace);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(PATIENCE);
  if (group.language) await speak(page, group.language, workbench);
  const screen = new Screen(page, { artifacts, workspace });
  let passed = 0;
  const step = async (title, action) => {
    await action();
    passed++;
    console.log(`✔ ${group.name}: ${title}`);
  };
  try {
    const [file, text] = group.opens;
    const { line, column } = screen.placeOf(file, text);
    const payload = [
      ['openFile', `${remoteUri(workbench, path.join(workspace, file))}:${line}:${column}`],
      ['gotoLineMode', 'true'],
    ];
    await page.goto(addressOf(workbench, workspace, payload));
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    await group.run(screen, step);
    return passed;
  } catch (error) {
    await page.screenshot({ path: path.join(artifacts, `failed-${group.name}.png`) });
    throw error;
  } finally {
    page.on('dialog', (dialog) => dialog.accept().catch(() => {}));
    await page.close();
    fs.rmSync(workspace, { recursive: true, force: true });
  }
}

/**
 * Runs the UI test, or one group of it. Throws when a step failed; its last screen is kept as `failed-GROUP.png`.
 * @param {{ vsix: string, fixture: string, artifacts: string, only?: string, editor: { codeServer: string, node: string, driver: string, browser: string } }} options
 */
export async function runUiTest({ vsix, fixture, artifacts, only, editor }) {
  const chosen = groups.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) throw new Error(`there is no group "${only}" among ${groups.map(({ name }) => name)}`);
  const workbench = await startWorkbench({
    ...editor,
    vsix,
    settings: { 'workbench.colorTheme': 'Light Modern', 'editor.fontSize': 14 },
    log: path.join(artifacts, 'ui-workbench.log'),
  });
  let browser;
  try {
    browser = await openBrowser(editor);
    let passed = 0;
    const failed = [];
    for (const group of chosen) {
      // A group that fails says nothing of the next, which has a window of its own.
      await runGroup(group, { browser, workbench, fixture, artifacts }).then(
        (steps) => {
          passed += steps;
        },
        (error) => {
          failed.push(group.name);
          console.error(`✖ ${group.name}: ${error?.stack ?? error}`);
        },
      );
    }
    if (failed.length > 0) throw new Error(`ui: ${failed.join(', ')} failed; the last screens are in ${artifacts}`);
    console.log(`ui: ${passed} steps passed; pictures are in ${path.relative(process.cwd(), artifacts)}`);
  } finally {
    await browser?.close();
    await workbench.stop();
  }
}
