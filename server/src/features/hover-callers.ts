// Owns what a hover says of those who call an operation: how many places of the code and of its tests, and the first of them.
// It must not know a protocol, nor how calls are found.

import type { OutgoingCall } from '../code/calls.ts';
import type { Operation } from '../contract/model.ts';
import type { Analysis } from './analysis.ts';
import type { HoverLinks } from './hover.ts';
import { escapeMarkdown, link } from './markdown.ts';

const most = 5;

/** One paragraph for calls and one for tests; none where nobody calls. */
export function callersText(analysis: Analysis, operation: Operation, links: HoverLinks): readonly string[] {
  const { say } = links;
  const callers = analysis.calls?.of(operation);
  if (!callers) return analysis.calls ? [say('Who calls it is still being looked for.')] : [];
  const { calls, tests } = callers;
  const texts: string[] = [];
  if (calls.length > 0) {
    const where = places(analysis, calls, links);
    texts.push(
      calls.length === 1 ? say(`Called in 1 place: ${where}`) : say(`Called in ${calls.length} places: ${where}`),
    );
  }
  if (tests.length > 0) {
    const where = places(analysis, tests, links);
    texts.push(
      tests.length === 1 ? say(`Tested in 1 place: ${where}`) : say(`Tested in ${tests.length} places: ${where}`),
    );
  }
  return texts;
}

function places(analysis: Analysis, calls: readonly OutgoingCall[], { placeTarget, say }: HoverLinks): string {
  const shown = calls.slice(0, most).map(({ urlPlace }) => {
    const line = (analysis.lines(urlPlace.file)?.position(urlPlace.start).line ?? 0) + 1;
    const name = urlPlace.file.slice(urlPlace.file.lastIndexOf('/') + 1);
    return link(escapeMarkdown(`${name}:${line}`), placeTarget(urlPlace));
  });
  const more = calls.length - shown.length;
  return [...shown, ...(more > 0 ? [say(`and ${more} more`)] : [])].join(', ');
}
