// Owns the command "Restart Server".

import type { Server } from '../server.ts';

export async function restartServer(server: Server): Promise<void> {
  await server.restart();
}
