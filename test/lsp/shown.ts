// Owns what a client shows of a whole workspace, as data that two sessions can be compared by.

import type { WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { Client } from './client.ts';

/** Every diagnostic of every file once the present texts are analysed, without the folder that the workspace happens to lie in. */
export async function shownBy(client: Client): Promise<Record<string, unknown>> {
  const report: WorkspaceDiagnosticReport = await client.connection.sendRequest('workspace/diagnostic', {
    previousResultIds: [],
  });
  const files = report.items.map((item): [string, unknown[]] => [
    item.uri,
    item.kind === 'full' ? item.items.map(({ data: _data, ...shown }) => shown) : [],
  ]);
  // A file that is said to be clean shows what one shows that is not named at all.
  const sorted = files.filter(([, shown]) => shown.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.parse(JSON.stringify(Object.fromEntries(sorted)).replaceAll(client.uri('.'), 'workspace:')) as Record<
    string,
    unknown
  >;
}

/** What a server shows that has seen nothing but these files. */
export async function shownCold(files: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const client = await Client.start({ files });
  try {
    return await shownBy(client);
  } finally {
    await client.stop();
  }
}
