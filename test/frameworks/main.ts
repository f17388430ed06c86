// Owns `npm run matrix`: it writes `docs/frameworks.md`. What stands there is matrix.ts's.

import { writeFileSync } from 'node:fs';
import { readCasePages } from './frameworks.ts';
import { matrixPage } from './matrix.ts';

const pages = readCasePages();
writeFileSync('docs/frameworks.md', matrixPage(pages));
for (const { folder, topic, cases } of pages) console.log(`${folder} ${topic}: ${cases.length}`);
