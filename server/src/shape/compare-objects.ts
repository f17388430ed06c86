// Owns the comparison of two objects, field by field. It must not know unions, constraints or what a finding is.

import type { Walk } from './compare.ts';
import { both, fieldPath, type Verdict } from './difference.ts';
import { type Field, type ObjectShape, resolveShape } from './shape.ts';

export function compareObjects(
  walk: Walk,
  code: ObjectShape,
  contract: ObjectShape,
  path: string,
  certain: boolean,
): Verdict {
  return walk.direction === 'response'
    ? compareAnswer(walk, code, contract, path, certain)
    : compareReader(walk, code, contract, path, certain);
}

/** An object without a field of its own that allows others says only "an object". */
export function isFreeForm(shape: ObjectShape): boolean {
  return shape.fields.size === 0 && shape.additional !== 'none' && shape.values === undefined;
}

function compareAnswer(walk: Walk, code: ObjectShape, contract: ObjectShape, path: string, certain: boolean): Verdict {
  if (isFreeForm(contract)) return 'holds';
  // A structural type is a lower bound: more may be there at run time than it says.
  const sure = certain && code.additional !== 'allowed';
  let verdict: Verdict = 'holds';
  for (const field of code.fields.values()) {
    if (isAbsent(field)) continue;
    const at = fieldPath(path, field.name);
    const declared = contract.fields.get(field.name);
    if (declared?.writeOnly) {
      walk.differ('write-only', at, field.shape, declared.shape, {
        certain: sure && field.required === true,
        lax: true,
        codeOrigin: field.origin ?? field.shape.origin ?? code.origin,
        contractOrigin: declared.origin ?? declared.shape.origin,
      });
    } else if (declared) {
      verdict = both(verdict, walk.compareField(field, declared.shape, at, sure));
    } else if (contract.values) {
      verdict = both(verdict, walk.compareField(field, contract.values, at, sure));
    } else if (contract.additional === 'unknown') {
      verdict = both(verdict, walk.undecide(at, contract.reason));
    } else {
      const open = contract.additional === 'allowed';
      const codeOrigin = field.origin ?? field.shape.origin ?? code.origin;
      walk.differ('field-undeclared', at, field.shape, undefined, {
        certain,
        open,
        optional: field.required !== true,
        codeOrigin,
        contractOrigin: contract.origin,
      });
      if (!open) verdict = 'fails';
    }
  }
  for (const declared of contract.fields.values()) {
    if (declared.required !== true || declared.writeOnly) continue;
    verdict = both(verdict, compareRequired(walk, code, declared, fieldPath(path, declared.name), sure));
  }
  if (code.values || code.additional === 'unknown') {
    verdict = both(verdict, compareRest(walk, code, contract, fieldPath(path, '*'), sure));
  }
  return verdict;
}

/** One field that the contract requires in answers. */
function compareRequired(walk: Walk, code: ObjectShape, declared: Field, path: string, sure: boolean): Verdict {
  const field = code.fields.get(declared.name);
  const contractOrigin = declared.origin ?? declared.shape.origin;
  if (field && !isAbsent(field)) {
    if (field.required === true) return 'holds';
    if (field.required === undefined) return walk.undecide(path, 'presence');
    const codeOrigin = field.origin ?? field.shape.origin;
    walk.differ('field-missing', path, field.shape, declared.shape, {
      certain: false,
      optional: true,
      codeOrigin,
      contractOrigin,
    });
    return 'fails';
  }
  if (code.values || code.additional === 'unknown') return walk.undecide(path, code.reason);
  walk.differ('field-missing', path, undefined, declared.shape, {
    certain: sure,
    codeOrigin: code.origin,
    contractOrigin,
  });
  return 'fails';
}

/** The fields that the code's object has without naming them. */
function compareRest(walk: Walk, code: ObjectShape, contract: ObjectShape, path: string, sure: boolean): Verdict {
  if (code.values && contract.values) return walk.compare(code.values, contract.values, path, sure);
  return walk.undecide(path, code.reason);
}

function compareReader(walk: Walk, code: ObjectShape, contract: ObjectShape, path: string, certain: boolean): Verdict {
  if (isFreeForm(contract)) return code.fields.size === 0 ? 'holds' : walk.undecide(path, 'free form');
  let verdict: Verdict = 'holds';
  for (const field of code.fields.values()) {
    if (isAbsent(field)) continue;
    const at = fieldPath(path, field.name);
    const declared = contract.fields.get(field.name);
    if (declared?.readOnly) continue;
    if (declared) {
      verdict = both(verdict, compareDemand(walk, field, declared, at, certain));
      verdict = both(verdict, walk.compareField(field, declared.shape, at, certain));
      continue;
    }
    if (contract.values || contract.additional === 'unknown') {
      verdict = both(verdict, walk.undecide(at, contract.reason));
      continue;
    }
    const demanded = field.required === true && field.default === undefined;
    walk.differ('field-undeclared', at, field.shape, undefined, {
      certain,
      demanded,
      open: contract.additional === 'allowed',
      codeOrigin: field.origin ?? field.shape.origin,
      contractOrigin: contract.origin,
    });
    if (demanded) verdict = 'fails';
  }
  if (code.values || code.additional === 'unknown') verdict = both(verdict, walk.undecide(path, code.reason));
  return verdict;
}

/** Whether both sides agree on what may be left out. */
function compareDemand(walk: Walk, field: Field, declared: Field, path: string, certain: boolean): Verdict {
  const optional = field.required === false || field.default !== undefined;
  const origins = {
    codeOrigin: field.origin ?? field.shape.origin,
    contractOrigin: declared.origin ?? declared.shape.origin,
  };
  if (field.required === true && !optional && declared.required === false) {
    walk.differ('required-undeclared', path, field.shape, declared.shape, { certain, ...origins });
    return 'fails';
  }
  if (optional && declared.required === true) {
    walk.differ('required-unenforced', path, field.shape, declared.shape, { certain, lax: true, ...origins });
  }
  return 'holds';
}

function isAbsent(field: Field): boolean {
  return resolveShape(field.shape).kind === 'never';
}
