// Owns `fidelity check --why OPERATION`: finding the operation that is meant and printing its account.
// It must not know how an account is made.

import { Places } from '../../report/places.ts';
import { explainOperation } from '../../report/why.ts';
import type { Reading } from '../analysis.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';
import type { Inputs } from '../inputs.ts';
import { shownFrom } from '../notices.ts';
import { nearest } from '../rule-texts.ts';
import type { Terminal } from '../terminal.ts';

/** Takes an operation's key in any case, or its `operationId`. */
export function why(name: string, reading: Reading, inputs: Inputs, terminal: Terminal): ExitCode {
  const all = reading.model.governed.flatMap((governed) => governed.bindings.map((binding) => ({ binding, governed })));
  const wanted = name.trim().toLowerCase();
  const meant = all.filter(
    ({ binding: { operation } }) => operation.key.toLowerCase() === wanted || operation.operationId === name.trim(),
  );
  if (meant.length === 0) {
    const near = nearest(name, [...new Set(all.map(({ binding }) => binding.operation.key))]);
    const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    throw new UsageError(`No contract has the operation "${name}".${hint}`);
  }
  const places = new Places(inputs.root, (file) => {
    const read = reading.files.read(file);
    return 'text' in read ? read.text : undefined;
  });
  const shown = (file: string): string => shownFrom(terminal.cwd, inputs.root, file);
  const accounts = meant.map(({ binding, governed }) => explainOperation(binding, governed, places, shown));
  terminal.stdout.write(accounts.join('\n'));
  return exitCodes.clean;
}
