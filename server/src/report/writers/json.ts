// Owns the machine-readable answer: the report as it is. It must not add or leave out anything.

import type { Writer } from '../presentation.ts';

export const writeJson: Writer = (report) => `${JSON.stringify(report, null, 2)}\n`;
