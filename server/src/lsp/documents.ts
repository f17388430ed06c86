// Owns the documents that the editor has open, with their unsaved text. It must not know what the texts mean.

import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { OpenBuffer } from '../host/overlay.ts';
import { pathOf } from './addresses.ts';

export interface OpenDocument {
  readonly path: string;
  readonly document: TextDocument;
  /** Grows with every change of any document, so that a document that is opened again is never taken for its former self. */
  readonly revision: number;
  /** Whether the text holds a zero, or held one since it was opened or replaced. */
  readonly binary: boolean;
}

export class Documents {
  private readonly open = new Map<string, OpenDocument>();
  private revisions = 0;

  /** Takes a document in; false for those that are not files. */
  add(uri: string, languageId: string, version: number, text: string): boolean {
    const path = pathOf(uri);
    if (path === undefined) return false;
    this.open.set(path, {
      path,
      document: TextDocument.create(uri, languageId, version, text),
      revision: ++this.revisions,
      binary: text.includes('\0'),
    });
    return true;
  }

  /** Applies changes; false when the document is not open or its text stays the same. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): boolean {
    const known = this.get(uri);
    if (!known) return false;
    let { document, binary } = known;
    let same = true;
    // Looked at change by change: the whole text may have megabytes, and what is typed is a character.
    for (const change of changes) {
      const whole = !('range' in change);
      same &&= change.text === document.getText(whole ? undefined : change.range);
      binary = (binary && !whole) || change.text.includes('\0');
      document = TextDocument.update(document, [change], version);
    }
    const revision = same ? known.revision : ++this.revisions;
    this.open.set(known.path, { path: known.path, document, revision, binary });
    return !same;
  }

  remove(uri: string): boolean {
    const path = pathOf(uri);
    return path !== undefined && this.open.delete(path);
  }

  get(uri: string): OpenDocument | undefined {
    const path = pathOf(uri);
    return path === undefined ? undefined : this.open.get(path);
  }

  at(path: string): OpenDocument | undefined {
    return this.open.get(path);
  }

  all(): Iterable<OpenDocument> {
    return this.open.values();
  }

  /** The texts as they are now; later changes do not show in it. */
  buffers(): Map<string, OpenBuffer> {
    const buffers = new Map<string, OpenBuffer>();
    for (const { path, document, revision, binary } of this.open.values()) {
      buffers.set(path, { text: document.getText(), version: revision, binary });
    }
    return buffers;
  }
}
