// Owns the list of all rules. One import and one entry per rule; a test holds it equal to the files and their pages.

import { bodyFieldUndeclared } from './body/body-field-undeclared.ts';
import { bodyFieldUnread } from './body/body-field-unread.ts';
import { bodyReadonlyWritten } from './body/body-readonly-written.ts';
import { bodyRequiredMismatch } from './body/body-required-mismatch.ts';
import { bodyTypeMismatch } from './body/body-type-mismatch.ts';
import { bodyUndeclared } from './body/body-undeclared.ts';
import { bodyUnread } from './body/body-unread.ts';
import { requestMediaTypeMismatch } from './body/request-media-type-mismatch.ts';
import { componentUnused } from './contract/component-unused.ts';
import { contractInvalid } from './contract/contract-invalid.ts';
import { enumTypeMismatch } from './contract/enum-type-mismatch.ts';
import { pathCollision } from './contract/path-collision.ts';
import { requiredUndeclared } from './contract/required-undeclared.ts';
import { deprecationUndeclared } from './lifecycle/deprecation-undeclared.ts';
import { exampleInvalid } from './lifecycle/example-invalid.ts';
import { versionBumpMissing } from './lifecycle/version-bump-missing.ts';
import { versionConstantStale } from './lifecycle/version-constant-stale.ts';
import { linkAmbiguous } from './links/link-ambiguous.ts';
import { linkBroken } from './links/link-broken.ts';
import { linkMisplaced } from './links/link-misplaced.ts';
import { linkMissing } from './links/link-missing.ts';
import { linkStale } from './links/link-stale.ts';
import { basePathMismatch } from './operations/base-path-mismatch.ts';
import { methodMismatch } from './operations/method-mismatch.ts';
import { operationHandlerMissing } from './operations/operation-handler-missing.ts';
import { operationUndocumented } from './operations/operation-undocumented.ts';
import { operationUnimplemented } from './operations/operation-unimplemented.ts';
import { pathNearMiss } from './operations/path-near-miss.ts';
import { pathParameterRenamed } from './operations/path-parameter-renamed.ts';
import { routeDuplicated } from './operations/route-duplicated.ts';
import { routeShadowed } from './operations/route-shadowed.ts';
import { parameterConstraintMismatch } from './parameters/parameter-constraint-mismatch.ts';
import { parameterDefaultMismatch } from './parameters/parameter-default-mismatch.ts';
import { parameterMisplaced } from './parameters/parameter-misplaced.ts';
import { parameterNameCase } from './parameters/parameter-name-case.ts';
import { parameterRequiredUndeclared } from './parameters/parameter-required-undeclared.ts';
import { parameterRequiredUnenforced } from './parameters/parameter-required-unenforced.ts';
import { parameterTypeMismatch } from './parameters/parameter-type-mismatch.ts';
import { parameterUndeclared } from './parameters/parameter-undeclared.ts';
import { parameterUnread } from './parameters/parameter-unread.ts';
import { requestDocumentationMismatch } from './parameters/request-documentation-mismatch.ts';
import { errorCodeUndeclared } from './responses/error-code-undeclared.ts';
import { errorCodeUnthrown } from './responses/error-code-unthrown.ts';
import { errorShapeMismatch } from './responses/error-shape-mismatch.ts';
import { headerUndeclared } from './responses/header-undeclared.ts';
import { headerUnset } from './responses/header-unset.ts';
import { responseBodyMissing } from './responses/response-body-missing.ts';
import { responseEnumUndeclared } from './responses/response-enum-undeclared.ts';
import { responseFieldMissing } from './responses/response-field-missing.ts';
import { responseFieldUndeclared } from './responses/response-field-undeclared.ts';
import { responseMediaTypeMismatch } from './responses/response-media-type-mismatch.ts';
import { responseNullUndeclared } from './responses/response-null-undeclared.ts';
import { responseSecretExposed } from './responses/response-secret-exposed.ts';
import { responseTypeMismatch } from './responses/response-type-mismatch.ts';
import { responseWrapped } from './responses/response-wrapped.ts';
import type { Rule } from './rule.ts';
import { securityGuardMissing } from './security/security-guard-missing.ts';
import { securitySchemeMismatch } from './security/security-scheme-mismatch.ts';
import { securityScopeMismatch } from './security/security-scope-mismatch.ts';
import { securityUndeclared } from './security/security-undeclared.ts';
import { documentationMismatch } from './statuses/documentation-mismatch.ts';
import { statusBodyForbidden } from './statuses/status-body-forbidden.ts';
import { statusForwarded } from './statuses/status-forwarded.ts';
import { statusUndeclared } from './statuses/status-undeclared.ts';
import { statusUnreturned } from './statuses/status-unreturned.ts';
import { successStatusMismatch } from './statuses/success-status-mismatch.ts';

/** Every rule there is, by family in the order of the catalogue. */
export const rules: readonly Rule[] = [
  contractInvalid,
  pathCollision,
  requiredUndeclared,
  enumTypeMismatch,
  componentUnused,
  operationUndocumented,
  operationUnimplemented,
  operationHandlerMissing,
  methodMismatch,
  pathNearMiss,
  basePathMismatch,
  pathParameterRenamed,
  routeShadowed,
  routeDuplicated,
  parameterUndeclared,
  parameterUnread,
  requestDocumentationMismatch,
  parameterMisplaced,
  parameterNameCase,
  parameterRequiredUndeclared,
  parameterRequiredUnenforced,
  parameterTypeMismatch,
  parameterConstraintMismatch,
  parameterDefaultMismatch,
  bodyUndeclared,
  bodyUnread,
  bodyFieldUndeclared,
  bodyFieldUnread,
  bodyRequiredMismatch,
  bodyTypeMismatch,
  bodyReadonlyWritten,
  requestMediaTypeMismatch,
  statusUndeclared,
  successStatusMismatch,
  statusUnreturned,
  statusForwarded,
  statusBodyForbidden,
  documentationMismatch,
  responseFieldUndeclared,
  responseFieldMissing,
  responseTypeMismatch,
  responseNullUndeclared,
  responseEnumUndeclared,
  responseWrapped,
  responseSecretExposed,
  responseBodyMissing,
  responseMediaTypeMismatch,
  headerUndeclared,
  headerUnset,
  errorShapeMismatch,
  errorCodeUndeclared,
  errorCodeUnthrown,
  securityGuardMissing,
  securityUndeclared,
  securitySchemeMismatch,
  securityScopeMismatch,
  exampleInvalid,
  deprecationUndeclared,
  versionConstantStale,
  versionBumpMissing,
  linkBroken,
  linkStale,
  linkAmbiguous,
  linkMisplaced,
  linkMissing,
];
