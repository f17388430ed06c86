// Owns which names somebody may have meant who wrote another. It must not know what is named.

const most = 3;

/** The names that are close to a text, the closest first; none that merely share some letters. */
export function nearestTexts(text: string, names: Iterable<string>): string[] {
  const wanted = plain(text);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(names)) {
    const candidate = plain(name);
    if (candidate.length > 300 || Math.abs(candidate.length - wanted.length) > allowed) continue;
    const distance = distanceOf(wanted, candidate, allowed);
    if (distance <= allowed) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, most).map(({ name }) => name);
}

/** Case and separators are what people get wrong first. */
const plain = (text: string): string => text.toLowerCase().replace(/[-_.\s]/g, '');

/** The number of single-letter edits between two texts (Levenshtein), or more than `most` as soon as that is sure. */
function distanceOf(a: string, b: string, limit: number): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = before[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      line.push(Math.min(change, before[column]! + 1, line[column - 1]! + 1));
    }
    if (Math.min(...line) > limit) return limit + 1;
    before = line;
  }
  return before[b.length]!;
}
