// Holds the offers of the rules: each repair of the contract that a page's example is offered can be made, and takes its finding away.

import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { addOperation } from '../../server/src/fixes/add-operation.ts';
import { addParameter } from '../../server/src/fixes/add-parameter.ts';
import { addProperty } from '../../server/src/fixes/add-property.ts';
import { addResponse } from '../../server/src/fixes/add-response.ts';
import { FixData, type Recipe } from '../../server/src/fixes/recipe.ts';
import { setRequired } from '../../server/src/fixes/set-required.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';
import type { Example } from '../harness/page.ts';
import { readPages } from '../harness/pages.ts';

const recipes = new Map<string, Recipe>(
  [addOperation, addParameter, addProperty, addResponse, setRequired].map((recipe) => [recipe.id, recipe]),
);

async function findingsIn(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const source = memoryFiles({ 'package.json': '{ "name": "example" }\n', ...files });
  return runRules(await new Workspace().model(source), source);
}

/** The example's files after a repair; throws when the recipe refuses, since an offer that cannot be kept is no offer. */
function repaired(example: Example, finding: Finding, index: number): Readonly<Record<string, string>> {
  const offer = finding.fixes[index]!;
  const recipe = recipes.get(offer.id);
  if (!recipe) throw new Error(`nobody knows how to make the repair ${offer.id}`);
  const data = JSON.parse(JSON.stringify(offer.data)) as Record<string, unknown>;
  const nameOf = (file: string): string => file.replace(/^\/workspace\//, '');
  const repair = recipe.prepare(new FixData(data), (file) => example.files[nameOf(file)]);
  if ('refused' in repair) throw new Error(`refused: ${repair.refused}`);
  const changed = repair.files.map(({ file, edits }) => {
    const name = nameOf(file);
    return [name, applyTextEdits(example.files[name] ?? '', edits)] as const;
  });
  return { ...example.files, ...Object.fromEntries(changed) };
}

describe('every offer', () => {
  for (const { id, page } of readPages()) {
    for (const example of page.examples.filter((one) => one.marks.length > 0)) {
      it(`${id}: ${example.title}`, async () => {
        for (const finding of await findingsIn(example.files)) {
          for (const index of finding.fixes.keys()) {
            const left = await findingsIn(repaired(example, finding, index));
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
    for (const { page } of readPages()) {
      for (const example of page.examples) {
        for (const finding of await findingsIn(example.files)) for (const fix of finding.fixes) offered.add(fix.id);
      }
    }
    expect([...offered].sort()).toEqual([...recipes.keys()].sort());
  });
});
