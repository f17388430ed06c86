// Owns the writing of outgoing calls as marks below the lines that they stand on, so that a test is a text to compare with.
// It must not know what calls there should be.

import { uncancelled } from '../../../server/src/base/host.ts';
import { LineIndex } from '../../../server/src/base/place.ts';
import { CallRoom } from '../../../server/src/code/call-room.ts';
import type { OutgoingCall } from '../../../server/src/code/calls.ts';
import { memoryFiles } from '../../harness/memory-files.ts';

const mark = /^\/\/ *\^+ /;

/** A text without its marks. */
export const unmarked = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !mark.test(line))
    .join('\n');

/** The texts with a mark below every address that is called: what the code says, whatever was marked before. */
export async function marked(texts: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const plain = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, unmarked(text)]));
  const calls = await new CallRoom().of(memoryFiles(plain, '/work')).all(uncancelled);
  return Object.fromEntries(
    Object.entries(plain).map(([path, text]) => [
      path,
      withMarks(
        text,
        calls.filter((call) => call.place.file === `/work/${path}`),
      ),
    ]),
  );
}

function withMarks(text: string, calls: readonly OutgoingCall[]): string {
  const index = new LineIndex(text);
  const lines = text.split('\n').map((line) => [line]);
  for (const call of calls) {
    const { line, column } = index.position(call.urlPlace.start);
    const end = index.position(call.urlPlace.end);
    const width = (end.line === line ? end.column : index.line(line).length) - column;
    lines[line]!.push(`//${' '.repeat(column - 2)}${'^'.repeat(width)} ${said(call)}`);
  }
  return lines.flat().join('\n');
}

function said({ method, path, target, client, test }: OutgoingCall): string {
  const where =
    target.kind === 'host'
      ? ` at ${target.host}`
      : target.kind === 'open'
        ? ' at any'
        : target.inProcess
          ? ' in process'
          : '';
  return `${method ?? 'any'} ${path}${where} by ${client}${test ? ' in a test' : ''}`;
}
