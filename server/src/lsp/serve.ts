// Owns the wiring of a connection: which handler answers what, and that no failure of ours ends the server.
// Everything that is done stands in `requests` and `notifications`.

import { type Connection, ErrorCodes, type InitializeParams, ResponseError } from 'vscode-languageserver';
import { abilitiesOf } from './abilities.ts';
import { didChange } from './notifications/did-change.ts';
import { didChangeConfiguration } from './notifications/did-change-configuration.ts';
import { didChangeWatchedFiles } from './notifications/did-change-watched-files.ts';
import { didChangeWorkspaceFolders } from './notifications/did-change-workspace-folders.ts';
import { didClose } from './notifications/did-close.ts';
import { didOpen } from './notifications/did-open.ts';
import { didSave } from './notifications/did-save.ts';
import { initialized } from './notifications/initialized.ts';
import { virtualFiles } from './notifications/virtual-files.ts';
import { type DocumentStatusParams, documentStatusRequest, virtualFilesNotification } from './protocol.ts';
import { incoming, outgoing, prepareCallHierarchy } from './requests/call-hierarchy.ts';
import { codeAction } from './requests/code-action.ts';
import { codeLens, resolveCodeLens } from './requests/code-lens.ts';
import { completion } from './requests/completion.ts';
import { definition, implementation } from './requests/definition.ts';
import { documentDiagnostic } from './requests/document-diagnostic.ts';
import { documentLink } from './requests/document-link.ts';
import { documentStatus } from './requests/document-status.ts';
import { documentSymbol } from './requests/document-symbol.ts';
import { executeCommand } from './requests/execute-command.ts';
import { hover } from './requests/hover.ts';
import { foldersOf, initializeResult, optionsOf } from './requests/initialize.ts';
import { references } from './requests/references.ts';
import { prepareRename, rename } from './requests/rename.ts';
import { resolveCodeAction } from './requests/resolve-code-action.ts';
import { workspaceDiagnostic } from './requests/workspace-diagnostic.ts';
import { workspaceSymbol } from './requests/workspace-symbol.ts';
import { Session } from './session.ts';
import { readSettings } from './settings.ts';
import { showAnalyses } from './show.ts';

/** Serves one client until it goes away. `version` is the server's own. */
export function serve(connection: Connection, version: string): void {
  let opened: Session | undefined;
  const session = (): Session => {
    if (!opened) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'the server is not initialized');
    return opened;
  };
  /** Runs a notification's handler; what it throws is logged, because nobody waits for an answer. */
  const noticed =
    <P>(handler: (session: Session, params: P) => void | Promise<void>) =>
    async (params: P) => {
      try {
        if (opened) await handler(opened, params);
      } catch (error) {
        connection.console.error(
          `A notification failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    };

  connection.onInitialize((params: InitializeParams) => {
    const options = optionsOf(params);
    opened = new Session(
      connection,
      abilitiesOf(params.capabilities),
      options,
      foldersOf(params),
      version,
      params.locale,
    );
    opened.settings = readSettings(options.settings);
    showAnalyses(opened);
    return initializeResult(params, version);
  });
  connection.onInitialized(
    noticed(async (current) => {
      await initialized(current);
      if (current.abilities.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(noticed(didChangeWorkspaceFolders));
      }
    }),
  );
  connection.onShutdown(() => opened?.dispose());

  connection.onDidOpenTextDocument(noticed(didOpen));
  connection.onDidChangeTextDocument(noticed(didChange));
  connection.onDidCloseTextDocument(noticed(didClose));
  connection.onDidSaveTextDocument(noticed(didSave));
  connection.onDidChangeWatchedFiles(noticed(didChangeWatchedFiles));
  connection.onDidChangeConfiguration(noticed(didChangeConfiguration));

  connection.onNotification(virtualFilesNotification, noticed<unknown>(virtualFiles));

  connection.onHover((params, token) => hover(session(), params, token));
  connection.onDefinition((params, token) => definition(session(), params, token));
  connection.onImplementation((params, token) => implementation(session(), params, token));
  connection.onReferences((params, token) => references(session(), params, token));
  connection.onDocumentLinks((params, token) => documentLink(session(), params, token));
  connection.onCodeLens((params, token) => codeLens(session(), params, token));
  connection.onCodeLensResolve((lens) => resolveCodeLens(session(), lens));
  connection.onCompletion((params, token) => completion(session(), params, token));
  connection.onPrepareRename((params, token) => prepareRename(session(), params, token));
  connection.onRenameRequest((params, token) => rename(session(), params, token));
  connection.onWorkspaceSymbol((params, token) => workspaceSymbol(session(), params, token));
  connection.languages.callHierarchy.onPrepare((params, token) => prepareCallHierarchy(session(), params, token));
  connection.languages.callHierarchy.onIncomingCalls((params, token) => incoming(session(), params, token));
  connection.languages.callHierarchy.onOutgoingCalls((params, token) => outgoing(session(), params, token));
  connection.onDocumentSymbol((params, token) => documentSymbol(session(), params, token));
  connection.onCodeAction((params, token) => codeAction(session(), params, token));
  connection.onCodeActionResolve((action) => resolveCodeAction(session(), action));
  connection.onExecuteCommand((params, token) => executeCommand(session(), params, token));
  connection.onRequest(documentStatusRequest, (params: DocumentStatusParams | undefined) =>
    documentStatus(session(), params),
  );
  connection.languages.diagnostics.on((params, token) => documentDiagnostic(session(), params, token));
  connection.languages.diagnostics.onWorkspace((params, token, _work, progress) =>
    workspaceDiagnostic(session(), params, token, progress),
  );
  connection.listen();
}
