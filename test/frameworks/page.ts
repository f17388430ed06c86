// Owns the reading of a page of cases: its cases, their files, the marks in them and the facts that are stated without a place.
// It must not know how facts are found, nor which frameworks there are.

/** A fact that is expected at a place: carets that begin where it begins, in the line above. */
export interface Mark {
  readonly file: string;
  /** Both count from 0, in the text without mark lines. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** One case: a small service and what is true of it. */
export interface Case {
  /** What is understood, as one sentence. */
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly marks: readonly Mark[];
  /** Facts that have no place worth pointing at. */
  readonly stated: readonly string[];
}

const fenceLine = /^(`{3,})(\w*)\s*(\S*)\s*$/;
const markLine = /^\s*(?:\/\/|#)?\s*(\^+)\s+(\S.*?)\s*$/;

/** Reads a page. Throws when it is malformed: a fence that never closes, a file named twice, a mark under nothing. */
export function parseCases(text: string): readonly Case[] {
  const cases: { title: string; files: Record<string, string>; marks: Mark[]; stated: string[] }[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const heading = /^## (.+)$/.exec(line);
    if (heading) {
      cases.push({ title: heading[1]!.trim(), files: {}, marks: [], stated: [] });
      continue;
    }
    const [fence, ticks = '', language = '', name = ''] = fenceLine.exec(line) ?? [];
    if (fence === undefined) continue;
    const close = lines.indexOf(ticks, i + 1);
    if (close === -1) throw new Error(`the block that begins on line ${i + 1} never ends`);
    const current = cases.at(-1);
    if (!current) throw new Error(`the block that begins on line ${i + 1} stands below no case`);
    const inside = lines.slice(i + 1, close);
    if (language === 'facts') current.stated.push(...inside.map((one) => one.trim()).filter((one) => one !== ''));
    else if (name !== '') {
      if (name in current.files) throw new Error(`the case "${current.title}" has ${name} twice`);
      const read = readMarks(inside, name);
      current.files[name] = read.text;
      current.marks.push(...read.marks);
    }
    i = close;
  }
  return cases;
}

/** Takes the mark lines out of a text. */
function readMarks(lines: readonly string[], file: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const line of lines) {
    const text = markLine.exec(line)?.[2];
    if (text === undefined) {
      kept.push(line);
      continue;
    }
    if (kept.length === 0) throw new Error(`${file} begins with a mark, which has nothing above it`);
    marks.push({ file, line: kept.length - 1, column: line.indexOf('^'), text });
  }
  return { text: `${kept.join('\n')}\n`, marks };
}
