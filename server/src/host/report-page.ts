// Owns where the bundled script and style of the drift report's page lie: beside the bundle, or in `dist` of a checkout.
// It must not know what is in them.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The style and the script; undefined where the bundle was never made. */
export function readReportPage(): { readonly style: string; readonly script: string } | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const folder of [join(here, 'report'), join(here, '../../../dist/report')]) {
    try {
      return {
        style: readFileSync(join(folder, 'page.css'), 'utf8'),
        script: readFileSync(join(folder, 'page.js'), 'utf8'),
      };
    } catch {
      // Of the two places only that of the present layout exists.
    }
  }
  return undefined;
}
