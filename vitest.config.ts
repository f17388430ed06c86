import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/editor/**', 'test/workspaces/**', '**/node_modules/**'],
    // Where properties are tried at full size, a test may take its time.
    testTimeout: process.env.FIDELITY_FULL ? 900_000 : 30_000,
  },
});
