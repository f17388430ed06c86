// Owns what repairs of code have in common that read one file and change it: the reading, and the refusal where nothing fits.
// It must not know any one of them.

import type { CodeEdit } from '../../code/languages/typescript/edits/property.ts';
import { type FixData, type ReadText, RefusedRepair, type Repair, refusable } from '../recipe.ts';

/** The repair of the file that the data names; `refusal` says what is not there when `make` gives nothing. */
export function changeOf(
  data: FixData,
  read: ReadText,
  refusal: string,
  make: (file: string, text: string) => CodeEdit | readonly CodeEdit[] | undefined,
): Repair {
  return refusable(() => {
    const file = data.text('file');
    const text = read(file);
    if (text === undefined) throw new RefusedRepair('the file cannot be read');
    const made = make(file, text);
    if (!made) throw new RefusedRepair(refusal);
    return { files: [{ file, edits: 'start' in made ? [made] : made }] };
  });
}
