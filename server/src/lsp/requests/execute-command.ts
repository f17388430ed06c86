// Owns the request `workspace/executeCommand`: the commands that any editor can call on the server.
// It must not know menus or palettes.

import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { configurationText, diagnosticInformation } from '../../features/commands.ts';
import { statusOf } from '../../features/status.ts';
import { pathOf } from '../addresses.ts';
import { type CheckOutcome, serverCommands } from '../protocol.ts';
import type { Session } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';

export async function executeCommand(
  session: Session,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<unknown> {
  const argument: unknown = params.arguments?.[0];
  switch (params.command) {
    case serverCommands.check:
      session.disk.forget();
      session.invalidate(0);
      return checkOutcome(session, token);
    case serverCommands.explain:
      return typeof argument === 'string' ? (session.pages.text(argument) ?? null) : null;
    case serverCommands.diagnosticInformation: {
      const analysis = session.loop.latest?.analysis;
      return diagnosticInformation({
        version: session.version,
        analysis,
        state: session.state.state,
        folders: session.folders.length,
      });
    }
    case serverCommands.configuration: {
      const folder = typeof argument === 'string' ? pathOf(argument) : undefined;
      const shown = await unlessCancelled(session.ready(), token);
      if (folder === undefined || shown === 'cancelled' || !shown) return null;
      return configurationText(shown.analysis, folder);
    }
    default:
      return null;
  }
}

async function checkOutcome(session: Session, token: CancellationToken): Promise<CheckOutcome | null> {
  const shown = await unlessCancelled(session.ready(), token);
  if (shown === 'cancelled' || !shown) return null;
  const { operations, verified, findings } = statusOf(shown.analysis, undefined);
  return { findings, files: shown.reports.size, operations, verified };
}
