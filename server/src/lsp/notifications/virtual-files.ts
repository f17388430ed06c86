// Owns our own notification with the texts of a folder that is on no disk. It comes from outside, so that its form is looked at first.

import type { VirtualFilesParams } from '../protocol.ts';
import type { Session } from '../session.ts';

export function virtualFiles(session: Session, given: unknown): void {
  const params = paramsOf(given);
  if (params && session.virtual.take(params, session.folders)) session.invalidate();
}

function paramsOf(given: unknown): VirtualFilesParams | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { folder, whole, files } = given as Readonly<Record<string, unknown>>;
  if (typeof folder !== 'string' || !Array.isArray(files)) return undefined;
  const texts = files.flatMap((one: unknown): VirtualFilesParams['files'][number][] => {
    if (typeof one !== 'object' || one === null) return [];
    const { uri, text } = one as Readonly<Record<string, unknown>>;
    return typeof uri === 'string' && (typeof text === 'string' || text === null) ? [{ uri, text }] : [];
  });
  return { folder, whole: whole === true, files: texts };
}
