// Owns the files of a contract that stays as it was while others change: it reads parts late, and the state that it was made in would
// keep every text of that time. It must not know contracts.

import type { FileSource, ReadResult, RemoteCopies } from '../../base/host.ts';

/** The files of the newest state that a contract is known to belong to. */
export class NewestFiles implements FileSource {
  constructor(private current: FileSource) {}

  /** From now on these are the files. What was asked for before is the same in them. */
  become(files: FileSource): void {
    this.current = files;
  }

  get roots(): readonly string[] {
    return this.current.roots;
  }

  get remote(): RemoteCopies | undefined {
    return this.current.remote;
  }

  list(): readonly string[] {
    return this.current.list();
  }

  read(path: string): ReadResult {
    return this.current.read(path);
  }

  exists(path: string): boolean {
    return this.current.exists(path);
  }

  version(path: string): string | undefined {
    return this.current.version(path);
  }
}
