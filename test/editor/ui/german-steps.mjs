// Owns what somebody sees whose editor speaks German: cards, the light bulb, the report in its panel. Findings are told in English everywhere.
// It must not reach behind the screen.

import { expectAccessible } from './accessibility.mjs';
import { expect } from './screen.mjs';

export const germanSteps = {
  name: 'german',
  language: 'de',
  opens: ['src/routes/accounts.ts', 'asOf'],
  async run(screen, step) {
    const { page } = screen;
    await step('the light bulb and the lenses are German', async () => {
      await screen.squiggle().waitFor();
      await screen.goToText('src/routes/refunds.ts', 'res.json(presentRefund(refund))', 4);
      await screen.squiggle().waitFor();
      await screen.offered('Code: 201 zurückgeben, wie beschrieben');
      await screen.picture('60-german-actions');
      await page.keyboard.press('Escape');
      await screen.openFile('openapi.yaml');
      await screen.lens('1 Behandlung').waitFor();
    });

    await step('the report in its panel is German, and works', async () => {
      await screen.command('View: Close All Editors');
      await screen.command('Drift Report');
      const inner = screen.webview();
      await inner.locator('h1', { hasText: 'Abweichungsbericht' }).waitFor();
      const rows = inner.locator('tr.finding');
      await rows.first().waitFor();
      await screen.picture('61-german-report');
      const all = await rows.count();
      await inner.locator('#search').fill('webhook');
      await inner.locator('#shown', { hasText: new RegExp(`^[12] von ${all}`) }).waitFor();
      await rows.first().click();
      await inner.locator('tr.detail pre').first().waitFor();
      await rows.first().scrollIntoViewIfNeeded();
      await screen.picture('62-german-report-opened');
      const frame = await (await inner.locator('html').elementHandle()).ownerFrame();
      expect((await frame.locator('html').getAttribute('lang')) === 'de', 'the page does not say that it is German');
      await expectAccessible(frame, 'the German panel');
    });

    await step('no label of the report is left in English', async () => {
      const lines = (await screen.webview().locator('body').innerText()).split('\n');
      // What findings say stands in code's words beside their places; labels and sums do not.
      const english = /\b(?:How the score|Coverage|Search|What to do|Operations|findings|verified|of \d+)\b/;
      const left = lines.filter((line) => english.test(line));
      expect(left.length === 0, `left in English: ${left.join(' | ')}`);
    });
  },
};
