// Owns the overlays of one root document: opening them, applying them one after the other, and saying which could not be.
// It must not know who names them.

import type { ContractNode } from '../load/contract-node.ts';
import { ContractDocument } from '../load/document.ts';
import type { OpenDocument } from '../load/references.ts';
import type { ContractProblem } from '../model.ts';
import { applyOverlay, isOverlay } from './apply.ts';

export interface Overlaid {
  /** The root document as the overlays leave it; the same object when there are none. */
  readonly document: ContractDocument;
  /** The overlays that were applied. */
  readonly documents: readonly ContractDocument[];
  readonly problems: readonly ContractProblem[];
}

/** Applies the overlays of these files to a root document. What cannot be read as an overlay is a problem of its file. */
export function applyOverlays(root: ContractDocument, files: readonly string[], open: OpenDocument): Overlaid {
  if (files.length === 0) return { document: root, documents: [], problems: [] };
  const documents: ContractDocument[] = [];
  const problems: ContractProblem[] = [];
  let changed: ContractNode = root.root;
  for (const file of files) {
    const opened = open(file);
    const problem = (message: string): void => {
      problems.push({ kind: 'overlay', message, place: { file, start: 0, end: 0, pointer: '' } });
    };
    if ('failure' in opened) {
      problem(`The overlay cannot be read (${opened.failure}) and is not applied`);
      continue;
    }
    if (!isOverlay(opened.root)) {
      problem('The file is named as an overlay and is none of version 1: it is not applied');
      continue;
    }
    const document = new ContractDocument(file, opened.text, opened, { home: root.file });
    const applied = applyOverlay(changed, document.root);
    changed = applied.root;
    problems.push(...applied.problems);
    documents.push(document);
  }
  const document = new ContractDocument(root.file, root.text, root, { amend: () => changed });
  return { document, documents, problems };
}
