// Owns what the benchmarks of single contracts share: one file whose text may be replaced, and numbers as people read them.

import type { FileSource } from '../../server/src/base/host.ts';

/** One decimal. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;
export const megabytes = (bytes: number): number => rounded(bytes / 1024 / 1024);

/** One file whose text may be replaced. */
export class OneFile implements FileSource {
  readonly roots = ['/w'];
  private edition = 0;

  constructor(
    readonly path: string,
    private text: string,
  ) {}

  write(text: string): void {
    this.text = text;
    this.edition++;
  }

  list = (): readonly string[] => [this.path];
  exists = (path: string): boolean => path === this.path;
  version = (path: string): string | undefined => (path === this.path ? String(this.edition) : undefined);
  read = (path: string) => (path === this.path ? { text: this.text } : ({ failure: 'missing' } as const));
}
