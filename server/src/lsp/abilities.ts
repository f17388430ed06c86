// Owns what the connected client can do, reduced to the questions that we ask. It must not know what we answer.

import type { ClientCapabilities } from 'vscode-languageserver';

export interface Abilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly markdownHover: boolean;
  readonly resolvesEdits: boolean;
  readonly versionedEdits: boolean;
  readonly confirmsEdits: boolean;
  readonly snippetEdits: boolean;
  readonly createsFiles: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly definitionLinks: boolean;
  readonly implementationLinks: boolean;
  readonly refreshesLenses: boolean;
}

export function abilitiesOf(capabilities: ClientCapabilities): Abilities {
  const { textDocument, workspace } = capabilities;
  const edits = workspace?.workspaceEdit;
  const resolved = textDocument?.codeAction?.resolveSupport?.properties ?? [];
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    codeDescription:
      textDocument?.publishDiagnostics?.codeDescriptionSupport === true ||
      textDocument?.diagnostic?.codeDescriptionSupport === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    resolvesEdits: textDocument?.codeAction?.dataSupport === true && resolved.includes('edit'),
    versionedEdits: edits?.documentChanges === true,
    confirmsEdits: edits?.documentChanges === true && edits.changeAnnotationSupport !== undefined,
    snippetEdits: edits?.documentChanges === true && edits.snippetEditSupport === true,
    createsFiles: edits?.documentChanges === true && edits.resourceOperations?.includes('create') === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    implementationLinks: textDocument?.implementation?.linkSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
  };
}
