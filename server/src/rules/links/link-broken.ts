// Owns the rule link-broken: a contract tag names no section.

import type { FixOffer } from '../../findings/finding.ts';
import { type ContractLink, placeIn, type Resolution } from '../../links/model.ts';
import { targetOffer } from '../evidence/link-offers.ts';
import { code, inWords } from '../evidence/wording.ts';
import type { LinkRule } from '../rule.ts';

type Broken = Extract<Resolution, { kind: 'broken' }>;

export const linkBroken: LinkRule = {
  id: 'link-broken',
  family: 'links',
  polarity: 'mismatch',
  summary: 'A contract tag names no section of a contract.',
  scope: 'links',
  *check({ links }) {
    for (const link of links) {
      const { resolution } = link;
      if (resolution.kind !== 'broken') continue;
      yield {
        operation: null,
        subject: link.tag.target,
        message: `${code(`@contract ${link.tag.target}`)} leads nowhere: ${reason(resolution)}${hint(resolution)}.`,
        contract: null,
        code: placeIn(link, link.tag.targetSpan),
        confidence: 'proved',
        breaking: false,
        fixes: offers(link, resolution),
      };
    }
  },
};

function reason({ missing, word }: Broken): string {
  switch (missing) {
    case 'file':
      return `no contract is called ${code(word)}`;
    case 'operation':
      return `no contract has an operation ${code(word)}`;
    case 'part':
      return `there is no ${code(word)}`;
    case 'pin':
      return 'a pin is written with 8 hexadecimal digits';
  }
}

function hint({ nearest }: Broken): string {
  return nearest.length === 0 ? '' : `, but ${inWords(nearest.map(code))}`;
}

function offers(link: ContractLink, { nearest }: Broken): FixOffer[] {
  return nearest.map((target) => targetOffer(link, target, `Link to ${target}`));
}
