// Owns the extension that gives an editor a folder in memory, as extensions for repositories without a checkout do.
// It must not know the extension under test.

import * as vscode from 'vscode';
import { MemoryFolders } from './memory-folders.ts';

const contract = `openapi: 3.0.3
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema:
                type: object
              example: 7
`;

export function activate(context: vscode.ExtensionContext): void {
  const files = new MemoryFolders();
  files.write('/orders/openapi.yaml', contract);
  files.write(
    '/orders/src/app.ts',
    "import express from 'express';\nexpress().get('/orders', (req, res) => res.sendStatus(404));\n",
  );
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memfs', files));
}
