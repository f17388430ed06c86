// Owns `fidelity lsp`: the language server for any editor, from its own bundle beside this one.
// It must not know the server: the two are bundles of their own, and only one of them is loaded in a run.

import { type ExitCode, exitCodes, UsageError } from '../exit.ts';

export interface LspOptions {
  readonly stdio?: boolean;
}

/** Serves the client on standard input and output until it goes away. */
export async function lsp(options: LspOptions): Promise<ExitCode> {
  if (!options.stdio)
    throw new UsageError('The server speaks over standard input and output only: fidelity lsp --stdio');
  const bundle = new URL('server.js', import.meta.url).href;
  try {
    await import(bundle);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing) throw error;
    throw new UsageError('The language server is missing from this installation. Run `npm run bundle`.');
  }
  return exitCodes.clean;
}
