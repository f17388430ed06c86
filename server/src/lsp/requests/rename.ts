// Owns the requests `textDocument/prepareRename` and `textDocument/rename`. It must not know what can be renamed.

import {
  type CancellationToken,
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { renameAt, renameableAt } from '../../features/contract-navigation.ts';
import { renameEdits, renamingAt } from '../../features/rename.ts';
import { asked, plainEdit } from '../asking.ts';
import { rangeOf } from '../reports.ts';
import type { Session } from '../session.ts';

export async function prepareRename(
  session: Session,
  params: PrepareRenameParams,
  token: CancellationToken,
): Promise<{ range: Range; placeholder: string } | null> {
  const at = await asked(session, params, token);
  const renaming = at && (renamingAt(at.analysis, at.path, at.offset) ?? renameableAt(at.analysis, at.path, at.offset));
  if (!renaming) return null;
  if ('refused' in renaming) throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.refused);
  return { range: rangeOf(at.analysis.lines, renaming.place), placeholder: renaming.name };
}

export async function rename(
  session: Session,
  params: RenameParams,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  const at = await asked(session, params, token);
  if (!at) return null;
  const { analysis, path, offset } = at;
  const edits = renamingAt(analysis, path, offset)
    ? renameEdits(analysis, path, offset, params.newName)
    : renameAt(analysis, path, offset, params.newName);
  if ('refused' in edits) throw new ResponseError(LSPErrorCodes.RequestFailed, edits.refused);
  return plainEdit(session, analysis, edits.files);
}
