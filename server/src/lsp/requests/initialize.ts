// Owns the request `initialize`: what the client brings, and what we can do. It must not start any work.

import {
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { slashed } from '../../base/relative.ts';
import { abilitiesOf } from '../abilities.ts';
import { pathOf, uriOf } from '../addresses.ts';
import { type InitializationOptions, serverCommands } from '../protocol.ts';
import { source } from '../reports.ts';
import { actionKinds } from './code-action.ts';
import { completionTriggers } from './completion.ts';

/** The folders that the client has open, as absolute paths. */
export function foldersOf(params: InitializeParams): string[] {
  const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
  if (folders.length === 0 && params.rootUri) folders.push(params.rootUri);
  if (folders.length === 0 && params.rootPath) folders.push(uriOf(slashed(params.rootPath)));
  return folders.flatMap((uri) => pathOf(uri) ?? []);
}

/** The options in their form, whatever the client sent. */
export function optionsOf(params: InitializeParams): InitializationOptions {
  const given: unknown = params.initializationOptions;
  return typeof given === 'object' && given !== null ? (given as InitializationOptions) : {};
}

export function initializeResult(params: InitializeParams, version: string): InitializeResult {
  const abilities = abilitiesOf(params.capabilities);
  return {
    serverInfo: { name: source, version },
    capabilities: {
      // Every client has to speak UTF-16, and our positions count its units.
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      definitionProvider: true,
      implementationProvider: true,
      referencesProvider: true,
      documentLinkProvider: {},
      codeLensProvider: { resolveProvider: true },
      completionProvider: { triggerCharacters: completionTriggers },
      renameProvider: { prepareProvider: true },
      workspaceSymbolProvider: true,
      callHierarchyProvider: true,
      documentSymbolProvider: true,
      codeActionProvider: { codeActionKinds: [...actionKinds], resolveProvider: abilities.resolvesEdits },
      executeCommandProvider: { commands: Object.values(serverCommands) },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(abilities.pullsDiagnostics
        ? { diagnosticProvider: { identifier: source, interFileDependencies: true, workspaceDiagnostics: true } }
        : {}),
    },
  };
}
