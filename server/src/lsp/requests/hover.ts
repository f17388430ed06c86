// Owns the request `textDocument/hover`. It must not know what a card says.

import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import type { Place } from '../../base/place.ts';
import { operationAt } from '../../features/find.ts';
import { hoverAt } from '../../features/hover.ts';
import { type LineageSeen, subjectOf, versionAt } from '../../features/version.ts';
import { pathOf } from '../addresses.ts';
import { callsWithin } from '../calling.ts';
import { addressOf, rangeOf } from '../reports.ts';
import type { Session } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';

export async function hover(session: Session, params: HoverParams, token: CancellationToken): Promise<Hover | null> {
  if (!session.settings.hover) return null;
  const shown = await unlessCancelled(session.ready(), token);
  const path = pathOf(params.textDocument.uri);
  if (shown === 'cancelled' || !shown || path === undefined) return null;
  const { analysis } = shown;
  const lines = analysis.lines(path);
  if (!lines) return null;
  const offset = lines.offset({ line: params.position.line, column: params.position.character });
  const state = versionAt(analysis, path, offset);
  const contract = state && subjectOf(state).contract;
  const lineage = contract === undefined ? undefined : await lineageSeen(session, contract, token);
  if (operationAt(analysis, path, offset)) await callsWithin(session, analysis, patience);
  if (token.isCancellationRequested) return null;
  const card = hoverAt(analysis, path, offset, {
    say: session.say,
    lineage,
    compareTarget: contract === undefined ? undefined : compareAddress(session, contract),
    placeTarget: (place: Place) => {
      const { start } = rangeOf(analysis.lines, place);
      return `${addressOf(session, place.file)}#L${start.line + 1},${start.character + 1}`;
    },
    rulePage: (rule) => session.pages.address(rule),
    history: (folder) => session.history(folder),
    today: new Date().toISOString().slice(0, 10),
  });
  if (!card) return null;
  const value = session.abilities.markdownHover ? card.markdown : plain(card.markdown);
  return {
    contents: { kind: session.abilities.markdownHover ? 'markdown' : 'plaintext', value },
    range: rangeOf(analysis.lines, card.place),
  };
}

/** How long a card waits for the line of versions or for callers, in milliseconds. They are read to their end all the same, for the next card. */
const patience = 800;

const sleep = (milliseconds: number): Promise<'reading'> =>
  new Promise((resolve) => setTimeout(() => resolve('reading'), milliseconds));

/** The line of versions of a contract, or that it is still being read. */
export async function lineageSeen(
  session: Session,
  contract: string,
  token: CancellationToken,
): Promise<LineageSeen | undefined> {
  const reading = session.lineage(contract);
  return token.isCancellationRequested ? undefined : Promise.race([reading, sleep(patience)]);
}

/** A link that calls the client's command, for clients that have it. */
function compareAddress(session: Session, contract: string): string | undefined {
  const command = session.options.commands?.compareContract;
  if (typeof command !== 'string') return undefined;
  return `command:${command}?${encodeURIComponent(JSON.stringify([addressOf(session, contract), '']))}`;
}

/** Markdown of ours without its marks, for editors that show plain text only. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[((?:[^\]\\]|\\.)*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|^---$/gm, '')
    .replace(/\\([\\`*_{}[\]()#+\-!|~])/g, '$1')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('`', '');
}
