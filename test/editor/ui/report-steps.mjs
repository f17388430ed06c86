// Owns what a person does with the drift report in the editor: the panel, its filter, the way to a place, and the tree.
// It must not reach behind the screen.

import { expectAccessible } from './accessibility.mjs';
import { expect } from './screen.mjs';

/** Themes as the picker calls them, with the names of the pictures and what a panel's page is told. */
const themes = [
  ['Dark Modern', 'dark', 'vscode-dark'],
  ['Dark High Contrast', 'high-contrast', 'vscode-high-contrast'],
  ['Light Modern', 'light', 'vscode-light'],
];

/** The frame in which a panel's page runs. */
async function pageFrame(screen) {
  const inner = screen.webview();
  await inner.locator('tr.finding').first().waitFor();
  const handle = await inner.locator('html').elementHandle();
  return { inner, frame: await handle.ownerFrame() };
}

export const reportSteps = {
  name: 'report',
  opens: ['src/routes/accounts.ts', 'asOf'],
  async run(screen, step) {
    const { page } = screen;
    await step('the drift report opens in a panel', async () => {
      await screen.squiggle().waitFor();
      await screen.command('View: Close All Editors');
      await screen.command('Contract Fidelity: Show Drift Report');
      const { inner } = await pageFrame(screen);
      await inner.locator('.verdict').waitFor();
      await screen.picture('40-report');
      await screen.picture('readme-report', { x: 356, y: 64, width: 1036, height: 800 });
    });

    await step('the report is accessible in light, dark and high contrast', async () => {
      for (const [theme, name, kind] of themes) {
        await screen.choose('Preferences: Color Theme', theme);
        const { inner, frame } = await pageFrame(screen);
        await frame.waitForFunction((wanted) => document.body.classList.contains(wanted), kind);
        await screen.picture(`41-report-${name}`);
        const rows = inner.locator('tr.finding');
        await rows.first().click();
        await inner.locator('tr.detail pre').first().waitFor();
        await rows.first().scrollIntoViewIfNeeded();
        await screen.picture(`42-report-${name}-opened`);
        await expectAccessible(frame, `the panel in ${name}`);
        await rows.first().click();
        await inner.locator('tr.detail').waitFor({ state: 'detached' });
      }
    });

    await step('a filter narrows the findings, and a place opens beside', async () => {
      const { inner } = await pageFrame(screen);
      await inner.locator('#search').fill('webhook');
      await inner.locator('#shown', { hasText: /^1 of|^2 of/ }).waitFor();
      await inner.locator('tr.finding td.place button').last().click();
      await screen.shows('webhook-endpoints.ts');
      // Beside an editor the report has half of the room, and is still to be read.
      const said = await inner.locator('tr.finding td.said').first().boundingBox();
      expect(said.width > 250, `what differs is told on ${Math.round(said.width)} pixels`);
      await inner.locator('tr.finding').first().scrollIntoViewIfNeeded();
      await screen.picture('43-report-jump');
      const { frame } = await pageFrame(screen);
      await expectAccessible(frame, 'the panel beside an editor');
    });

    await step('the tree beside the problems has the same findings', async () => {
      await screen.command('Contract Fidelity: Focus on Drift View');
      await page.locator('.pane-body .monaco-list-row', { hasText: 'POST /payments' }).first().waitFor();
      await screen.picture('44-drift-tree');
    });
  },
};
