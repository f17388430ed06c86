// Owns the making of malformed documents: mutations of contracts as somebody hostile, or a broken disk, would make them.
// Seeded, so that every document can be made again by its number. It must not know how they are read.

/** Numbers from 0 to 1 that depend on a seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

const fragments = [
  '__proto__:\n  polluted: true\n',
  'constructor: { prototype: { polluted: true } }\n',
  '"__proto__": {"polluted": true},',
  '{{{{[[[[',
  ']]]]}}}}',
  '\t',
  '\0',
  '\uFEFF',
  '\uD800',
  '\u2028',
  '%YAML 1.2\n---\n',
  '---\n',
  '...\n',
  '? complex\n: value\n',
  '<<: *nothing\n',
  '&a [*a, *a]\n',
  '!!binary |\n',
  '!<tag:evil> ',
  "'unclosed",
  '"unclosed \\',
  '| # header\n',
  '>-9\n',
  '$ref: "#/"\n',
  "$ref: '#/paths'\n",
  "$ref: '../../../../etc/passwd'\n",
  "$ref: 'http://[::1'\n",
  "$ref: '#/%ff%fe/~2'\n",
  '"openapi": 3',
  ': : :',
  '- - - -',
  '🙂'.repeat(20),
];

type Mutation = (text: string, random: () => number) => string;

const place = (text: string, random: () => number): number => Math.floor(random() * (text.length + 1));

const insert = (text: string, at: number, added: string): string => text.slice(0, at) + added + text.slice(at);

const lineBehind = (text: string, at: number): number => {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found + 1;
};

/** An alias bomb of `levels` levels in the first column. */
function bomb(levels: number): string {
  const lines = ['b0: &b0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < levels; level++) {
    const aliases = Array(10)
      .fill(`*b${level - 1}`)
      .join(', ');
    lines.push(`b${level}: &b${level} [${aliases}]`);
  }
  return `${lines.join('\n')}\n`;
}

const mutations: Readonly<Record<string, Mutation>> = {
  truncate: (text, random) => text.slice(0, place(text, random)),
  behead: (text, random) => text.slice(place(text, random)),
  drop: (text, random) => {
    const from = place(text, random);
    return text.slice(0, from) + text.slice(from + Math.floor(random() * 200));
  },
  bytes: (text, random) => {
    const bytes = Array.from({ length: 1 + Math.floor(random() * 30) }, () => Math.floor(random() * 256));
    return insert(text, place(text, random), String.fromCharCode(...bytes));
  },
  replace: (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + text.slice(at + 1);
  },
  fragment: (text, random) => insert(text, place(text, random), fragments[Math.floor(random() * fragments.length)]!),
  line: (text, random) =>
    insert(text, lineBehind(text, place(text, random)), fragments[Math.floor(random() * fragments.length)]!),
  move: (text, random) => {
    const from = lineBehind(text, place(text, random));
    const to = lineBehind(text, from);
    return insert(text.slice(0, from) + text.slice(to), place(text, random), text.slice(from, to));
  },
  repeat: (text, random) => {
    const from = lineBehind(text, place(text, random));
    const part = text.slice(from, lineBehind(text, from + Math.floor(random() * 400)));
    return insert(text, from, part.repeat(1 + Math.floor(random() * 20)));
  },
  indent: (text, random) =>
    insert(text, lineBehind(text, place(text, random)), ' '.repeat(1 + Math.floor(random() * 9))),
  nest: (text, random) => {
    const depth = 50 + Math.floor(random() * 2000);
    const opening = random() < 0.5 ? '[' : '{a: ';
    return insert(text, place(text, random), opening.repeat(depth));
  },
  nestLines: (text, random) => {
    const depth = 20 + Math.floor(random() * 400);
    const lines = Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`);
    return insert(text, lineBehind(text, place(text, random)), `${lines.join('\n')}\n`);
  },
  huge: (text, random) => insert(text, place(text, random), 'x'.repeat(1000 + Math.floor(random() * 200_000))),
  bomb: (text, random) => bomb(3 + Math.floor(random() * 8)) + text,
  carriage: (text, random) => (random() < 0.5 ? text.replaceAll('\n', '\r\n') : text.replaceAll('\n', '\r')),
  tabs: (text) => text.replaceAll('  ', '\t'),
  cycle: (text) => `${text.replace(/\$ref: .*/g, "$ref: '#/components/schemas/Loop'")}\nx-loop: { $ref: '#/x-loop' }\n`,
  document: (text, random) => insert(text, lineBehind(text, place(text, random)), '---\nopenapi: 3.0.0\n'),
};

const names = Object.keys(mutations);

export interface Malformed {
  /** What was done, in order. */
  readonly made: readonly string[];
  readonly text: string;
}

/** The document of a number: one to four mutations of one of the seeds. */
export function malformed(seeds: readonly string[], seed: number, number: number): Malformed {
  const random = randomFrom(seed * 1_000_003 + number);
  let text = seeds[Math.floor(random() * seeds.length)]!;
  const made: string[] = [];
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const name = names[Math.floor(random() * names.length)]!;
    made.push(name);
    text = mutations[name]!(text, random);
  }
  return { made, text };
}
