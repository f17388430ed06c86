// Owns the notification `initialized`: what we register with the client, and the first analysis.

import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { Session } from '../session.ts';
import { readSettings } from '../settings.ts';
import { section } from './did-change-configuration.ts';

/** Everything that the analysis reads: code, contracts, comments with links, and the files that say how to find them. */
const watched = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,yaml,yml,json,py,go,java,kt,kts,cs,rb,php,rs}';

export async function initialized(session: Session): Promise<void> {
  const { abilities, connection } = session;
  if (abilities.registersWatchers) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: watched },
        { globPattern: '**/.gitignore' },
        { globPattern: '**/.fidelity/*.json' },
        { globPattern: '**/.git/{HEAD,logs/HEAD}' },
      ],
    });
  }
  if (abilities.registersConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section });
  }
  const given = abilities.configuration ? await connection.workspace.getConfiguration(section) : undefined;
  session.begin(abilities.configuration ? readSettings(given) : session.settings);
}
