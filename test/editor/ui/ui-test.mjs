// Owns the test of what a person sees: the installed package in a workbench, driven by mouse and keyboard, with screenshots.
// It must not reach behind the screen: everything is read from the page.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { addressOf, openBrowser, remoteUri, startWorkbench } from '../launch/workbench.mjs';

const PATIENCE = 60_000;

/** The workbench's page, with what a person does in it. */
class Screen {
  constructor(page, artifacts) {
    this.page = page;
    this.artifacts = artifacts;
  }

  /** A picture for people, once everything has faded in. */
  async picture(name) {
    await this.page.waitForTimeout(600);
    await this.page.screenshot({ path: path.join(this.artifacts, `${name}.png`) });
  }

  quickInput() {
    return this.page.locator('.quick-input-widget:visible input').first();
  }

  async closeQuickInput() {
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  }

  async command(title) {
    await this.page.keyboard.press('F1');
    await this.quickInput().fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.closeQuickInput();
  }

  async openFile(name) {
    await this.page.keyboard.press('Control+p');
    await this.quickInput().fill(name);
    // The row itself: the list may still show what it showed before the name was typed.
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: path.basename(name) })
      .first()
      .click();
    await this.closeQuickInput();
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
  }

  async goTo(line, column) {
    await this.page.keyboard.press('Control+g');
    await this.quickInput().fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.closeQuickInput();
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  squiggle(kind = 'error') {
    return this.page.locator(`.editor-instance .squiggly-${kind}`).first();
  }
}

/** The line and column (from 1) of a text in a file. */
function placeOf(file, text) {
  const content = fs.readFileSync(file, 'utf8');
  const at = content.indexOf(text);
  if (at < 0) throw new Error(`"${text}" is not in ${file}`);
  const before = content.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1).length + 1 };
}

/** The steps, in the order in which somebody who meets a finding takes them. Each throws when the screen does not show what it should. */
async function steps(screen, workspace, step) {
  const { page } = screen;
  await step('a squiggle stands under the field that disagrees', async () => {
    await screen.squiggle().waitFor();
    const shown = await page.locator('.view-line', { hasText: 'asOf' }).first().innerText();
    if (!shown.includes('Date.now()')) throw new Error(`another line is shown: ${shown}`);
    await screen.picture('01-finding');
  });

  await step('the hover says what is wrong on both sides', async () => {
    const box = await screen.squiggle().boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y - 60);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'response-type-mismatch' }).first();
    await hover.waitFor();
    const text = (await hover.innerText()).replace(/\s+/g, ' ');
    for (const said of ['asOf', 'GET /balance', 'date-time']) {
      if (!text.includes(said)) throw new Error(`the hover does not say "${said}": ${text}`);
    }
    await screen.picture('02-hover');
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
  });

  await step('an unsaved edit takes the finding away, and undoing brings it back', async () => {
    const { line, column } = placeOf(path.join(workspace, 'src/routes/accounts.ts'), 'Date.now()');
    await screen.goTo(line, column);
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('new Date().toISOString(),');
    await page.locator('.editor-instance .squiggly-error').first().waitFor({ state: 'detached' });
    // Typing may count as several steps to undo.
    const original = page.locator('.view-line', { hasText: 'asOf: Date.now(),' });
    for (let undone = 0; undone < 40 && (await original.count()) === 0; undone++)
      await page.keyboard.press('Control+z');
    await screen.squiggle().waitFor();
  });

  await step('the light bulb repairs the contract', async () => {
    const { line, column } = placeOf(path.join(workspace, 'openapi.yaml'), 'responses:\n');
    await screen.openFile('openapi.yaml');
    await screen.goTo(1, 1);
    await screen.goTo(line, column);
    await screen.squiggle().waitFor();
    await page.keyboard.press('Control+.');
    const title = 'Contract: add the response 402 to POST /payments';
    await page.locator('.action-widget .monaco-list-row', { hasText: title }).first().waitFor();
    await screen.picture('03-quick-fixes');
    await page.locator('.action-widget .monaco-list-row', { hasText: title }).first().click();
    await page.locator('.view-line', { hasText: "'402':" }).first().waitFor();
    await screen.picture('04-repaired-contract');
    await page.keyboard.press('Control+s');
    await page.locator('.tab.active:not(.dirty)').waitFor();
    const saved = fs.readFileSync(path.join(workspace, 'openapi.yaml'), 'utf8');
    if (!/'401':\n.*Unauthorized'\n {8}'402':\n {10}description: /.test(saved))
      throw new Error('the contract was repaired in another way');
  });

  await step('the problems panel lists what is left', async () => {
    await screen.command('Problems: Focus on Problems View');
    const row = page.locator('.markers-panel .monaco-list-row', { hasText: 'success-status-mismatch' }).first();
    await row.waitFor();
    await screen.picture('05-problems');
  });

  await step('a rule is explained in a preview', async () => {
    await screen.openFile('routes/accounts.ts');
    const { line, column } = placeOf(path.join(workspace, 'src/routes/accounts.ts'), 'asOf');
    await screen.goTo(line, column);
    await screen.command('Contract Fidelity: Explain Rule');
    await page.locator('.tab', { hasText: 'response-type-mismatch' }).first().waitFor();
    const frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await frame.locator('h2', { hasText: /why it matters/i }).waitFor();
    await screen.picture('06-rule');
  });
}

/**
 * Runs the UI test. Throws when a step fails; the last screen is kept as `failed.png`.
 * @param {{ vsix: string, fixture: string, artifacts: string, editor: { codeServer: string, node: string, driver: string, browser: string } }} options
 */
export async function runUiTest({ vsix, fixture, artifacts, editor }) {
  const workspace = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'fidelity-ui-')));
  fs.cpSync(fixture, workspace, { recursive: true });
  const workbench = await startWorkbench({
    ...editor,
    vsix,
    settings: { 'workbench.colorTheme': 'Default Light Modern', 'editor.fontSize': 14 },
    log: path.join(artifacts, 'ui-workbench.log'),
  });
  let browser;
  try {
    browser = await openBrowser(editor);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    const screen = new Screen(page, artifacts);
    const { line, column } = placeOf(path.join(workspace, 'src/routes/accounts.ts'), 'asOf');
    const opened = `${remoteUri(workbench, path.join(workspace, 'src/routes/accounts.ts'))}:${line}:${column}`;
    await page.goto(
      addressOf(workbench, workspace, [
        ['openFile', opened],
        ['gotoLineMode', 'true'],
      ]),
    );
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    let passed = 0;
    try {
      await steps(screen, workspace, async (title, action) => {
        await action();
        passed++;
        console.log(`✔ ${title}`);
      });
    } catch (error) {
      await page.screenshot({ path: path.join(artifacts, 'failed.png') });
      throw error;
    }
    console.log(`ui: ${passed} steps passed; pictures are in ${path.relative(process.cwd(), artifacts)}`);
  } finally {
    await browser?.close();
    await workbench.stop();
    fs.rmSync(workspace, { recursive: true, force: true });
  }
}
