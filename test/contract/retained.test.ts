// Holds that edits leave nothing behind: a contract that is typed in for long takes what its last state takes, and what nobody asks for
// any more is let go.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { FileSource, ReadResult } from '../../server/src/base/host.ts';
import { ContractRoom } from '../../server/src/contract/load/contracts.ts';
import type { Contract } from '../../server/src/contract/model.ts';
import { publishedHandwritings } from '../fixes/handwritings.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function used(): number {
  for (let round = 0; round < 3; round++) collect();
  return process.memoryUsage().heapUsed;
}

const [written] = publishedHandwritings();
// A character beyond Latin-1 makes engines keep two bytes for each, as the dashes of real contracts do.
const text = `# a text — with a dash\n${written!.text}`;

/** Everything that the findings of a keystroke need. */
function ask(contract: Contract): number {
  const parts = contract.operations.map((operation) => operation.responses.length + operation.parameters.length);
  return parts.length + contract.problems.length + contract.violations!().length + contract.examples!().length;
}

/** The text with a remark behind one line, at a share of it. */
function remarked(share: number, index: number): string {
  const at = text.indexOf('\n', Math.floor(text.length * share));
  return `${text.slice(0, at)} # ${index} remarks${text.slice(at)}`;
}

/** One contract whose text is replaced again and again, and whose version costs nothing to ask for. */
class Typed implements FileSource {
  readonly roots = ['/w'];
  private edition = 0;
  private text = '';

  write(text: string): this {
    this.text = text;
    this.edition++;
    return this;
  }

  list = (): readonly string[] => ['/w/openapi.yaml'];
  exists = (path: string): boolean => path === '/w/openapi.yaml';
  version = (path: string): string | undefined => (this.exists(path) ? String(this.edition) : undefined);
  read = (path: string): ReadResult => (this.exists(path) ? { text: this.text } : { failure: 'missing' });
}

describe('a large contract', () => {
  it('takes what its last state takes, however long it was typed in', () => {
    const shares = [0.02, 0.3, 0.5, 0.7, 0.9, 0.97];
    // Each state is made when it is typed: a text that somebody else holds on to is not let go.
    const state = (index: number): string => remarked(shares[index % shares.length]!, index);
    const taken = (from: number, to: number): number => {
      const before = used();
      const room = new ContractRoom();
      const files = new Typed();
      for (let index = from; index < to; index++) ask(room.contracts(files.write(state(index)))[0]!);
      const after = used();
      // It has to live until here for what it takes to be counted.
      expect(room.skipped).toEqual([]);
      return after - before;
    };
    // What is kept once for all contracts is there before anything is counted.
    taken(0, 6);
    const [cold, some, many] = [taken(59, 60), taken(0, 60), taken(0, 150)];
    // One state is twice as many bytes as the text has characters, and its trees beside.
    expect(some - cold).toBeLessThan(6 * text.length);
    expect(many - some).toBeLessThan(2 * text.length);
  });

  it('lets go of the trees that nobody asked for since, and reads them again when somebody does', () => {
    const room = new ContractRoom();
    const files = new Typed().write(text);
    const [contract] = room.contracts(files);
    const pin = (): string | undefined => contract!.section!('/w/openapi.yaml', '/paths/~1thing080')?.pin();
    const said = pin();
    const asked = ask(contract!);
    const before = used();
    for (let pass = 0; pass < 2; pass++) expect(room.contracts(files)[0]).toBe(contract);
    expect(before - used()).toBeGreaterThan(text.length);
    expect(pin()).toBe(said);
    expect(ask(contract!)).toBe(asked);
  });
});
