// Owns the request `workspace/executeCommand`: the commands that any editor can call on the server.
// It must not know menus or palettes.

import { type CancellationToken, type ExecuteCommandParams, Position } from 'vscode-languageserver';
import { editsOf } from '../../features/actions.ts';
import { changePageOf, configurationText, diagnosticInformation } from '../../features/commands.ts';
import { linkOffers } from '../../features/link-offers.ts';
import { referencesAt, sectionAt, speakersAt } from '../../features/navigation.ts';
import { plainLine } from '../../features/plain-text.ts';
import { statusOf } from '../../features/status.ts';
import { updatedBaseline } from '../../features/update-baseline.ts';
import { pathOf, uriOf } from '../addresses.ts';
import { type Asked, asked, locationOf, plainEdit } from '../asking.ts';
import { callsGathered } from '../calling.ts';
import { type BaselineUpdate, type CheckOutcome, type SpeakerAt, serverCommands } from '../protocol.ts';
import type { Session } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';
import { driftReport } from './drift-report.ts';
import { versionCommand } from './version-commands.ts';

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
      return typeof argument === 'string' ? (session.pages.text(argument) ?? changePageOf(argument) ?? null) : null;
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
    case serverCommands.linkOffers:
      return atPlace(session, params, token, ({ analysis, path, offset }) => linkOffers(analysis, path, offset));
    case serverCommands.linkEdit:
      return atPlace(session, params, token, (at) => linkEdit(session, at, params.arguments?.[2]));
    case serverCommands.references:
      return atPlace(session, params, token, async ({ analysis, path, offset }) => {
        await callsGathered(session, analysis, token);
        return referencesAt(analysis, path, offset, false).map((place) => locationOf(session, analysis, place));
      });
    case serverCommands.speakers:
      return atPlace(session, params, token, async ({ analysis, path, offset }) => {
        await callsGathered(session, analysis, token);
        return speakersAt(analysis, path, offset).map(
          ({ group, name, place }): SpeakerAt => ({
            group,
            name: plainLine(name),
            ...locationOf(session, analysis, place),
          }),
        );
      });
    case serverCommands.section:
      return atPlace(session, params, token, ({ analysis, path, offset }) => {
        const place = sectionAt(analysis, path, offset);
        return place ? locationOf(session, analysis, place) : null;
      });
    case serverCommands.baseChoices:
    case serverCommands.compareContract:
    case serverCommands.baselineText:
    case serverCommands.suggestVersion:
    case serverCommands.recordRelease:
      return versionCommand(session, params, token);
    case serverCommands.baseline: {
      const folder = typeof argument === 'string' ? pathOf(argument) : undefined;
      const reason: unknown = params.arguments?.[1];
      const shown = await unlessCancelled(session.ready(), token);
      if (folder === undefined || shown === 'cancelled' || !shown) return null;
      const update = updatedBaseline(shown.analysis, folder, typeof reason === 'string' ? reason : null);
      if (!update) return null;
      const { file, ...told } = update;
      return { uri: uriOf(file), ...told } satisfies BaselineUpdate;
    }
    case serverCommands.driftReport:
      return driftReport(session, argument, token);
    default:
      return null;
  }
}

/** Asks about a position that a command names: its first two arguments are a URI and a position. */
async function atPlace(
  session: Session,
  params: ExecuteCommandParams,
  token: CancellationToken,
  answer: (at: Asked) => unknown,
): Promise<unknown> {
  const [uri, position]: unknown[] = params.arguments ?? [];
  if (typeof uri !== 'string' || !Position.is(position)) return null;
  const at = await asked(session, { textDocument: { uri }, position }, token);
  return at ? answer(at) : null;
}

function linkEdit(session: Session, { analysis, path, offset }: Asked, target: unknown): unknown {
  if (typeof target !== 'string') return null;
  const repair = editsOf({ id: 'insert-link', data: { file: path, offset, target } }, analysis.files);
  return 'refused' in repair ? null : plainEdit(session, analysis, repair.files);
}

async function checkOutcome(session: Session, token: CancellationToken): Promise<CheckOutcome | null> {
  const shown = await unlessCancelled(session.ready(), token);
  if (shown === 'cancelled' || !shown) return null;
  const { operations, verified, findings, contractOnly } = statusOf(shown.analysis, undefined);
  return { findings, files: shown.reports.size, operations, verified, contractOnly };
}
