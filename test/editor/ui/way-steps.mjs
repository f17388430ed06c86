// Owns what a person does to get from one side to the other: cards, lenses and jumps. It must not reach behind the screen.

import { expect } from './screen.mjs';

const payments = 'src/routes/payments.ts';

const till = `import axios from 'axios';

const api = axios.create({ baseURL: process.env.CHECKOUT_URL });
export const pay = (order: object) => api.post('/payments', order);
export const payLater = (order: object) => fetch('/v1/payments', { method: 'POST', body: JSON.stringify(order) });
`;

const suite = `import request from 'supertest';
import { app } from './app.js';

it('pays', () => request(app).post('/v1/payments').send({}).expect(422));
`;

export const waySteps = {
  name: 'ways',
  opens: [payments, "post('/', async"],
  async run(screen, step) {
    const { page } = screen;
    await step('a route shows the card of its operation', async () => {
      await screen.squiggle().waitFor();
      const word = screen.line("payments.post('/'").locator('span', { hasText: 'post' }).last();
      const card = await screen.hover(word, 'POST /payments');
      const text = (await card.innerText()).replace(/\s+/g, ' ');
      for (const said of ['Authorise a payment', '201', 'openapi.yaml']) {
        expect(text.includes(said), `the card does not say "${said}": ${text}`);
      }
      await screen.picture('10-card');
      await screen.leaveHover();
    });

    await step('from the handler to its contract', async () => {
      const { line, column } = screen.placeOf(payments, "post('/', async");
      await screen.goTo(line, column + 1);
      await screen.command('Contract Fidelity: Go to Contract');
      await screen.shows('openapi.yaml');
      await screen.isAt(screen.placeOf('openapi.yaml', 'post:\n      operationId: createPayment').line, 5);
      await screen.picture('11-in-contract');
    });

    await step('lenses say how an operation stands, and one leads to its handler', async () => {
      await screen.lens('1 handler').waitFor();
      await screen.lens('2 drifts').waitFor();
      await screen.picture('12-lenses');
      // Lenses are drawn anew while the contract is looked at: a click may meet one that is on its way out.
      const inFront = page.locator('.tab.active[data-resource-name="payments.ts"]');
      for (let left = 5; left > 0 && (await inFront.count()) === 0; left--) {
        await screen.lens('1 handler').click();
        await inFront.waitFor({ timeout: 10_000 }).catch(() => undefined);
      }
      await screen.shows('payments.ts');
      await page
        .locator('.statusbar-item', { hasText: `Ln ${screen.placeOf(payments, "payments.post('/'").line},` })
        .waitFor();
      await screen.picture('13-in-handler');
    });

    await step('the status says which contract governs the file, and how much of it is verified', async () => {
      await page.locator('#status\\.languageStatus').first().click();
      const card = page.locator('.hover-language-status', { hasText: 'Verified 14 of 14 operations' }).first();
      await card.waitFor();
      expect((await card.innerText()).includes('Checkout 1.4.0'), 'the status does not name the contract');
      await screen.picture('14-status');
      await card.locator('a', { hasText: 'Open Contract' }).click();
      await screen.shows('openapi.yaml');
    });

    await step('who calls and tests an operation stands in its lens, on its card and in a list', async () => {
      screen.write('src/till.ts', till);
      screen.write('src/payments.test.ts', suite);
      await screen.lens('called in 2 places, tested in 1').waitFor();
      const place = screen.placeOf('openapi.yaml', 'post:\n      operationId: createPayment');
      await screen.goTo(place.line, place.column);
      await screen.command('Show or Focus Hover');
      const card = page.locator('.monaco-hover:not(.hidden)', { hasText: 'Called in 2 places' }).first();
      await card.waitFor();
      const text = (await card.innerText()).replace(/\s+/g, ' ');
      for (const said of ['till.ts:4', 'till.ts:5', 'Tested in 1 place: payments.test.ts:4'])
        expect(text.includes(said), `the card does not say "${said}": ${text}`);
      await screen.picture('15-callers');
      await screen.leaveHover();
      await screen.goTo(place.line, place.column + 1);
      await screen.askFor('Contract Fidelity: Go to Handlers and Callers');
      await screen.quickRow('src/till.ts:4').waitFor();
      await screen.picture('16-handlers-and-callers');
      await screen.pick('src/payments.test.ts');
      await screen.shows('payments.test.ts');
    });
  },
};
