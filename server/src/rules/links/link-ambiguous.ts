// Owns the rule link-ambiguous: two contracts answer to a contract tag.

import { placeIn } from '../../links/model.ts';
import { fileName, targetOffer } from '../evidence/link-offers.ts';
import { code, inWords } from '../evidence/wording.ts';
import type { LinkRule } from '../rule.ts';

export const linkAmbiguous: LinkRule = {
  id: 'link-ambiguous',
  family: 'links',
  polarity: 'mismatch',
  summary: 'A contract tag names a section of several contracts.',
  scope: 'links',
  *check(index) {
    for (const link of index.links) {
      const { resolution } = link;
      if (resolution.kind !== 'ambiguous') continue;
      const { sections } = resolution;
      const files = sections.map(({ section }) => code(fileName(section.place.file)));
      yield {
        operation: null,
        subject: link.tag.target,
        message: `${code(`@contract ${link.tag.target}`)} could mean a section of ${inWords(files, 'or of')}.`,
        contract: null,
        code: placeIn(link, link.tag.targetSpan),
        related: sections.map(({ section, name }) => ({ place: section.keyPlace, message: `It could mean ${name}` })),
        confidence: 'proved',
        breaking: false,
        fixes: sections.flatMap(({ contract, operation, section }) => {
          if (!operation) return [];
          const whole = section.place.pointer === operation.place.pointer;
          const target = index.targetFor(contract, operation, link.file);
          const tail = section.place.pointer.slice(operation.place.pointer.length);
          return target.includes('#') || whole ? [targetOffer(link, target + tail, `Link to ${target + tail}`)] : [];
        }),
      };
    }
  },
};
