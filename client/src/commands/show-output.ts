// Owns the command "Show Output".

import type { Server } from '../server.ts';

export function showOutput(server: Server): void {
  server.output.show();
}
