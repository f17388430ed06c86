// Owns the count of changes that are said of contracts which were only written otherwise: contracts given by path, rewritten in chains of
// seeded steps and compared both ways. It prints what was said, and fails when anything was.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dump, load } from 'js-yaml';
import { compareContracts } from '../../server/src/versioning/compare.ts';
import { type ContractSource, ContractSources } from '../../server/src/versioning/source.ts';
import { Choices, type Data } from '../versioning/contract-data.ts';
import { rewritten } from '../versioning/refactors.ts';
import { OneFile } from './one-file.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: 'string' },
    rewrites: { type: 'string', multiple: true, default: [] },
    /** Chains of rewrites of each contract. */
    each: { type: 'string', default: '8' },
  },
});

function open(path: string, text: string): ContractSource {
  const source = new ContractSources().open(new OneFile(path, text), path);
  if ('failure' in source) throw new Error(`${path}: ${source.failure}`);
  return source;
}

let chains = 0;
let loud = 0;
const paths = [...values.rewrites, ...positionals];
for (const path of paths) {
  const contract = load(readFileSync(path, 'utf8')) as Data;
  const base = open('/w/openapi.yaml', dump(contract, { noRefs: true }));
  for (let seed = 1; seed <= Number(values.each); seed++) {
    const choices = new Choices(seed);
    const { data, steps } = rewritten(contract, choices);
    const revision =
      choices.below(2) === 0
        ? open('/w/openapi.yaml', dump(data, { noRefs: true }))
        : open('/w/openapi.json', JSON.stringify(data, null, 2));
    chains++;
    const said = [
      ...compareContracts(base, revision, { today: '2026-06-01' }).changes,
      ...compareContracts(revision, base, { today: '2026-06-01' }).changes,
    ].filter((change) => change.level !== 'documentation');
    if (said.length === 0) continue;
    loud++;
    console.log(
      `${path}, chain ${seed} (${steps.join(', ')}): ${said.length} changes, such as ${said[0]?.id} of ${said[0]?.subject}`,
    );
  }
}
console.log(`${paths.length} contracts, ${chains} chains of rewrites, ${loud} of them not silent`);
process.exitCode = loud === 0 ? 0 : 1;
