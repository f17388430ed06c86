// Owns the page about published contracts: what was counted in them, by us and by a plain parser. It must not know how it is counted.

/** What was counted in one file. */
export interface Counted {
  readonly file: string;
  readonly version: string;
  readonly specification: string;
  readonly megabytes: number;
  readonly operations: number;
  readonly counted: number;
  readonly events: number;
  readonly references: number;
  readonly dangling: number;
  readonly reported: number;
  /** Repairs that were tried, and those that left exactly the data and the lines that they should. */
  readonly changes: number;
  readonly exact: number;
  readonly agrees: boolean;
}

export interface Publisher {
  readonly name: string;
  readonly of: readonly Counted[];
}

/** The whole page, in Markdown. */
export function publishedPage(publishers: readonly Publisher[]): string {
  const rows = publishers.map(({ name, of }) => row(name, of));
  const all = publishers.flatMap(({ of }) => of);
  const wrong = all.filter(({ agrees }) => !agrees);
  const told =
    wrong.length === 0
      ? `All ${all.length} files agree.`
      : `${wrong.length} of ${all.length} files do not agree:\n\n${wrong.map(difference).join('\n')}`;
  return `# Published contracts

This page is written by \`test/bench/run.mjs --large --changes --publisher NAME=PATH … --page docs/contracts.md\` from copies of what the publishers
have put into their public repositories; the copies are not part of this one.

Operations are counted twice: by our model, and in the plain data that \`js-yaml\` or \`JSON.parse\` gives, by a few lines that know nothing of
our code. References are counted in the plain data; one is dangling when the plain data has nothing at its pointer, and each of those must be
among the problems that we report.

| publisher | files | versions | MB | operations | counted | webhooks and events | references | dangling | reported |
|---|---|---|---|---|---|---|---|---|---|
${[...rows, row('**together**', all)].join('\n')}

${told}
${changed(publishers)}`;
}

/** What repairs left of the texts, where they were tried. */
function changed(publishers: readonly Publisher[]): string {
  const tried = publishers.filter(({ of }) => of.some(({ changes }) => changes > 0));
  if (tried.length === 0) return '';
  const sum = (of: readonly Counted[], value: (one: Counted) => number): string =>
    of.reduce((total, one) => total + value(one), 0).toLocaleString('en-US');
  const rows = tried.map(({ name, of }) => {
    const cells = [name, of.length, sum(of, ({ changes }) => changes), sum(of, ({ exact }) => exact)];
    return `| ${cells.join(' | ')} |`;
  });
  return `
## One change at a time

Repairs are tried on the first, middle and last operations and schemas of each file: a response, a parameter or a property more, one status in
the place of another, a response less, a required name, a deprecation, a version. One is exact when the data of the text is what a plain
change of the plain data gives, and no line differs that need not.

| publisher | files | changes | exact |
|---|---|---|---|
${rows.join('\n')}
`;
}

function row(name: string, of: readonly Counted[]): string {
  const sum = (value: (one: Counted) => number): string =>
    of.reduce((total, one) => total + value(one), 0).toLocaleString('en-US', { maximumFractionDigits: 1 });
  const versions = [...new Set(of.map(({ specification }) => specification))].sort().join(', ');
  const named = of.length === 1 && of[0]!.version !== '' ? `${versions} (\`${of[0]!.version}\`)` : versions;
  const cells = [
    name,
    sum(() => 1),
    named,
    sum(({ megabytes }) => megabytes),
    sum(({ operations }) => operations),
    sum(({ counted }) => counted),
    sum(({ events }) => events),
    sum(({ references }) => references),
    sum(({ dangling }) => dangling),
    sum(({ reported }) => reported),
  ];
  return `| ${cells.join(' | ')} |`;
}

const difference = ({ file, operations, counted, dangling, reported }: Counted): string =>
  `- \`${file}\`: ${operations} operations and ${counted} counted, ${dangling} dangling references and ${reported} reported`;
