// Owns what a person does to accept what is there: the baseline, and how accepted findings look. It must not reach behind the screen.

import { expect } from './screen.mjs';

const accounts = 'src/routes/accounts.ts';

export const baselineSteps = {
  name: 'baseline',
  opens: [accounts, 'asOf'],
  async run(screen, step) {
    const { page } = screen;
    await step('the baseline accepts what is open, with a reason', async () => {
      await screen.squiggle().waitFor();
      await screen.askFor('Contract Fidelity: Update Baseline');
      await page.locator('.quick-input-widget:visible', { hasText: 'Why are they left as they are?' }).waitFor();
      await screen.picture('30-baseline-reason');
      await screen.quickInput().fill('Known before the first check');
      await page.keyboard.press('Enter');
      await screen.closeQuickInput();
      await screen.squiggle().waitFor({ state: 'detached' });
      const { findings } = JSON.parse(screen.read('.fidelity/baseline.json'));
      expect(Object.keys(findings).length >= 12, 'the baseline holds too little');
    });

    await step('an accepted finding is a hint that says why', async () => {
      const word = screen.line('asOf: Date.now()').locator('span', { hasText: 'asOf' }).last();
      const card = await screen.hover(word, 'Known before the first check');
      await screen.picture('31-accepted');
      expect((await card.innerText()).includes('asOf'), 'the card does not name the field');
      await screen.leaveHover();
    });
  },
};
