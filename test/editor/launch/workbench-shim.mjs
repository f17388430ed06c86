#!/usr/bin/env node
// Stands in for the VS Code executable where there is no desktop VS Code: takes the arguments that @vscode/test-electron gives,
// runs the suite in a workbench in a browser, and ends with the suite's exit code. Without a result it never ends with 0.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';
import { installEditor } from './install.mjs';
import { addressOf, openBrowser, remoteUri, startWorkbench } from './workbench.mjs';

const LONGEST = Number(process.env.EDITOR_TEST_TIMEOUT ?? 240_000);

/** The values of an argument, which may be given several times. */
function given(name) {
  const prefix = `--${name}=`;
  return process.argv.flatMap((value) => (value.startsWith(prefix) ? [value.slice(prefix.length)] : []));
}

/** Resolves with the exit code that the workbench reports for the suite. */
async function runSuite(page, address) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the suite gave no result in ${LONGEST} ms`)), LONGEST);
    const settle = (action) => (value) => {
      clearTimeout(late);
      action(value);
    };
    page.on('crash', () => settle(reject)(new Error('the page crashed')));
    page.on('dialog', (dialog) => dialog.accept().catch(() => {}));
    const start = async () => {
      await page.exposeFunction('codeAutomationLog', (_type, parts) => {
        const line = format(...parts);
        // What the suite prints; the workbench's own log is kept in its file.
        if (/^[✔✖]/.test(line)) console.log(line);
      });
      await page.exposeFunction('codeAutomationExit', settle(resolve));
      await page.goto(address);
    };
    start().catch(settle(reject));
  });
}

const folder = process.argv.slice(2).find((value) => !value.startsWith('-') && fs.existsSync(value));
if (!folder) throw new Error('the workbench needs a folder to open');
const artifacts = process.env.EDITOR_TEST_ARTIFACTS ?? process.cwd();
const editor = installEditor();
// The payload names one extension under development; others are there as if they were installed.
const [extension, ...beside] = given('extensionDevelopmentPath');
const workbench = await startWorkbench({
  ...editor,
  drivesTests: true,
  beside,
  log: path.join(artifacts, 'suite-workbench.log'),
});
let browser;
let code = 2;
try {
  browser = await openBrowser(editor);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const passed = Object.entries(process.env).filter(([key]) => key.startsWith('EDITOR_TEST_'));
  code = await runSuite(
    page,
    addressOf(workbench, folder, [
      ['extensionDevelopmentPath', remoteUri(workbench, extension)],
      ['extensionTestsPath', remoteUri(workbench, given('extensionTestsPath')[0])],
      ['extensionEnvironment', JSON.stringify(Object.fromEntries(passed))],
    ]),
  );
} catch (error) {
  console.error(error);
} finally {
  await browser?.close();
  await workbench.stop();
}
process.exit(code);
