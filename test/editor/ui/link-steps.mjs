// Owns what a person does with contract tags in comments: completing one, following it, and pinning it anew. It must not reach behind the screen.

import { expect } from './screen.mjs';

const payments = 'src/routes/payments.ts';

export const linkSteps = {
  name: 'links',
  opens: [payments, "payments.post('/', async"],
  async run(screen, step) {
    const { page } = screen;
    await step('a tag is completed with the operations of the contract', async () => {
      await screen.squiggle().waitFor();
      await screen.goToText(payments, "payments.post('/', async");
      await page.keyboard.press('Control+Shift+Enter');
      await page.keyboard.type('// @contract createP');
      const row = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'createPayment' }).first();
      await row.waitFor();
      await screen.picture('20-completion');
      await row.click();
      await screen.line('// @contract createPayment').waitFor();
      await screen.save();
    });

    await step('the tag leads to its section', async () => {
      await screen.goToText(payments, '@contract createPayment', 12);
      await screen.command('Go to Definition');
      await screen.shows('openapi.yaml');
      await screen.lens('1 link').waitFor();
      await screen.picture('21-linked');
    });

    await step('a pinned tag is stale once its section has changed, and is pinned anew', async () => {
      await screen.openFile(payments);
      const { line } = screen.placeOf(payments, '@contract createPayment');
      await screen.goTo(line, 1);
      await page.keyboard.press('End');
      await page.keyboard.type('@0badc0de');
      await page.keyboard.press('Escape');
      await screen.squiggle('warning').or(screen.squiggle('info')).first().waitFor();
      await screen.goTo(1, 1);
      await screen.goTo(line, '// @contract createPayment@'.length + 2);
      const fix = await screen.offered('Code: pin the link to the section as it is now');
      await screen.picture('22-stale');
      await fix.click();
      await page.locator('.view-line', { hasText: '@0badc0de' }).waitFor({ state: 'detached' });
      await screen.save();
      const pin = /@contract createPayment@([0-9a-f]{8})\n/.exec(screen.read(payments));
      expect(pin && pin[1] !== '0badc0de', 'the tag was not pinned');
      await screen.picture('23-pinned');
    });

    await step('a change of the contract makes the pin stale', async () => {
      await screen.goToText('openapi.yaml', 'Authorise a payment');
      await page.keyboard.press('Shift+End');
      await page.keyboard.type('Authorise or decline a payment');
      await screen.openFile(payments);
      const { line } = screen.placeOf(payments, '@contract createPayment@');
      await screen.goTo(line, '// @contract createPayment@'.length + 2);
      await screen.offered('Code: pin the link to the section as it is now');
      await page.keyboard.press('Escape');
      const card = await screen.hover(screen.line('@contract createPayment@').locator('span').last(), 'changed');
      await screen.picture('24-stale-again');
      expect((await card.innerText()).includes('POST /payments'), 'the card does not name the section');
    });
  },
};
