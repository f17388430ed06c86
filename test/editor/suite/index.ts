// Owns the start of the suite inside of the extension host: finds nothing by itself, runs what it imports, writes the results.

import Mocha from 'mocha';

/** Called by VS Code. Rejects when a test fails, or when there is nowhere to write the results. */
export async function run(): Promise<void> {
  const output = process.env.EDITOR_TEST_RESULTS;
  if (!output) throw new Error('EDITOR_TEST_RESULTS must name the results file');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'json', reporterOptions: { output } });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./checkout.test.ts');
  await import('./commands.test.ts');
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()));
    runner.on('pass', (test) => console.log(`✔ ${test.fullTitle()}`));
    runner.on('fail', (test, error) => console.log(`✖ ${test.fullTitle()}: ${String(error?.stack ?? error)}`));
  });
}
