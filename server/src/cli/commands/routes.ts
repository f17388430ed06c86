// Owns `fidelity routes`: the routes that the code serves, contract or not.
// It must not know how code is read.

import { relativeTo } from '../../base/relative.ts';
import { type ReportedRoute, SCHEMA_VERSION } from '../../report/model.ts';
import { Places } from '../../report/places.ts';
import { reportRoute, routesInOrder } from '../../report/routes.ts';
import { counted, printable } from '../../report/wording.ts';
import { readWorkspace } from '../analysis.ts';
import { readDestinations, writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { readInputs } from '../inputs.ts';
import { shownFrom, writeNotices } from '../notices.ts';
import { Progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

export interface RoutesOptions {
  readonly config?: string;
  readonly contract?: readonly string[];
  readonly code?: readonly string[];
  readonly format?: readonly string[];
  readonly quiet?: boolean;
  readonly timings?: boolean;
}

export async function routes(paths: readonly string[], options: RoutesOptions, terminal: Terminal): Promise<ExitCode> {
  const destinations = readDestinations(options.format ?? [], ['pretty', 'json']);
  const inputs = readInputs(paths, options, terminal);
  const progress = new Progress(terminal, options.quiet === true);
  const { model, files, notices } = await readWorkspace(inputs, progress);
  const places = new Places(inputs.root, (file) => {
    const read = files.read(file);
    return 'text' in read ? read.text : undefined;
  });
  const found = await progress.during('Reporting', () =>
    routesInOrder(model.code.apps).map((route) => reportRoute(route, places, model.bindingOfRoute.has(route.id))),
  );
  for (const { format, file } of destinations) {
    const text =
      format === 'json'
        ? `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, routes: found }, null, 2)}\n`
        : table(found, (path) => shownFrom(terminal.cwd, inputs.root, path), relativeTo(terminal.cwd, inputs.root));
    if (file === undefined) terminal.stdout.write(text);
    else writeWhole(terminal.cwd, file, text);
  }
  writeNotices(notices, inputs.root, terminal, options.quiet === true);
  if (options.timings) terminal.stderr.write(progress.timings());
  return exitCodes.clean;
}

function table(found: readonly ReportedRoute[], shown: (path: string) => string, root: string): string {
  if (found.length === 0) return `No routes were found in ${root}.\n`;
  const methods = Math.max(...found.map((route) => route.method.length));
  const paths = Math.min(60, Math.max(...found.map((route) => route.path.length)));
  const lines = found.map(
    (route) => `${route.method.padEnd(methods)}  ${route.path.padEnd(paths)}  ${shown(route.file)}:${route.line}`,
  );
  return `${[...lines.map(printable), '', counted(found.length, 'route')].join('\n')}\n`;
}
