// Owns the start of the suite inside of the extension host: finds nothing by itself, runs what it imports, writes the results.

import Mocha from 'mocha';

/** The tests of each workspace, by the name that the launcher gives it. */
const suites: Readonly<Record<string, () => Promise<unknown>>> = {
  checkout: async () => {
    await import('./checkout/findings.test.ts');
    await import('./checkout/ways.test.ts');
    await import('./checkout/links.test.ts');
    await import('./checkout/commands.test.ts');
    await import('./checkout/killed-server.test.ts');
    await import('./checkout/configuration.test.ts');
    await import('./checkout/baseline.test.ts');
    await import('./checkout/versions.test.ts');
  },
  'multi-root': async () => {
    await import('./multi-root/split-contract.test.ts');
    await import('./multi-root/virtual-folder.test.ts');
  },
  virtual: () => import('./virtual/contract-only.test.ts'),
  unrelated: () => import('./unrelated/activation.test.ts'),
};

/** Called by VS Code. Rejects when a test fails, or when there is nowhere to write the results. */
export async function run(): Promise<void> {
  const output = process.env.EDITOR_TEST_RESULTS;
  if (!output) throw new Error('EDITOR_TEST_RESULTS must name the results file');
  const load = suites[process.env.EDITOR_TEST_SUITE ?? ''];
  if (!load) throw new Error('EDITOR_TEST_SUITE must name the suite');
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, reporter: 'json', reporterOptions: { output } });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()));
    runner.on('pass', (test) => console.log(`✔ ${test.fullTitle()}`));
    runner.on('fail', (test, error) => console.log(`✖ ${test.fullTitle()}: ${String(error?.stack ?? error)}`));
  });
}
