// The way between addresses and paths, of files on disk and of those that only a client can open.

import { describe, expect, it } from 'vitest';
import { isVirtual, pathOf, uriOf } from '../../server/src/lsp/addresses.ts';

describe('addresses', () => {
  it('lead to paths and back', () => {
    for (const uri of ['memfs:/a/b%20c.yaml', 'vscode-vfs://github/owner/repo/openapi.yaml', 'file:///a/b.yaml']) {
      expect(uriOf(pathOf(uri)!)).toBe(uri);
      expect(isVirtual(pathOf(uri)!)).toBe(!uri.startsWith('file:'));
    }
  });

  it('of states, parts and nothing have no path', () => {
    const none = [
      'git:/a.yaml?%7B%7D',
      'vscode-notebook-cell:/a.ts#b',
      'untitled:Untitled-1',
      'memfs:/a/%2e%2e/b',
      'memfs:/%',
    ];
    expect(none.map(pathOf)).toEqual(none.map(() => undefined));
  });
});
