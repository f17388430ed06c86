// Owns the lists of error codes in a contract, and which of them the code answers with. It must not know what any rule decides.

import type { Place } from '../../base/place.ts';
import type { Exit } from '../../code/model.ts';
import { type ContractPlace, declaredResponse, type Operation } from '../../contract/model.ts';
import { alternatives, type Shape } from '../../shape/shape.ts';
import type { Binding, Governed } from '../../workspace/model.ts';
import { isCodeName } from './answer-faults.ts';
import { contractPlace } from './places.ts';

/** One list of codes, which several operations may share. */
export interface CodeList {
  /** `code`, `error.code`. */
  readonly field: string;
  readonly place: ContractPlace;
  /** Where the list and its copies are written, as far as their schemas have places of their own. */
  readonly copies: Map<string, ContractPlace>;
  readonly values: readonly string[];
  readonly operations: Set<Operation>;
  /** Every code that is answered where this list is declared. */
  readonly sent: Set<string>;
  /** Every code that the governed code answers with anywhere, where the list is declared or not. */
  readonly elsewhere: Set<string>;
  readonly places: Place[];
  /** Whether some answer under this list has a code that is not known. */
  open: boolean;
}

/** A field of an error body that is a list of texts. */
interface Listed {
  readonly path: readonly string[];
  readonly values: readonly string[];
  readonly origin: Place | undefined;
}

/** The lists of one contract with what is answered under them; those of operations that nobody serves are open. */
export function codeLists(governed: Governed): readonly CodeList[] {
  const lists = new Map<string, CodeList>();
  const served = governed.bindings.filter(({ routes }) => routes.length > 0);
  for (const binding of served) collect(binding, lists);
  // Where nobody answers under a list, nothing is told of it.
  if (lists.size === 0) return [];
  for (const binding of governed.bindings) if (!served.includes(binding)) collect(binding, lists);
  const routes = [...governed.bindings.flatMap((binding) => binding.routes), ...governed.undocumented];
  const bodies = routes.flatMap((route) =>
    route.facts().exits.flatMap(({ status, body }) => (status >= 400 && body ? [body] : [])),
  );
  for (const list of lists.values()) {
    for (const body of bodies)
      for (const value of valuesAt(body, list.field.split('.')) ?? []) list.elsewhere.add(value);
  }
  return [...lists.values()];
}

function collect(binding: Binding, lists: Map<string, CodeList>): void {
  const { operation, routes } = binding;
  const facts = routes.map((route) => route.facts());
  const readable =
    operation.complete && facts.length > 0 && facts.every((one) => one.exitCompleteness.closed && !one.suspected);
  for (const response of operation.responses) {
    if (!/^([45]|default)/.test(response.status)) continue;
    for (const media of response.content) {
      for (const listed of media.shape ? listsIn(media.shape, []) : []) {
        const place = contractPlace(listed.origin, media.place);
        // Copies of one list, as generators write them, are one list.
        const key = `${listed.path.join('.')} ${[...listed.values].sort().join(' ')}`;
        const list: CodeList = lists.get(key) ?? {
          field: listed.path.join('.'),
          place,
          copies: new Map(),
          values: listed.values,
          operations: new Set(),
          sent: new Set(),
          elsewhere: new Set(),
          places: [],
          open: false,
        };
        lists.set(key, list);
        list.operations.add(operation);
        list.copies.set(`${place.file}${place.pointer}`, place);
        if (!readable) list.open = true;
        for (const exit of facts.flatMap((one) => one.exits)) {
          if (exit.status >= 400 && declaredResponse(operation, exit.status) === response)
            note(list, listed.path, exit);
        }
      }
    }
  }
}

/** Takes the codes of one answer; one that cannot be told leaves the list open. */
function note(list: CodeList, path: readonly string[], exit: Exit): void {
  const values = exit.body && valuesAt(exit.body, path);
  if (!values) {
    list.open = true;
    return;
  }
  for (const value of values) list.sent.add(value);
  list.places.push(exit.bodyPlace ?? exit.place);
}

/** The constant texts at a path; undefined when there may be others. */
function valuesAt(shape: Shape, path: readonly string[]): readonly string[] | undefined {
  const [step, ...rest] = path;
  const found = alternatives(shape).map((member): readonly string[] | undefined => {
    if (step === undefined) return member.kind === 'string' ? member.values : undefined;
    const field = member.kind === 'object' ? member.fields.get(step) : undefined;
    return field && valuesAt(field.shape, rest);
  });
  return found.every((values) => values !== undefined) ? found.flat() : undefined;
}

/** Lists of codes at the top of an error body or in an object there (`error.code`). */
function listsIn(shape: Shape, path: readonly string[]): Listed[] {
  const [only, ...others] = alternatives(shape).filter((member) => member.kind !== 'null');
  if (others.length > 0 || only?.kind !== 'object') return [];
  return [...only.fields.values()].flatMap((field): Listed[] => {
    const at = [...path, field.name];
    const [value, ...more] = alternatives(field.shape);
    if (more.length === 0 && value?.kind === 'string' && value.values && isCodeName(field.name))
      return [{ path: at, values: value.values, origin: value.origin ?? field.origin }];
    return path.length === 0 ? listsIn(field.shape, at) : [];
  });
}
