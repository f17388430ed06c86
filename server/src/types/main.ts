// Owns the process of the type checker: messages in, messages out, one inquiry at a time, and the end when nobody is there any more.
// It must not know what is asked. It opens files for reading inside of the roots that an inquiry names, and nothing else.

import { createFileSource } from '../host/file-source.ts';
import { overlay } from '../host/overlay.ts';
import { confinedFolders, libraryFolder, readLibrary } from '../host/type-files.ts';
import { Checker } from './checker.ts';
import type { Inquiry, Withdrawal } from './messages.ts';

/** Declarations of a generated client are long. */
const mostBytes = 16 * 1024 * 1024;

const checker = new Checker({
  files: ({ roots, unsaved }) => {
    const base = createFileSource({ roots, maxBytes: mostBytes });
    const texts = new Map(unsaved.map(({ path, text }) => [path, { text, version: '' }]));
    const versions = new Map(unsaved.map(({ path, version }) => [path, version]));
    const over = overlay(base, texts);
    const version = (path: string): string | undefined => versions.get(path) ?? over.version(path);
    return {
      ...confinedFolders(base.roots),
      roots: over.roots,
      list: over.list,
      read: over.read,
      exists: over.exists,
      version,
    };
  },
  libraryFolder: libraryFolder(),
  readLibrary,
  megabytes: () => Math.round(process.memoryUsage.rss() / 1024 / 1024),
});

const withdrawn = new Set<number>();
let working: Promise<void> = Promise.resolve();

process.on('message', (message: Inquiry | Withdrawal) => {
  if (message.kind === 'withdraw') {
    withdrawn.add(message.id);
    return;
  }
  working = working.then(() => answer(message));
});

// Without an engine there is nobody to answer.
process.on('disconnect', () => process.exit(0));

async function answer(inquiry: Inquiry): Promise<void> {
  const goOn = async (): Promise<boolean> => {
    await new Promise((resolve) => setImmediate(resolve));
    return !withdrawn.has(inquiry.id);
  };
  const answers = await checker.answer(inquiry, goOn);
  withdrawn.delete(inquiry.id);
  process.send?.(answers);
}
