// Owns the repairs of contract tags as offers. It must not know why a tag is wrong.

import type { Place } from '../../base/place.ts';
import type { FixOffer } from '../../findings/finding.ts';
import type { ContractLink } from '../../links/model.ts';
import type { Tag } from '../../links/tag.ts';

/** Writes another target into a tag; a pin of the old one goes with it. */
export function targetOffer(link: ContractLink, target: string, title: string): FixOffer {
  const { tag } = link;
  const was = tag.pin ? `${tag.target}@${tag.pin.value}` : tag.target;
  return {
    id: 'replace-text',
    title,
    side: 'code',
    safety: 'suggestion',
    data: { file: link.file, offset: tag.targetSpan.start, was, text: target },
  };
}

/** Pins a tag to the section as it is now. */
export function pinOffer(link: ContractLink, pin: NonNullable<Tag['pin']>, now: string): FixOffer {
  return {
    id: 'replace-text',
    title: `Pin the link to the section as it is now (${now})`,
    side: 'code',
    safety: 'suggestion',
    data: { file: link.file, offset: pin.span.start, was: pin.value, text: now },
  };
}

/** Writes a comment with a tag above a line. */
export function insertOffer(place: Place, target: string): FixOffer {
  return {
    id: 'insert-link',
    title: `Link the handler to ${target}`,
    side: 'code',
    safety: 'suggestion',
    data: { file: place.file, offset: place.start, target },
  };
}

/** The name of a file without its folders. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
