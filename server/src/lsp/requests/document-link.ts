// Owns the request `textDocument/documentLink`. It must not know what a tag is.

import type { CancellationToken, DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { linksIn } from '../../features/navigation.ts';
import { plainLine } from '../../features/plain-text.ts';
import { asked, locationOf } from '../asking.ts';
import { rangeOf } from '../reports.ts';
import type { Session } from '../session.ts';

export async function documentLink(
  session: Session,
  params: DocumentLinkParams,
  token: CancellationToken,
): Promise<DocumentLink[]> {
  const at = session.settings.documentLinks ? await asked(session, params, token) : undefined;
  if (!at) return [];
  const { analysis, path } = at;
  return linksIn(analysis, path).map(({ place, target, tooltip }): DocumentLink => {
    const { uri, range } = locationOf(session, analysis, target);
    const { line, character } = range.start;
    return {
      range: rangeOf(analysis.lines, place),
      target: `${uri}#L${line + 1},${character + 1}`,
      tooltip: plainLine(tooltip),
    };
  });
}
