// Owns what a person does when a contract changes: the word above the version, the marks, the number that is called for, and both sides of
// the comparison. It must not reach behind the screen.

import { expect } from './screen.mjs';

const contract = 'openapi.yaml';

export const versionSteps = {
  name: 'versions',
  opens: [contract, 'version: 1.4.0'],
  /** The example is released as it is: what changes is held against that commit. */
  committed: true,
  async run(screen, step) {
    const { page } = screen;
    /** Other findings of the example are marked on the first screen too: the version's own mark is one more. */
    const others = 1;
    const marks = (count) =>
      page.waitForFunction(
        (wanted) => document.querySelectorAll('.editor-instance .squiggly-warning').length === wanted,
        count,
      );
    await step('a contract as it was released has nothing to say', async () => {
      await screen.lens('no change since main').waitFor();
      await marks(others);
    });

    await step('an answer that may lack a field calls for another version, unsaved', async () => {
      const { line, column } = screen.placeOf(
        contract,
        '        - orderReference\n        - description\n        - createdAt',
      );
      await screen.goTo(line, column);
      await page.keyboard.press('Control+Shift+K');
      await page.locator('.tab.active.dirty').waitFor();
      await screen.goTo(4, 12);
      await screen.lens('1 breaking since main, calls for 2.0.0').waitFor();
      await marks(others + 1);
      await screen.picture('50-version-called-for');
    });

    await step('the card says what changed, with a value that breaks, and the versions before', async () => {
      const number = screen.line('version: 1.4.0').locator('span', { hasText: '1.4.0' }).last();
      // A first card need not wait for the history; the next one has it.
      await screen.hover(number, 'Calls for 2.0.0; 1.4.0 does not say so');
      await screen.leaveHover();
      const card = await screen.hover(number, 'the first seen');
      const text = (await card.innerText()).replace(/\s+/g, ' ');
      for (const said of [
        '1 breaking change since main',
        '2.0.0',
        'orderReference',
        'for instance',
        'the first seen',
      ]) {
        expect(text.includes(said), `the card does not say "${said}": ${text}`);
      }
      await screen.picture('51-version-card');
      await screen.leaveHover();
    });

    await step('the lens opens both sides with the list of changes', async () => {
      await screen.lens('1 breaking since main').click();
      await screen.quickRow('orderReference').waitFor();
      await page.locator('.monaco-diff-editor .line-delete').first().waitFor();
      const said = await screen.quickRow('orderReference').innerText();
      expect(said.includes('breaking') && said.includes('POST /payments'), `the list says of the change: ${said}`);
      await screen.picture('52-compared');
      await page.keyboard.press('Escape');
      await screen.closeQuickInput();
      await screen.command('View: Close Editor');
      await screen.shows(contract);
    });

    await step('the palette suggests the number, with the ways to write it', async () => {
      await screen.goTo(4, 12);
      await screen.askFor('Contract Fidelity: Suggest Version Bump');
      await screen.quickRow('Set version to 2.0.0').waitFor();
      await screen.picture('54-version-suggested');
      await page.keyboard.press('Escape');
      await screen.closeQuickInput();
    });

    await step('"Set version" takes the step, and the call for it goes', async () => {
      await screen.goTo(1, 1);
      await screen.goTo(4, 12);
      await (await screen.offered('Contract: set version to 2.0.0')).click();
      await screen.line('version: 2.0.0').waitFor();
      await screen.lens('1 breaking since main, said by 2.0.0').waitFor();
      await marks(others);
      await screen.picture('53-version-set');
      await screen.save();
      expect(/^ {2}version: 2\.0\.0$/m.test(screen.read(contract)), 'the version was written in another way');
    });
  },
};
