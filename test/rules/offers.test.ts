// Holds the offers of the rules: each repair, of the contract and of the code, that a page's example is offered can be made, and takes its finding away.

import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { repair, repairIds } from '../../server/src/fixes/repair.ts';
import { rules } from '../../server/src/rules/catalogue.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';
import type { Example } from '../harness/page.ts';
import { readPages } from '../harness/pages.ts';

/** Repairs that no rule offers: they belong to every finding, or to commands. */
const elsewhere = ['ignore-comment', 'set-version'];

/** What all rules find; one that is off by default only on its own page. */
async function findingsIn(files: Readonly<Record<string, string>>, page: string): Promise<readonly Finding[]> {
  const source = memoryFiles({ 'package.json': '{ "name": "example" }\n', ...files });
  const isOff = rules.some((rule) => rule.id === page && rule.off === true);
  const severities = new Map(isOff ? [[page, 'warning' as const]] : []);
  return runRules(await new Workspace().model(source), source, { severities });
}

/** The example's files after a repair; throws when the recipe refuses, since an offer that cannot be kept is no offer. */
function repaired(example: Example, finding: Finding, index: number): Readonly<Record<string, string>> {
  const offer = finding.fixes[index]!;
  const data = JSON.parse(JSON.stringify(offer.data)) as Record<string, unknown>;
  const nameOf = (file: string): string => file.replace(/^\/workspace\//, '');
  const made = repair({ id: offer.id, data }, (file) => example.files[nameOf(file)]);
  if ('refused' in made) throw new Error(`refused: ${made.refused}`);
  const changed = made.files.map(({ file, edits }) => {
    const name = nameOf(file);
    return [name, applyTextEdits(example.files[name] ?? '', edits)] as const;
  });
  return { ...example.files, ...Object.fromEntries(changed) };
}

describe('every offer', () => {
  for (const { id, page } of readPages()) {
    for (const example of page.examples.filter((one) => one.marks.length > 0)) {
      it(`${id}: ${example.title}`, async () => {
        for (const finding of await findingsIn(example.files, id)) {
          for (const index of finding.fixes.keys()) {
            const left = await findingsIn(repaired(example, finding, index), id);
            expect(left.map((one) => one.fingerprint)).not.toContain(finding.fingerprint);
            expect(
              left.filter((one) => one.severity === 'error' && one.rule !== finding.rule).map((one) => one.message),
            ).toEqual([]);
          }
        }
      });
    }
  }

  it('is made by at least one page for each kind of repair', async () => {
    const offered = new Set<string>();
    for (const { id, page } of readPages()) {
      for (const example of page.examples) {
        for (const finding of await findingsIn(example.files, id)) for (const fix of finding.fixes) offered.add(fix.id);
      }
    }
    expect([...offered].sort()).toEqual(repairIds.filter((id) => !elsewhere.includes(id)).sort());
  });
});
