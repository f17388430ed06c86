// Owns the walkthrough as somebody takes it who has just installed the extension. It must not reach behind the screen.

/** Each step with its button, and what is seen once it was pressed. */
const stepsOfWalkthrough = [
  ['See what differs', 'Check Workspace', (screen) => screen.said('12 findings in').waitFor()],
  [
    'Understand a finding',
    'Explain Rule',
    async (screen) => {
      // Nothing is in front that a rule could be taken from, so that the command asks.
      await screen.pick('response-type-mismatch');
      await screen
        .webview()
        .locator('h2', { hasText: /why it matters/i })
        .waitFor();
    },
  ],
  ['Write down what is meant', 'Create Configuration File', (screen) => screen.shows('fidelity.yaml')],
  ['Show others where you stand', 'Show Drift Report', (screen) => screen.webview().locator('.verdict').waitFor()],
];

export const walkthroughSteps = {
  name: 'walkthrough',
  opens: ['src/routes/accounts.ts', 'asOf'],
  async run(screen, step) {
    const { page } = screen;
    const open = async () => {
      await screen.choose('Welcome: Open Walkthrough', 'Contracts that the code keeps');
      await page.locator('.gettingStartedContainer .getting-started-step').first().waitFor();
    };
    await step('the walkthrough opens', async () => {
      await screen.squiggle().waitFor();
      await open();
      await screen.picture('50-walkthrough');
    });

    for (const [title, button, outcome] of stepsOfWalkthrough) {
      await step(`its step "${title}" does what it says and is ticked off`, async () => {
        const item = page.locator('.getting-started-step', { hasText: title }).first();
        if ((await item.getAttribute('class'))?.includes('expanded') !== true) await item.click();
        await item.locator('.monaco-button', { hasText: button }).click();
        await outcome(screen);
        await screen.picture(`51-walkthrough-${button.toLowerCase().replaceAll(' ', '-')}`);
        await open();
        await page
          .locator('.getting-started-step', { hasText: title })
          .locator('.codicon.complete, .codicon-getting-started-step-checked')
          .first()
          .waitFor();
      });
    }
  },
};
