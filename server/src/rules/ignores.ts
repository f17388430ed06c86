// Owns where suppressions of a workspace are written: files with comments, and extensions of contracts.
// It must not decide what they suppress.

import type { DeclaredIgnore } from '../findings/suppression.ts';
import type { WorkspaceModel } from '../workspace/model.ts';

/** Files whose comments can suppress: the contracts' and those that the facts were read from. */
export function scannedFiles(model: WorkspaceModel): readonly string[] {
  const paths = new Set(model.contracts.flatMap((contract) => contract.files));
  for (const governed of model.governed) {
    if (governed.role === 'consumed') continue;
    for (const route of governed.bindings.flatMap((binding) => binding.routes)) {
      paths.add(route.place.file);
      for (const file of route.facts().files) paths.add(file);
    }
    for (const route of governed.undocumented) paths.add(route.place.file);
  }
  return [...paths].sort();
}

/** Every `x-fidelity-ignore` of the contracts, on the document and on its operations. */
export function declaredIgnores(model: WorkspaceModel): readonly DeclaredIgnore[] {
  const name = 'x-fidelity-ignore';
  return model.contracts.flatMap((contract) => {
    const { file, versionPlace, extensions, operations } = contract;
    const root = {
      contractRoot: file,
      operation: null,
      place: { file, start: 0, end: versionPlace.start, pointer: '' },
    };
    const whole = extensions.has(name) ? [{ ...root, value: extensions.get(name) }] : [];
    const own = operations
      .filter((operation) => operation.extensions.has(name))
      .map((operation) => ({
        contractRoot: file,
        operation: operation.key,
        value: operation.extensions.get(name),
        place: operation.place,
      }));
    return [...whole, ...own];
  });
}
