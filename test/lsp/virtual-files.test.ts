// The limits of what a client hands over of folders that are on no disk.

import { describe, expect, it } from 'vitest';
import { mostVirtual } from '../../server/src/lsp/protocol.ts';
import { VirtualFiles } from '../../server/src/lsp/virtual-files.ts';
import { memoryFiles } from '../harness/memory-files.ts';

const folder = 'memfs:/orders';
const root = '/~memfs:/orders';
const disk = memoryFiles({ 'openapi.yaml': 'openapi: 3.0.3\n' }, '/disk');

const named = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => ({ uri: `${folder}/${index}.yaml`, text }));

describe('what is handed over', () => {
  it('is bounded by number and by size, one by one and together', () => {
    const files = new VirtualFiles();
    const listed = (): number => files.beside(disk, [root]).list().length - 1;
    expect(files.take({ folder, whole: true, files: named(mostVirtual.files + 5, 'a: 1\n') }, [root])).toBe(true);
    expect(listed()).toBe(mostVirtual.files);
    expect(files.take({ folder, whole: true, files: [] }, [root])).toBe(true);
    expect(listed()).toBe(0);
    files.take({ folder, whole: true, files: named(1, 'x'.repeat(mostVirtual.charactersOfOne + 1)) }, [root]);
    expect(listed()).toBe(0);
    const large = 'x'.repeat(mostVirtual.charactersOfOne);
    files.take({ folder, whole: true, files: named(5, large) }, [root]);
    expect(listed()).toBe(Math.floor(mostVirtual.characters / mostVirtual.charactersOfOne));
  });

  it('is told apart by versions, and the same text changes nothing', () => {
    const files = new VirtualFiles();
    const give = (text: string | null) =>
      files.take({ folder, whole: false, files: [{ uri: `${folder}/a.yaml`, text }] }, [root]);
    const version = () => files.beside(disk, [root]).version(`${root}/a.yaml`);
    expect(give('a: 1\n')).toBe(true);
    const first = version();
    const before = files.beside(disk, [root]);
    expect(give('a: 1\n')).toBe(false);
    expect(version()).toBe(first);
    expect(give('a: 2\n')).toBe(true);
    expect(version()).not.toBe(first);
    expect(before.read(`${root}/a.yaml`)).toEqual({ text: 'a: 1\n' });
    expect(give(null)).toBe(true);
    expect(version()).toBeUndefined();
    expect(give(null)).toBe(false);
  });

  it('stands beside the disk, which is asked for what is its own', () => {
    const files = new VirtualFiles();
    files.take({ folder, whole: true, files: named(1, '\uFEFFa: 1\n') }, [root]);
    const both = files.beside(disk, ['/disk', root]);
    expect(both.roots).toEqual(['/disk', root]);
    expect(both.list()).toEqual(['/disk/openapi.yaml', `${root}/0.yaml`]);
    expect(both.read('/disk/openapi.yaml')).toEqual({ text: 'openapi: 3.0.3\n' });
    expect(both.read(`${root}/0.yaml`)).toEqual({ text: 'a: 1\n' });
    expect(files.beside(disk, ['/disk'])).toBe(disk);
    files.keep(['/disk']);
    expect(files.beside(disk, [root]).list()).toEqual(['/disk/openapi.yaml']);
  });
});
