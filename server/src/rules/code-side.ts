// Owns which findings have a repair on the code's side. It must not know how a rule decides, nor what a repair writes.

import type { FixOffer } from '../findings/finding.ts';
import type { Governed } from '../workspace/model.ts';
import { answerVersion, dropBody, dropField, holdBound, sendStatus, wrapAsDeclared } from './evidence/call-repairs.ts';
import {
  type CodeRepair,
  type ReadPlace,
  readName,
  returnStatus,
  serveMethod,
  servePath,
} from './evidence/code-repairs.ts';
import { documentRequest, documentStatus } from './evidence/documentation-repairs.ts';
import { addGuard } from './evidence/guard-offer.ts';
import { dropRegistration, registerLater } from './evidence/registration-repairs.ts';
import { scaffoldOffer } from './evidence/scaffold.ts';
import { nameHandler, takeDefault } from './evidence/value-repairs.ts';
import { acceptAsDeclared, sendAsDeclared } from './evidence/wish-repairs.ts';
import type { Draft } from './rule.ts';

const repairs: Readonly<Record<string, CodeRepair>> = {
  'success-status-mismatch': (subject) => returnStatus(subject) ?? sendStatus(subject),
  'parameter-constraint-mismatch': (subject) => holdBound(subject) ?? acceptAsDeclared(subject),
  'body-required-mismatch': acceptAsDeclared,
  'parameter-required-undeclared': acceptAsDeclared,
  'parameter-required-unenforced': acceptAsDeclared,
  'security-guard-missing': addGuard,
  'body-type-mismatch': acceptAsDeclared,
  'response-type-mismatch': sendAsDeclared,
  'operation-handler-missing': nameHandler,
  'method-mismatch': serveMethod,
  'path-near-miss': servePath,
  'parameter-name-case': readName,
  'parameter-default-mismatch': takeDefault,
  'response-field-undeclared': dropField,
  'response-secret-exposed': dropField,
  'status-body-forbidden': dropBody,
  'version-constant-stale': answerVersion,
  'response-wrapped': wrapAsDeclared,
  'route-duplicated': dropRegistration,
  'route-shadowed': registerLater,
  'documentation-mismatch': documentStatus,
  'request-documentation-mismatch': documentRequest,
};

/** Rules of which the offers look at more than the text at the finding. */
const around: ReadonlySet<string> = new Set([
  'security-guard-missing',
  'operation-handler-missing',
  'route-duplicated',
  'route-shadowed',
  'documentation-mismatch',
]);

/** Whether the offers for a draft depend on other texts than the one where it stands: those of its neighbours. */
export function looksAround(rule: string, { code }: Draft): boolean {
  return code === null || around.has(rule);
}

/** The offers that change the code; none where the code is not written in a way that a repair could follow. */
export function codeSideOffers(
  rule: string,
  draft: Draft,
  governed: Governed | undefined,
  read: ReadPlace,
): readonly FixOffer[] {
  if (!governed) return [];
  if (rule === 'operation-unimplemented') return scaffoldOffer(draft, governed, read);
  const repair = Object.hasOwn(repairs, rule) ? repairs[rule] : undefined;
  const place = draft.code;
  if (!repair || !place || !/\.[cm]?[jt]sx?$/.test(place.file)) return [];
  const written = read(place);
  const offer = written && repair({ draft, place, written, governed, read });
  return offer ? [offer] : [];
}
