// Owns `npm run mutants`: all mutants, the table on standard output and in `docs/mutants.md`.
// It must not judge: that is judge.ts.

import { writeFileSync } from 'node:fs';
import { services } from './catalogue.ts';
import { type Judged, judge, type Row, tabulate } from './judge.ts';

/** The least share of mutants of each framework that must be killed at the right place, with nothing else said. */
const bound = 0.85;

const judged: Judged[] = [];
for (const service of services) {
  const started = performance.now();
  const list = await judge(process.cwd(), service);
  judged.push(...list);
  console.error(`${service.folder}: ${list.length} mutants in ${Math.round(performance.now() - started)} ms`);
}
const byFramework = tabulate(judged, 'framework');
const least = Math.min(...byFramework.map(({ killed, mutants }) => killed / Math.max(1, mutants)));
const table = [tableOf('framework', byFramework), tableOf('mutation', tabulate(judged))].join('\n\n');
console.log(table);
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
for (const { service, mutant, verdict, said } of judged) {
  if (verdict === 'killed' || (wanted.length > 0 && !wanted.includes(mutant.kind))) continue;
  if (!process.argv.includes('--list')) continue;
  console.log(
    `${verdict} | ${mutant.kind} | ${service} ${mutant.about}${said.map((line) => `\n    ${line}`).join('')}`,
  );
}
writeFileSync('docs/mutants.md', page(table));
process.exitCode = least >= bound ? 0 : 1;

function tableOf(about: string, list: readonly Row[]): string {
  const lines = list.map(
    ({ about: one, mutants, killed, others, silent }) =>
      `| ${one} | ${mutants} | ${killed} | ${others} | ${silent} | ${Math.round((100 * killed) / Math.max(1, mutants))} % |`,
  );
  return [
    `| ${about} | mutants | killed at the right place | other rules fired | silent | killed |`,
    '|---|---:|---:|---:|---:|---:|',
    ...lines,
  ].join('\n');
}

function page(text: string): string {
  return `# Mutants

A service and a contract that agree give no findings. Here one thing at a time is changed in the contract, and the whole
engine is run on it. A mutant is *killed* when the matching rule speaks about the right operation and the right thing and
no other rule speaks; *other rules fired* when something else is said, with or without it; *silent* when nothing is said.

Written by \`npm run mutants\` over ${services.map(({ folder }) => `\`${folder}\``).join(', ')}. The bound is ${bound * 100} % for each
framework.
\`npm run mutants -- --list\` names every mutant that was not killed.

${text}

Left out, because nothing that the code does would contradict them:

${services.flatMap(({ folder, equivalent }) => [...equivalent].map(([about, reason]) => `- \`${folder}\`, \`${about}\`: ${reason}.`)).join('\n')}
`;
}
