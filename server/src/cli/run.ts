// Owns the process: streams, environment and exit code for `main`. It must not know commands.

import { slashed } from '../base/relative.ts';
import { openHistory } from '../host/git.ts';
import { main } from './main.ts';
import type { Output, Terminal } from './terminal.ts';

const terminal: Terminal = {
  cwd: slashed(process.cwd()),
  env: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  today: localDay(new Date()),
  history: openHistory,
  now: () => performance.now(),
};

// A reader that goes away (`fidelity check | head`) is no fault of anybody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// The code is set, not forced, so that everything written before reaches a slow reader.
void main(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});

function output(stream: NodeJS.WriteStream): Output {
  return { write: (text) => void stream.write(text), isTerminal: stream.isTTY === true };
}

function localDay(date: Date): string {
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
