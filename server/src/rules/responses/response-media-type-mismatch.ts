// Owns the rule response-media-type-mismatch: an answer leaves with a content type that the response does not declare.

import type { Exit } from '../../code/model.ts';
import { type Contract, describingResponse, type Operation, type Response } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';
import { isJson, takesIn } from '../evidence/media-types.ts';
import { contractOffer } from '../evidence/offers.ts';
import { exitPlace } from '../evidence/places.ts';
import { schemaOf } from '../evidence/schema.ts';
import { isOwnExit } from '../evidence/statuses.ts';
import { code, inWords, operationName, relatedSteps, whereInCode } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const responseMediaTypeMismatch: BindingRule = {
  id: 'response-media-type-mismatch',
  family: 'responses',
  polarity: 'witness',
  summary: 'An answer has a content type that the response does not declare.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const told = new Set<string>();
    for (const exit of route.facts().exits) {
      const response = contradicted(operation, exit);
      if (!response) continue;
      const sent = exit.mediaType!;
      const subject = `${exit.status}.content-type`;
      if (told.has(`${subject} ${sent}`)) continue;
      told.add(`${subject} ${sent}`);
      const declared = inWords(response.content.map((media) => code(media.base)));
      const bothJson = isJson(sent) && response.content.some((media) => isJson(media.base));
      yield {
        operation,
        subject,
        values: [sent],
        message: `Answers ${exit.status} with ${code(sent)} here ${whereInCode(exit.via)}, but ${operationName(operation)} declares ${declared} for it.`,
        contract: response.content[0]?.place ?? response.place,
        code: exit.bodyPlace ?? exitPlace(exit, route),
        related: [
          ...relatedSteps(exit.via),
          ...response.content
            .slice(0, 4)
            .map((media) => ({ place: media.place, message: `Declares ${code(media.base)}` })),
        ],
        confidence: isOwnExit(exit) ? exit.confidence : 'likely',
        // Every JSON reader reads `+json` as well; what changes is only what a client may conclude from the name.
        breaking: !bothJson,
        fixes: [addMediaType(operation, contract, response, exit)],
      };
    }
  },
};

function addMediaType(operation: Operation, contract: Contract, response: Response, exit: Exit): FixOffer {
  const mediaType = exit.mediaType!;
  const title = `Add ${mediaType} to the response ${response.status}`;
  // Swagger 2.0 lists media types once for all answers of an operation.
  if (contract.specification === '2.0') {
    return contractOffer('add-media-type', title, contract, operation.place, { mediaType, list: 'produces' });
  }
  const schema = isJson(mediaType) ? schemaOf(exit.body) : { type: 'string' };
  const data = schema === undefined ? { mediaType } : { mediaType, schema };
  return contractOffer('add-media-type', title, contract, response.place, data);
}

/** The declared response whose content has no place for what the exit sends. */
function contradicted(operation: Operation, exit: Exit): Response | undefined {
  const { mediaType, body } = exit;
  if (mediaType === undefined || body === undefined || exit.origin === 'framework') return undefined;
  const response = describingResponse(operation, exit.status);
  if (!response || response.content.length === 0) return undefined;
  return response.content.some((media) => takesIn(media.base, mediaType)) ? undefined : response;
}
