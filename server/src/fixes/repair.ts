// Owns the list of repair recipes and the way from a fix offer to edits.
// It must not know rules' insides, editors or the command line.

import type { FixOffer } from '../findings/finding.ts';
import { addOperation } from './add-operation.ts';
import { addParameter } from './add-parameter.ts';
import { addProperty } from './add-property.ts';
import { addResponse } from './add-response.ts';
import { insertLink } from './code/insert-link.ts';
import { replaceText } from './code/replace-text.ts';
import { ignoreComment } from './ignore-comment.ts';
import { FixData, type ReadText, type Recipe, type Repair } from './recipe.ts';
import { setRequired } from './set-required.ts';
import { setVersion } from './set-version.ts';

const recipes: readonly Recipe[] = [
  addResponse,
  addParameter,
  addOperation,
  addProperty,
  setRequired,
  setVersion,
  ignoreComment,
  replaceText,
  insertLink,
];

/** The kinds of repairs that there are. */
export const repairIds: readonly string[] = recipes.map((recipe) => recipe.id);

/** Whether there is a recipe for an offer, so that an editor never shows a repair that nobody can make. */
export function canRepair(offer: Pick<FixOffer, 'id'>): boolean {
  return recipes.some((recipe) => recipe.id === offer.id);
}

/** The edits of an offer on the current texts, or why there are none. The edits of one file never overlap. */
export function repair(offer: Pick<FixOffer, 'id' | 'data'>, read: ReadText): Repair {
  const recipe = recipes.find((one) => one.id === offer.id);
  if (!recipe) return { refused: `there is no recipe "${offer.id}"` };
  return recipe.prepare(new FixData(offer.data), read);
}
