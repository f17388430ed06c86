// Owns the rule link-stale: the section that a contract tag names has changed since the tag was pinned.

import { placeIn } from '../../links/model.ts';
import { pinOffer } from '../evidence/link-offers.ts';
import { code, codeLine } from '../evidence/wording.ts';
import type { LinkRule } from '../rule.ts';

export const linkStale: LinkRule = {
  id: 'link-stale',
  family: 'links',
  polarity: 'mismatch',
  summary: 'A section of the contract has changed since a link to it was pinned.',
  scope: 'links',
  *check({ links }) {
    for (const link of links) {
      const { resolution, tag } = link;
      if (resolution.kind !== 'found' || !tag.pin) continue;
      const { section, operation, name } = resolution;
      const now = section.pin();
      // What could not be read in full is not said to have changed.
      if (now === undefined || now === tag.pin.value) continue;
      yield {
        operation: operation ?? null,
        subject: tag.target,
        values: [tag.pin.value],
        message: `${code(name)} has changed since the link to it (${codeLine}) was pinned as ${code(tag.pin.value)}: it is ${code(now)} now.`,
        contract: section.keyPlace,
        code: placeIn(link, tag.pin.span),
        confidence: 'proved',
        breaking: false,
        fixes: [pinOffer(link, tag.pin, now)],
      };
    }
  },
};
