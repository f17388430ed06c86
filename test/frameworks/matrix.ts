// Owns what `docs/frameworks.md` says: how many cases each framework has about what, and what they show to be understood.
// It must not read or write files.

import { type Topic, topics } from './fact-text.ts';
import type { CasePage } from './frameworks.ts';

const headings: Readonly<Record<Topic, string>> = {
  routes: 'Routes',
  mounts: 'Mounts',
  reads: 'Reads',
  exits: 'Exits',
  errors: 'Errors',
  guards: 'Guards',
};

/** The page, from the pages of cases. */
export function matrixPage(pages: readonly CasePage[]): string {
  const names = [...new Set(pages.map((page) => page.name))];
  return `# Frameworks

What Contract Fidelity understands of each framework, as the cases under \`test/code\` hold it. A case is a small service
written as marked text: the facts that have to be found stand below the words that they are found at, and a case fails
when a fact is missing, stands elsewhere, or was not expected.

Written by \`npm run matrix\` from the titles of the cases. \`npx vitest run test/frameworks\` runs them.

${table(names, pages)}

*Routes* are what is served, *mounts* the prefixes and nesting around it, *reads* what a handler takes from the request
and what it demands there, *exits* the answers that leave, *errors* what becomes of what is thrown, *guards* who is let in.

${names.map((name) => section(name, pages)).join('\n\n')}
`;
}

function table(names: readonly string[], pages: readonly CasePage[]): string {
  const rows = names.map((name) => {
    const counts = topics.map((topic) => casesOf(pages, name, topic).length);
    return `| ${[name, ...counts, counts.reduce((sum, count) => sum + count, 0)].join(' | ')} |`;
  });
  const head = `| framework | ${topics.join(' | ')} | all |`;
  return [head, `|---|${topics.map(() => '---:|').join('')}---:|`, ...rows].join('\n');
}

function section(name: string, pages: readonly CasePage[]): string {
  const parts = topics.flatMap((topic) => {
    const titles = casesOf(pages, name, topic).map((one) => one.title);
    return titles.length === 0 ? [] : [`**${headings[topic]}**\n\n${titles.map((title) => `- ${title}`).join('\n')}`];
  });
  return [`## ${name}`, ...parts].join('\n\n');
}

function casesOf(pages: readonly CasePage[], name: string, topic: Topic): CasePage['cases'] {
  return pages.filter((page) => page.name === name && page.topic === topic).flatMap((page) => page.cases);
}
