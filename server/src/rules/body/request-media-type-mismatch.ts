// Owns the rule request-media-type-mismatch: a body is declared in a media type that no parser before the handler reads.

import type { BodyParser } from '../../code/model.ts';
import type { MediaType, Operation } from '../../contract/model.ts';
import { isBodyClosed, looksAtBody } from '../evidence/body-readings.ts';
import { isMediaHabit } from '../evidence/habits.ts';
import { takesIn } from '../evidence/media-types.ts';
import { renameOffer } from '../evidence/offers.ts';
import { code, codeLine, inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const requestMediaTypeMismatch: BindingRule = {
  id: 'request-media-type-mismatch',
  family: 'body',
  polarity: 'mismatch',
  summary: 'A body is declared in a media type that no parser before the handler reads.',
  scope: 'binding',
  *check({ operation, contract }, route, governed) {
    const facts = route.facts();
    const parsers = facts.parsers ?? [];
    const parser = parsers[0];
    // A middleware that was not understood may parse; so may whoever is handed the whole request.
    if (!operation.body || !parser || !facts.guardCompleteness.closed) return;
    if (!isBodyClosed(facts) || !looksAtBody(facts)) return;
    const types = [...new Set(parsers.flatMap((one) => one.mediaTypes))];
    const parsed = `${inWords(types.map(code))} ${types.length === 1 ? 'is' : 'are'}`;
    for (const media of operation.body.content) {
      if (media.base.endsWith('/*') || media.base === '*' || parsers.some((one) => reads(one, media.base))) continue;
      yield {
        operation,
        subject: 'body.content-type',
        values: [media.base],
        message: `Only ${parsed} parsed before the handler (${codeLine}), but ${operationName(operation)} declares a body as ${code(media.base)}.`,
        contract: media.place,
        code: parser.place,
        related: [
          { place: route.pathPlace, message: `${operation.key} is served here` },
          ...parsers
            .slice(1, 5)
            .map((one) => ({ place: one.place, message: `Parses ${inWords(one.mediaTypes.map(code))}` })),
          { place: media.place, message: `Declares ${code(media.base)}` },
        ],
        confidence: 'proved',
        breaking: true,
        fixes:
          types.length === 1 && /^[\w.+-]+\/[\w.+-]+$/.test(types[0]!)
            ? renameOffer(`Declare ${types[0]} instead`, contract, media.place, media.name, types[0]!)
            : [],
        // A type that every body is declared in beside the one that works is a habit of the contract's author.
        cap: isMediaHabit(governed, media.base) && others(operation, media, parsers) ? 'information' : undefined,
      };
    }
  },
};

/** Whether the body is declared in another type too, which is read. */
function others({ body }: Operation, media: MediaType, parsers: readonly BodyParser[]): boolean {
  return !!body?.content.some((other) => other !== media && parsers.some((one) => reads(one, other.base)));
}

function reads({ mediaTypes }: BodyParser, declared: string): boolean {
  return mediaTypes.some((type) => {
    if (type.startsWith('*+')) return declared.endsWith(type.slice(1));
    return takesIn(type, declared);
  });
}
