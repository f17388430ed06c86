// Owns which type questions of a bound workspace are worth a checker's time: those behind the answers of operations that a contract
// declares and this code serves. It must not know how they are answered.

import type { Place } from '../base/place.ts';
import type { WorkspaceModel } from '../workspace/model.ts';

/** The questions of a model, each once, in the order of the contracts' operations. */
export function questionsOf(model: WorkspaceModel): readonly Place[] {
  const found = new Map<string, Place>();
  for (const governed of model.governed) {
    if (governed.role === 'consumed') continue;
    for (const { routes } of governed.bindings) {
      for (const route of routes) {
        for (const place of route.facts().typeQuestions ?? [])
          found.set(`${place.file}:${place.start}:${place.end}`, place);
      }
    }
  }
  return [...found.values()];
}
