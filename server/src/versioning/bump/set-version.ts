// Owns writing a version into the texts that carry it: `info.version` of a contract, and a package manifest beside it.
// It must not know files or how a version was chosen.

import { readOutline } from '../../contract/edit/outline.ts';
import { setScalar } from '../../contract/edit/replace.ts';
import { applyTextEdits, type TextEdit } from '../../contract/edit/text-edit.ts';
import { ContractDocument } from '../../contract/load/document.ts';

export type Rewritten = { readonly text: string } | { readonly refused: string };

/** The edits that give a contract's text another `info.version`: in the place of the old one and as it was written, else as a new entry. */
export function versionEdits(
  file: string,
  text: string,
  version: string,
): { readonly edits: readonly TextEdit[] } | { readonly refused: string } {
  const node = new ContractDocument(file, text).root.get('info')?.get('version');
  const raw = node?.kind === 'scalar' ? text.slice(node.start, node.end) : '';
  const quote = /^(['"])[^'"\\]*\1$/.exec(raw)?.[1] ?? (/^[\w.+-]+$/.test(raw) ? '' : undefined);
  if (node && !node.broken && quote !== undefined && /^[\w.+-]+$/.test(version)) {
    return { edits: [{ start: node.start, end: node.end, text: `${quote}${version}${quote}` }] };
  }
  const outline = readOutline(file, text);
  return outline ? setScalar(outline, '/info', 'version', version) : { refused: 'the contract cannot be read in full' };
}

/** The contract's text with another `info.version`, its handwriting kept. */
export function withVersion(file: string, text: string, version: string): Rewritten {
  const result = versionEdits(file, text, version);
  return 'refused' in result ? result : { text: applyTextEdits(text, result.edits) };
}

/** A `package.json` with another version, when it has the old one: a package that is numbered on its own is left alone. */
export function withPackageVersion(text: string, before: readonly string[], version: string): Rewritten {
  const found = /("version"\s*:\s*")([^"\\]*)(")/.exec(text);
  if (!found) return { refused: 'it has no version' };
  if (!before.includes(found[2]!)) return { refused: `its version ${found[2]} is not the contract's` };
  const at = found.index + found[1]!.length;
  return { text: `${text.slice(0, at)}${version}${text.slice(at + found[2]!.length)}` };
}
