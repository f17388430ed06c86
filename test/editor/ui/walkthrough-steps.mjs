// Owns the walkthrough as somebody takes it who has just installed the extension. It must not reach behind the screen.

const stepsOfWalkthrough = [
  ['See what differs', 'Check Workspace'],
  ['Understand a finding', 'Explain Rule'],
  ['Write down what is meant', 'Create Configuration File'],
  ['Show others where you stand', 'Show Drift Report'],
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

    for (const [title, button] of stepsOfWalkthrough) {
      await step(`its step "${title}" does what it says and is ticked off`, async () => {
        const item = page.locator('.getting-started-step', { hasText: title }).first();
        if ((await item.getAttribute('class'))?.includes('expanded') !== true) await item.click();
        await item.locator('.monaco-button', { hasText: button }).click();
        await page.waitForTimeout(800);
        await screen.picture(`51-walkthrough-${button.toLowerCase().replaceAll(' ', '-')}`);
        if ((await page.locator('.quick-input-widget:visible').count()) > 0) {
          await screen.pick('response-type-mismatch');
        }
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
