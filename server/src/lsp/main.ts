// Owns the start of the language server as a process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
// It must not know requests.

import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './serve.ts';
import { version } from './version.ts';

const transports = /^--(?:stdio|node-ipc|socket(?:=.*)?|pipe(?:=.*)?)$/;

if (process.argv.includes('--version')) {
  process.stdout.write(`${version}\n`);
} else {
  // Every editor that starts a server by its command alone speaks over standard input and output.
  if (!process.argv.some((argument) => transports.test(argument))) process.argv.push('--stdio');
  // An edit of a large text leaves one of several megabytes behind. Unless told otherwise, the heap grows to four times of what is alive
  // before these are collected; to collect them more often costs a few milliseconds and halves what the process takes.
  setFlagsFromString('--heap-growing-percent=40');
  // Most of a start is code that runs for a while and then no more. To optimise a function after four times as many turns as usual takes a
  // quarter off the processor time of a start, and the time itself where no other processor is free; what every keystroke runs gets there, too.
  setFlagsFromString('--interrupt-budget=270336');
  const connection = createConnection(ProposedFeatures.all);
  // One bad document must not take the findings of all others with it.
  process.on('uncaughtException', (error) =>
    connection.console.error(`Unexpected failure: ${error.stack ?? error.message}`),
  );
  process.on('unhandledRejection', (reason) =>
    connection.console.error(
      `Unexpected failure: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    ),
  );
  serve(connection, version);
}
