// Owns the texts of sources while a workspace's modules are run, and what they were asked: each file is read once, and what its text said
// holds for as long as the text does. It must not know what anybody looks for.

import type { FileSource, ReadResult } from '../../../base/host.ts';

interface Said {
  readonly version: string;
  readonly answers: Map<RegExp, boolean>;
}

/** Keep one for as long as a workspace. */
export class SourceTexts {
  private readonly said = new Map<string, Said>();

  /** Files whose texts are kept from their first reading to the end of `work`; later readings go to `files` again. */
  async during<T>(files: FileSource, work: (files: FileSource) => Promise<T>): Promise<T> {
    const texts = new Map<string, ReadResult>();
    let over = false;
    const read = (path: string): ReadResult => {
      const known = texts.get(path);
      if (known) return known;
      const result = files.read(path);
      if (!over) texts.set(path, result);
      return result;
    };
    const reading: FileSource = {
      roots: files.roots,
      list: () => files.list(),
      exists: (path) => files.exists(path),
      version: (path) => files.version(path),
      read,
    };
    try {
      return await work(reading);
    } finally {
      over = true;
      texts.clear();
    }
  }

  /** Whether a file can be read and its text matches. The pattern is known by its identity and must not be global. */
  says(files: FileSource, path: string, pattern: RegExp): boolean {
    const version = files.version(path);
    if (version === undefined) return false;
    let known = this.said.get(path);
    if (known?.version !== version) {
      known = { version, answers: new Map() };
      this.said.set(path, known);
    }
    const before = known.answers.get(pattern);
    if (before !== undefined) return before;
    const result = files.read(path);
    const answer = 'text' in result && pattern.test(result.text);
    known.answers.set(pattern, answer);
    return answer;
  }
}
