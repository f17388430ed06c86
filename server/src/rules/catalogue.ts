// Owns the list of all rules. One import and one entry per rule; a test holds it equal to the files and their pages.

import { bodyFieldUndeclared } from './body/body-field-undeclared.ts';
import { bodyRequiredMismatch } from './body/body-required-mismatch.ts';
import { bodyTypeMismatch } from './body/body-type-mismatch.ts';
import { bodyUndeclared } from './body/body-undeclared.ts';
import { exampleInvalid } from './lifecycle/example-invalid.ts';
import { basePathMismatch } from './operations/base-path-mismatch.ts';
import { methodMismatch } from './operations/method-mismatch.ts';
import { operationUndocumented } from './operations/operation-undocumented.ts';
import { operationUnimplemented } from './operations/operation-unimplemented.ts';
import { pathParameterRenamed } from './operations/path-parameter-renamed.ts';
import { parameterConstraintMismatch } from './parameters/parameter-constraint-mismatch.ts';
import { parameterRequiredUndeclared } from './parameters/parameter-required-undeclared.ts';
import { parameterRequiredUnenforced } from './parameters/parameter-required-unenforced.ts';
import { parameterTypeMismatch } from './parameters/parameter-type-mismatch.ts';
import { parameterUndeclared } from './parameters/parameter-undeclared.ts';
import { parameterUnread } from './parameters/parameter-unread.ts';
import { responseFieldMissing } from './responses/response-field-missing.ts';
import { responseFieldUndeclared } from './responses/response-field-undeclared.ts';
import { responseMediaTypeMismatch } from './responses/response-media-type-mismatch.ts';
import { responseNullUndeclared } from './responses/response-null-undeclared.ts';
import { responseTypeMismatch } from './responses/response-type-mismatch.ts';
import type { Rule } from './rule.ts';
import { securityGuardMissing } from './security/security-guard-missing.ts';
import { securityUndeclared } from './security/security-undeclared.ts';
import { statusUndeclared } from './statuses/status-undeclared.ts';
import { statusUnreturned } from './statuses/status-unreturned.ts';
import { successStatusMismatch } from './statuses/success-status-mismatch.ts';

/** Every rule there is, by family in the order of the catalogue. */
export const rules: readonly Rule[] = [
  operationUndocumented,
  operationUnimplemented,
  methodMismatch,
  basePathMismatch,
  pathParameterRenamed,
  parameterUndeclared,
  parameterUnread,
  parameterRequiredUndeclared,
  parameterRequiredUnenforced,
  parameterTypeMismatch,
  parameterConstraintMismatch,
  bodyUndeclared,
  bodyFieldUndeclared,
  bodyRequiredMismatch,
  bodyTypeMismatch,
  statusUndeclared,
  successStatusMismatch,
  statusUnreturned,
  responseFieldUndeclared,
  responseFieldMissing,
  responseTypeMismatch,
  responseNullUndeclared,
  responseMediaTypeMismatch,
  securityGuardMissing,
  securityUndeclared,
  exampleInvalid,
];
