// Owns the wording of offers to repair the contract, one function for each recipe. It must not know what any rule decides.

import { parentPointer } from '../../base/pointer.ts';
import type { Contract, ContractPlace, Operation } from '../../contract/model.ts';
import type { FixOffer } from '../../findings/finding.ts';

/** What an offer says of the contract: the dialect to write in, and where the components are. */
const saidOf = ({ specification, file }: Contract): Record<string, unknown> => ({ specification, root: file });

/** An offer for the contract's side; recipes name their data themselves. */
export function contractOffer(
  id: string,
  title: string,
  contract: Contract,
  at: { readonly file: string; readonly pointer: string },
  data: Readonly<Record<string, unknown>>,
): FixOffer {
  return {
    id,
    title,
    side: 'contract',
    safety: 'suggestion',
    data: { file: at.file, pointer: at.pointer, ...data, ...saidOf(contract) },
  };
}

/** The offer to rename a key: the last part of a place's pointer, in the map that holds it. None when the key is not what it was. */
export function renameOffer(
  title: string,
  contract: Contract,
  { file, pointer }: ContractPlace,
  from: string,
  to: string,
): readonly FixOffer[] {
  const last = pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  if (last !== from || from === to) return [];
  return [contractOffer('rename-key', title, contract, { file, pointer: parentPointer(pointer) }, { from, to })];
}

/** The offer to take something out of the contract. */
export function removeOffer(title: string, contract: Contract, place: ContractPlace): readonly FixOffer[] {
  return [contractOffer('remove-entry', title, contract, place, {})];
}

/** The offer to take out what stands in the operation's own text; none for what others share with it, or what stands in another file. */
export function removeOwnOffer(
  title: string,
  contract: Contract,
  { place: own }: Pick<Operation, 'place'>,
  place: Pick<ContractPlace, 'file' | 'pointer'>,
): readonly FixOffer[] {
  if (place.file !== own.file || !place.pointer.startsWith(`${own.pointer}/`)) return [];
  return [contractOffer('remove-entry', title, contract, place, {})];
}

/** Whether what stands at a place is the operation's alone: in its own text, or a component that is named there and nowhere else. */
export function isOwn(
  contract: Contract,
  { place: own }: Operation,
  at: Pick<ContractPlace, 'file' | 'pointer'>,
): boolean {
  const inOwn = ({ file, pointer }: typeof at): boolean => file === own.file && pointer.startsWith(`${own.pointer}/`);
  if (inOwn(at)) return true;
  const { parts, uses } = contract.symbols?.() ?? {};
  const part = [...(parts?.values() ?? [])].find(
    ({ kind, whole }) => kind === 'component' && whole.file === at.file && whole.pointer === at.pointer,
  );
  const named = part && uses?.filter(({ id }) => id === part.id);
  return named !== undefined && named.length === 1 && inOwn(named[0]!.place);
}
