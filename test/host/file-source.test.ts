// Files on disk: what is listed, what is read, what is refused and how that is said.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSource, overlay } from '../../server/src/host/file-source.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fidelity-files-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string | Buffer = '{}'): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function listed(options: { produced?: 'skip' | 'enter'; from?: string } = {}): string[] {
  const from = join(root, options.from ?? '.');
  return createFileSource({ roots: [from], produced: options.produced })
    .list()
    .map((file) => file.slice(root.length + 1));
}

describe('listing', () => {
  it('lists candidates in order and leaves out what is installed, built or generated', () => {
    for (const path of ['b.ts', 'a.yaml', 'src/c.mjs', 'photo.png', 'notes.md', 'app.min.js', 'x.bundle.js'])
      write(path);
    for (const folder of ['node_modules/x', '.git', 'dist', 'build', 'out', 'coverage', '.next', 'vendor/y']) {
      write(`${folder}/index.js`);
    }
    expect(listed()).toEqual(['a.yaml', 'b.ts', 'src/c.mjs']);
  });

  it('takes ordinary folder names inside of sources as sources', () => {
    write('src/routes/vendor/index.ts');
    write('src/build/index.ts');
    write('src/dist/index.ts');
    expect(listed()).toEqual(['src/build/index.ts', 'src/routes/vendor/index.ts']);
  });

  it('follows .gitignore at every level, the inner one last', () => {
    write('.gitignore', '*.gen.ts\nprivate/\n/top.ts\n');
    write('sub/.gitignore', '!keep.gen.ts\nlocal.ts\n');
    const paths = [
      'top.ts',
      'a.gen.ts',
      'private/a.ts',
      'sub/top.ts',
      'sub/keep.gen.ts',
      'sub/b.gen.ts',
      'sub/local.ts',
    ];
    for (const path of paths) write(path);
    expect(listed()).toEqual(['sub/keep.gen.ts', 'sub/top.ts']);
  });

  it('follows the .gitignore of the repository around the root, unless that leaves out the root itself', () => {
    mkdirSync(join(root, '.git'));
    write('.gitignore', '*.local.ts\nscratch/\n');
    for (const path of ['app/a.ts', 'app/a.local.ts', 'scratch/b.ts', 'scratch/b.local.ts']) write(path);
    expect(listed({ from: 'app' })).toEqual(['app/a.ts']);
    expect(listed({ from: 'scratch' })).toEqual(['scratch/b.local.ts', 'scratch/b.ts']);
  });

  it('looks into large scripts and leaves out minified ones', () => {
    write('big.js', 'x=1;'.repeat(40_000));
    write('long.js', 'const x = 1;\n'.repeat(20_000));
    expect(listed()).toEqual(['long.js']);
  });

  it('enters build folders when it is asked to, ignored or not', () => {
    write('.gitignore', 'dist\n');
    write('dist/openapi.json');
    write('a.ts');
    expect(listed({ produced: 'enter' })).toEqual(['a.ts', 'dist/openapi.json']);
  });

  it('names the folders that lie too deep to be entered, and only those', () => {
    const deep = `${'d/'.repeat(64)}e`;
    write(`${'d/'.repeat(64)}openapi.yaml`);
    write(`${deep}/openapi.yaml`);
    const source = createFileSource({ roots: [root] });
    expect(source.list()).toEqual([join(root, 'd/'.repeat(64), 'openapi.yaml')]);
    expect(source.unentered?.()).toEqual([join(root, deep)]);
  });

  it('does not walk through links', () => {
    write('real/a.ts');
    symlinkSync(join(root, 'real'), join(root, 'copy'));
    symlinkSync(join(root, 'real/a.ts'), join(root, 'b.ts'));
    symlinkSync(root, join(root, 'real/loop'));
    expect(listed()).toEqual(['real/a.ts']);
  });
});

describe('reading', () => {
  it('gives the text without a byte order mark, UTF-16 included', () => {
    const plain = write('a.json', '\ufeff{"a":1}');
    const wide = write('b.json', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"ä":1}', 'utf16le')]));
    const files = createFileSource({ roots: [root] });
    expect(files.read(plain)).toEqual({ text: '{"a":1}' });
    expect(files.read(wide)).toEqual({ text: '{"ä":1}' });
  });

  it('says why there is no text', () => {
    const large = write('large.json', 'x'.repeat(2_000));
    const binary = write('binary.json', 'a\0b');
    mkdirSync(join(root, 'folder.yaml'));
    const files = createFileSource({ roots: [root], maxBytes: 1_000 });
    expect(files.read(large)).toMatchObject({ failure: 'too-large' });
    expect(files.read(binary)).toMatchObject({ failure: 'binary' });
    expect(files.read(join(root, 'folder.yaml'))).toMatchObject({
      failure: 'unreadable',
      detail: 'it is not a plain file',
    });
    expect(files.read(join(root, 'none.yaml'))).toEqual({ failure: 'missing' });
    expect(files.exists(join(root, 'none.yaml'))).toBe(false);
    expect(files.version(join(root, 'none.yaml'))).toBeUndefined();
  });

  it('reads nothing outside of the roots, by name, by dots or by link', () => {
    const outside = write('outside/secret.yaml', 'secret: 1');
    mkdirSync(join(root, 'inside/deep'), { recursive: true });
    symlinkSync(outside, join(root, 'inside/link.yaml'));
    symlinkSync(join(root, 'outside'), join(root, 'inside/deep/linked'));
    const files = createFileSource({ roots: [join(root, 'inside')] });
    const paths = [
      '/etc/passwd',
      outside,
      join(root, 'inside/link.yaml'),
      join(root, 'inside/deep/linked/secret.yaml'),
    ];
    for (const path of [...paths, `${root}/inside/../outside/secret.yaml`]) {
      expect(files.read(path), path).toMatchObject({ failure: 'outside' });
      expect(files.exists(path), path).toBe(false);
      expect(files.version(path), path).toBeUndefined();
    }
  });

  it('reads ignored files that somebody names, and folders that are allowed beside the roots', () => {
    const built = write('app/dist/openapi.yaml', 'openapi: 3.0.3');
    const beside = write('specs/openapi.yaml', 'openapi: 3.0.3');
    const files = createFileSource({ roots: [join(root, 'app')], readable: [join(root, 'specs')], also: [beside] });
    expect(files.read(built)).toEqual({ text: 'openapi: 3.0.3' });
    expect(files.read(beside)).toEqual({ text: 'openapi: 3.0.3' });
    expect(files.list()).toEqual([beside]);
  });

  it('does not mix two states of a file', () => {
    const file = write('a.yaml', 'one');
    const files = createFileSource({ roots: [root] });
    const before = files.version(file);
    writeFileSync(file, 'two, and longer');
    utimesSync(file, new Date(2_000_000_000_000), new Date(2_000_000_000_000));
    expect(files.read(file)).toMatchObject({ failure: 'unreadable' });
    const fresh = createFileSource({ roots: [root] });
    expect(fresh.read(file)).toEqual({ text: 'two, and longer' });
    expect(fresh.version(file)).not.toBe(before);
  });
});

describe('buffers over files', () => {
  it('stand in for the file, with versions of their own', () => {
    const file = write('a.yaml', 'disk');
    const base = createFileSource({ roots: [root] });
    const one = overlay(base, new Map([[file, { text: 'one', version: 1 }]]));
    const two = overlay(base, new Map([[file, { text: 'two', version: 2 }]]));
    expect(one.read(file)).toEqual({ text: 'one' });
    expect(new Set([base.version(file), one.version(file), two.version(file)]).size).toBe(3);
    expect(one.list()).toEqual([file]);
  });

  it('are listed when they are new, and not when the file is one that is left out', () => {
    const installed = write('node_modules/x/index.ts', '');
    const fresh = join(root, 'new.ts');
    const foreign = '/elsewhere/new.ts';
    const buffer = { text: 'x', version: 1 };
    const files = overlay(
      createFileSource({ roots: [root] }),
      new Map([installed, fresh, foreign].map((f) => [f, buffer])),
    );
    expect(files.list()).toEqual([fresh]);
    expect(files.read(installed)).toEqual({ text: 'x' });
    expect(files.exists(fresh)).toBe(true);
    expect(files.read(foreign)).toMatchObject({ failure: 'outside' });
  });
});
