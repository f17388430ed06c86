// Owns the list of repair recipes and the way from a fix offer to edits.
// It must not know rules' insides, editors or the command line.

import type { FixOffer } from '../findings/finding.ts';
import { acceptChange } from './accept-change.ts';
import { acceptFinding } from './accept-finding.ts';
import { addEnumValue } from './add-enum-value.ts';
import { addHeader } from './add-header.ts';
import { addMediaType } from './add-media-type.ts';
import { addOperation } from './add-operation.ts';
import { addParameter } from './add-parameter.ts';
import { addProperty } from './add-property.ts';
import { addRequestBody } from './add-request-body.ts';
import { addResponse } from './add-response.ts';
import { addSecurity } from './add-security.ts';
import { addGuard } from './code/add-guard.ts';
import { addDecorator, removeDecorator } from './code/decorators.ts';
import { insertLink } from './code/insert-link.ts';
import { markField } from './code/mark-field.ts';
import { removeProperty } from './code/remove-property.ts';
import { replaceText, replaceTexts } from './code/replace-text.ts';
import { scaffoldHandler } from './code/scaffold-handler.ts';
import { moveStatement, removeStatement } from './code/statements.ts';
import { unwrapObject } from './code/unwrap-object.ts';
import { wrapValue } from './code/wrap-value.ts';
import { declareOpen } from './declare-open.ts';
import { deprecate } from './deprecate.ts';
import { describeResponse } from './describe.ts';
import { ignoreComment } from './ignore-comment.ts';
import { markInternal } from './mark-internal.ts';
import { moveParameter } from './move-parameter.ts';
import { nameHandler } from './name-handler.ts';
import { quoteValue } from './quote-value.ts';
import { FixData, type ReadText, type Recipe, type Repair } from './recipe.ts';
import { removeComment } from './remove-comment.ts';
import { removeEntry } from './remove-entry.ts';
import { removeEnumValue } from './remove-enum-value.ts';
import { removeField } from './remove-field.ts';
import { renameEntry } from './rename-key.ts';
import { renameParameter } from './rename-parameter.ts';
import { renameProperty } from './rename-property.ts';
import { setBasePath } from './set-base-path.ts';
import { setConstraint } from './set-constraint.ts';
import { setDefault } from './set-default.ts';
import { setNullable } from './set-nullable.ts';
import { setRequired } from './set-required.ts';
import { setType } from './set-type.ts';
import { setVersion } from './set-version.ts';
import { takeBack } from './take-back.ts';
import { writeChangelog } from './write-changelog.ts';

/** In the order of their names. Each is one file. */
export const recipes: readonly Recipe[] = [
  acceptChange,
  acceptFinding,
  addDecorator,
  addEnumValue,
  addGuard,
  addHeader,
  addMediaType,
  addOperation,
  addParameter,
  addProperty,
  addRequestBody,
  addResponse,
  addSecurity,
  declareOpen,
  deprecate,
  describeResponse,
  ignoreComment,
  insertLink,
  markField,
  markInternal,
  moveParameter,
  moveStatement,
  nameHandler,
  quoteValue,
  removeComment,
  removeDecorator,
  removeEntry,
  removeEnumValue,
  removeField,
  removeProperty,
  removeStatement,
  renameEntry,
  renameParameter,
  renameProperty,
  replaceText,
  replaceTexts,
  scaffoldHandler,
  setBasePath,
  setConstraint,
  setDefault,
  setNullable,
  setRequired,
  setType,
  setVersion,
  takeBack,
  unwrapObject,
  writeChangelog,
  wrapValue,
];

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
