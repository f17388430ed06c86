// Owns the index of all tags of a workspace, kept by file version: an edit re-reads one file's comments.
// It must not know rules, findings or an editor.

import { commentedEndings } from '../base/comments/syntax.ts';
import type { FileSource } from '../base/host.ts';
import type { Contract } from '../contract/model.ts';
import type { ContractLink, LinkIndex } from './model.ts';
import { Resolver } from './resolve.ts';
import { readTags, type Tag } from './tag.ts';

const commented = new RegExp(`\\.(?:${commentedEndings.join('|')})$`, 'i');

/** Reads the tags of a workspace again and again as its files change. */
export class LinkRoom {
  private known = new Map<string, { readonly version: string; readonly tags: readonly Tag[] }>();

  /** Every link of these files. Without a contract there is nothing that a tag could name, and no file is read. */
  index(files: FileSource, contracts: readonly Contract[]): LinkIndex {
    const resolver = new Resolver(contracts, files.roots);
    const byFile = contracts.length === 0 ? new Map<string, readonly Tag[]>() : this.tags(files);
    const made = new Map<string, readonly ContractLink[]>();
    const linksIn = (file: string): readonly ContractLink[] => {
      let links = made.get(file);
      if (!links) {
        links = (byFile.get(file) ?? []).flatMap((tag): ContractLink[] => {
          const resolution = resolver.resolve(tag.target, file);
          return isLink(tag, resolution.kind) ? [{ file, tag, resolution }] : [];
        });
        made.set(file, links);
      }
      return links;
    };
    return {
      get links() {
        return [...byFile.keys()].flatMap(linksIn);
      },
      in: linksIn,
      resolve: (target, file) => resolver.resolve(target, file),
      targetFor: (contract, operation, file) => resolver.targetFor(contract, operation, file),
      fileFor: (contract, file) => resolver.nameOf(contract, file),
    };
  }

  private tags(files: FileSource): Map<string, readonly Tag[]> {
    const next: typeof this.known = new Map();
    const found = new Map<string, readonly Tag[]>();
    for (const path of files.list()) {
      if (!commented.test(path)) continue;
      const version = files.version(path);
      if (version === undefined) continue;
      let kept = this.known.get(path);
      if (kept?.version !== version) {
        const read = files.read(path);
        kept = { version, tags: 'text' in read ? readTags(path, read.text) : [] };
      }
      next.set(path, kept);
      if (kept.tags.length > 0) found.set(path, kept.tags);
    }
    this.known = next;
    return found;
  }
}

/** A word in a sentence that happens to follow the tag's name is no link, unless something answers to it. */
function isLink(tag: Tag, kind: ContractLink['resolution']['kind']): boolean {
  return kind === 'found' || kind === 'ambiguous' || tag.alone || tag.pin !== undefined || tag.target.includes('#');
}
