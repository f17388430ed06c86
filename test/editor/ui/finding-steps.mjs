// Owns what a person does with findings: seeing one, understanding it, putting it right on either side. It must not reach behind the screen.

import { expect } from './screen.mjs';

const accounts = 'src/routes/accounts.ts';

export const findingSteps = {
  name: 'findings',
  opens: [accounts, 'asOf'],
  async run(screen, step) {
    const { page } = screen;
    await step('a squiggle stands under the field that disagrees', async () => {
      await screen.squiggle().waitFor();
      expect((await screen.line('asOf').innerText()).includes('Date.now()'), 'another line is shown');
      await screen.picture('01-finding');
    });

    await step('the hover says what is wrong on both sides', async () => {
      const card = await screen.hover(screen.squiggle(), 'response-type-mismatch');
      const text = (await card.innerText()).replace(/\s+/g, ' ');
      for (const said of ['asOf', 'GET /balance', 'date-time']) {
        expect(text.includes(said), `the hover does not say "${said}": ${text}`);
      }
      await screen.picture('02-hover');
      await screen.picture('readme-finding', { x: 356, y: 86, width: 868, height: 396 });
      await screen.leaveHover();
    });

    await step('an unsaved edit takes the finding away, and undoing brings it back', async () => {
      const { line, column } = screen.placeOf(accounts, 'Date.now()');
      await screen.goTo(line, column);
      await page.keyboard.press('Shift+End');
      await page.keyboard.type('new Date().toISOString(),');
      await screen.squiggle().waitFor({ state: 'detached' });
      // Typing may count as several steps to undo.
      const original = page.locator('.view-line', { hasText: 'asOf: Date.now(),' });
      for (let undone = 0; undone < 40 && (await original.count()) === 0; undone++)
        await page.keyboard.press('Control+z');
      await screen.squiggle().waitFor();
    });

    await step('the light bulb repairs the contract', async () => {
      await screen.goToText('openapi.yaml', 'responses:\n');
      await screen.squiggle().waitFor();
      const fix = await screen.offered('Contract: add the response 402 to POST /payments');
      await screen.picture('03-fix-contract');
      await fix.click();
      await screen.line("'402':").waitFor();
      await screen.picture('04-fixed-contract');
      await screen.save();
      const saved = /'401':\n.*Unauthorized'\n {8}'402':\n {10}description: /.test(screen.read('openapi.yaml'));
      expect(saved, 'the contract was repaired in another way');
    });

    await step('the light bulb repairs the code', async () => {
      await screen.goToText('src/routes/refunds.ts', 'res.json(presentRefund(refund))', 4);
      await screen.squiggle().waitFor();
      const fix = await screen.offered('Code: return 201 as declared');
      await screen.picture('05-fix-code');
      await screen.picture('readme-fix', { x: 356, y: 262, width: 868, height: 340 });
      await fix.click();
      await screen.line('res.status(201)').waitFor();
      await screen.picture('06-fixed-code');
      await screen.save();
    });

    await step('a repair of the other side is shown before it is made', async () => {
      await screen.goToText('openapi.yaml', 'maximum: 100');
      await screen.squiggle().waitFor();
      const fix = await screen.offered('Code: hold it to maximum 100 as declared');
      await fix.click();
      const preview = page.locator('.bulk-edit-panel');
      await preview.locator('.monaco-list-row', { hasText: 'schemas.ts' }).first().waitFor();
      await preview.locator('.monaco-list-row .monaco-checkbox').first().click();
      await screen.picture('09-preview');
      await preview.locator('.monaco-button', { hasText: 'Apply' }).click();
      await page.locator('.tab[data-resource-name="schemas.ts"]').or(screen.line('.max(100)')).first().waitFor();
      await screen.openFile('src/schemas.ts');
      await screen.save();
      expect(screen.read('src/schemas.ts').includes('.max(100).default(20)'), 'the code was not repaired');
    });

    await step('the problems panel lists what is left', async () => {
      await screen.command('Problems: Focus on Problems View');
      await page.locator('.markers-panel .monaco-list-row', { hasText: 'body-required-mismatch' }).first().waitFor();
      await screen.picture('07-problems');
    });

    await step('a rule is explained in a preview', async () => {
      await screen.goToText(accounts, 'asOf');
      await screen.command('Contract Fidelity: Explain Rule');
      await page.locator('.tab', { hasText: 'response-type-mismatch' }).first().waitFor();
      await screen
        .webview()
        .locator('h2', { hasText: /why it matters/i })
        .waitFor();
      await screen.picture('08-rule');
    });
  },
};
