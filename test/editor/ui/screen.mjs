// Owns the workbench's page with what a person does in it, by mouse and keyboard. It must not know the extension.

import * as fs from 'node:fs';
import * as path from 'node:path';

export class Screen {
  /** @param {{ artifacts: string, workspace: string }} folders where pictures go, and what is open */
  constructor(page, { artifacts, workspace }) {
    this.page = page;
    this.artifacts = artifacts;
    this.workspace = workspace;
  }

  /** A picture for people, once everything has faded in; of a part of the screen when `around` says so: those named `readme-` are in `docs`. */
  async picture(name, around) {
    await this.page.waitForTimeout(600);
    await this.page.screenshot({ path: path.join(this.artifacts, `${name}.png`), ...(around && { clip: around }) });
  }

  quickInput() {
    return this.page.locator('.quick-input-widget:visible input').first();
  }

  quickRow(text) {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  async closeQuickInput() {
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  }

  /** Opens the palette and takes a command from it; once more where a page that loads takes the focus away from it. */
  async askFor(title) {
    const timeout = 15_000;
    for (let left = 3; ; left--) {
      try {
        await this.page.keyboard.press('F1');
        await this.quickInput().fill(`>${title}`, { timeout });
        await this.quickRow(title).click({ timeout });
        return;
      } catch (error) {
        if (left === 0) throw error;
        await this.page.locator('.part.titlebar').click();
      }
    }
  }

  async command(title) {
    await this.askFor(title);
    await this.closeQuickInput();
  }

  /** Runs a command that asks, and takes the answer from its list. */
  async choose(title, answer) {
    await this.askFor(title);
    await this.pick(answer);
  }

  /** Takes an answer from the list that a command shows. */
  async pick(answer) {
    // The palette and the list are one widget: it is the list's once the mark of commands is gone.
    const input = this.quickInput();
    await input.waitFor();
    while ((await input.inputValue()).startsWith('>')) await this.page.waitForTimeout(50);
    await input.fill(answer);
    await this.quickRow(answer).click();
    await this.closeQuickInput();
  }

  async openFile(name) {
    await this.page.keyboard.press('Control+p');
    await this.quickInput().fill(name);
    // The row itself: the list may still show what it showed before the name was typed.
    await this.quickRow(path.basename(name)).click();
    await this.closeQuickInput();
    await this.shows(path.basename(name));
  }

  /** Waits until a file is in front. */
  async shows(name) {
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).first().waitFor();
  }

  async goTo(line, column) {
    await this.page.keyboard.press('Control+g');
    await this.quickInput().fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.closeQuickInput();
    await this.isAt(line, column);
  }

  async isAt(line, column) {
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Goes to a text of a file of the workspace. The light bulb shows after a move, so that there is always one. */
  async goToText(file, text, offset = 0) {
    const { line, column } = this.placeOf(file, text);
    await this.openFile(file);
    await this.goTo(1, 1);
    await this.goTo(line, column + offset);
    return { line, column: column + offset };
  }

  /** The line and column (from 1) of a text in a file of the workspace. */
  placeOf(file, text) {
    const content = fs.readFileSync(path.join(this.workspace, file), 'utf8');
    const at = content.indexOf(text);
    if (at < 0) throw new Error(`"${text}" is not in ${file}`);
    const before = content.slice(0, at).split('\n');
    return { line: before.length, column: before.at(-1).length + 1 };
  }

  async save() {
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active:not(.dirty)').first().waitFor();
  }

  /** What a file of the workspace holds on disk. */
  read(file) {
    return fs.readFileSync(path.join(this.workspace, file), 'utf8');
  }

  /** Writes a file of the workspace from outside of the editor. */
  write(file, text) {
    const target = path.join(this.workspace, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }

  squiggle(kind = 'error') {
    return this.page.locator(`.editor-instance .squiggly-${kind}`).first();
  }

  line(text) {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  lens(text) {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** The actions at the cursor; resolves with the row of one of them. */
  async offered(title) {
    await this.page.keyboard.press('Control+.');
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await row.waitFor();
    return row;
  }

  /** Where something stands; the editor makes a line anew when lenses come above it, so that it may be gone for a moment. */
  async boxOf(target) {
    for (let tries = 0; tries < 100; tries++) {
      const box = await target.boundingBox();
      if (box) return box;
      await this.page.waitForTimeout(100);
    }
    throw new Error('what the mouse should point at has no place on the screen');
  }

  /** Points at something and gives the card that appears. */
  async hover(target, said) {
    const box = await this.boxOf(target);
    await this.page.mouse.move(box.x + box.width / 2, box.y - 60);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    const card = this.page.locator('.monaco-hover:not(.hidden)', { hasText: said }).first();
    await card.waitFor();
    return card;
  }

  async leaveHover() {
    await this.page.keyboard.press('Escape');
    await this.page.mouse.move(5, 5);
  }

  /** A message that the workbench shows. */
  said(text) {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /** The page in the panel or preview that is in front. */
  webview() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }
}

/** What a step found; throws where it is not what it should be. */
export function expect(condition, what) {
  if (!condition) throw new Error(what);
}
