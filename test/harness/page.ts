// Owns the reading of a rule's page: front matter, sections, and examples with their files and marks.
// It must not know rules, nor run anything.

/** What must be found at one place: `^^^ error: words` under the offending words. */
export interface Mark {
  readonly file: string;
  /** Both count from 0, in the text without mark lines. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: string;
  /** The rule in brackets (`^^^ warning[body-undeclared]: …`), else the page's own. */
  readonly rule: string;
  /** Pieces that the message contains in this order; the page writes `…` between them. */
  readonly pieces: readonly string[];
}

export interface Example {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly marks: readonly Mark[];
}

export interface Page {
  readonly front: Readonly<Record<string, string>>;
  /** Headings of the second level, in order. */
  readonly sections: readonly string[];
  readonly examples: readonly Example[];
}

/** Reads a page. Throws when it is malformed: a fence that never closes, a file named twice, a mark under nothing. */
export function parsePage(text: string): Page {
  const front = frontMatter(text);
  const sections: string[] = [];
  const examples: Example[] = [];
  let example: { title: string; files: Record<string, string>; marks: Mark[] } | undefined;
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const heading = /^(#{1,3}) (.+)$/.exec(line);
    if (heading) {
      const [, level = '', title = ''] = heading;
      if (level === '##') sections.push(title);
      example = level === '###' ? { title, files: {}, marks: [] } : undefined;
      if (example) examples.push(example);
      continue;
    }
    const fence = /^(`{3,})(\w*)\s*(\S*)\s*$/.exec(line);
    if (!fence) continue;
    const [, ticks = '', , name = ''] = fence;
    const close = lines.indexOf(ticks, i + 1);
    if (close === -1) throw new Error(`the block that begins on line ${i + 1} never ends`);
    if (name !== '') {
      if (!example) throw new Error(`the file ${name} stands below no example heading`);
      if (name in example.files) throw new Error(`the example "${example.title}" has ${name} twice`);
      const read = readMarks(lines.slice(i + 1, close), name, front.id ?? '');
      example.files[name] = read.text;
      example.marks.push(...read.marks);
    }
    i = close;
  }
  return { front, sections, examples: examples.filter((one) => Object.keys(one.files).length > 0) };
}

function frontMatter(text: string): Readonly<Record<string, string>> {
  const [, body] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
  if (body === undefined) throw new Error('the page has no front matter');
  return Object.fromEntries(
    body.split('\n').map((line) => {
      const cut = line.indexOf(':');
      if (cut === -1) throw new Error(`the front matter has a line without a colon: ${line}`);
      return [line.slice(0, cut).trim(), line.slice(cut + 1).trim()];
    }),
  );
}

const markLine = /^\s*(?:\/\/|#)?\s*(\^+)\s*(error|warning|information|hint)(?:\[([\w-]+)\])?:\s*(.*?)\s*$/;

/** Takes the mark lines out of a text. Carets stand at the columns that they mean, in the line above. */
export function readMarks(
  lines: readonly string[],
  file: string,
  ownRule: string,
): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const line of lines) {
    const match = markLine.exec(line);
    if (!match) {
      kept.push(line);
      continue;
    }
    if (kept.length === 0) throw new Error(`${file} begins with a mark, which has nothing above it`);
    const [, carets = '', severity = '', rule = ownRule, words = ''] = match;
    const start = line.indexOf('^');
    const pieces = words
      .split('…')
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '');
    marks.push({ file, line: kept.length - 1, start, end: start + carets.length, severity, rule, pieces });
  }
  return { text: `${kept.join('\n')}\n`, marks };
}
