#!/usr/bin/env node
// Starts the bundled command line. It knows nothing but where the bundle lies.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundle = new URL('../../dist/cli.js', import.meta.url);
if (existsSync(fileURLToPath(bundle))) await import(bundle.href);
else {
  process.stderr.write('error: The bundle dist/cli.js is missing: run `npm run bundle` in the checkout first.\n');
  process.exitCode = 2;
}
