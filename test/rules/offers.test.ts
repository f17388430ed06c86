// Holds the offers of the rules: each repair, of the contract and of the code, that a page's example is offered can be made, and takes its finding away.

import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../../server/src/contract/edit/text-edit.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { repair } from '../../server/src/fixes/repair.ts';
import { rules } from '../../server/src/rules/catalogue.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { presentFiles, standingsOf } from '../harness/check-example.ts';
import { memoryFiles } from '../harness/memory-files.ts';
import type { Example } from '../harness/page.ts';
import { readPages } from '../harness/pages.ts';

/** What all rules find; one that is off by default only on its own page. */
async function findingsIn(files: Readonly<Record<string, string>>, page: string): Promise<readonly Finding[]> {
  const source = memoryFiles({ 'package.json': '{ "name": "example" }\n', ...presentFiles(files) });
  const isOff = rules.some((rule) => rule.id === page && rule.off === true);
  const severities = new Map(isOff ? [[page, 'warning' as const]] : []);
  return runRules(await new Workspace().model(source), source, { severities, versions: standingsOf(files, source) });
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

  it('is of the kinds that stand here for its rule', async () => {
    const offered: Record<string, string[]> = {};
    for (const { id, page } of readPages()) {
      const kinds = new Set<string>();
      for (const example of page.examples) {
        const own = (await findingsIn(example.files, id)).filter((finding) => finding.rule === id);
        for (const finding of own) for (const fix of finding.fixes) kinds.add(fix.id);
      }
      if (kinds.size > 0) offered[id] = [...kinds].sort();
    }
    expect(offered).toEqual({
      'base-path-mismatch': ['set-base-path'],
      'body-field-undeclared': ['add-property'],
      'body-field-unread': ['remove-field'],
      'body-readonly-written': ['remove-entry'],
      'body-required-mismatch': ['mark-field', 'set-required'],
      'body-type-mismatch': ['set-type'],
      'body-undeclared': ['add-request-body'],
      'body-unread': ['remove-entry'],
      'component-unused': ['remove-entry'],
      'contract-invalid': ['describe', 'quote-value', 'remove-entry'],
      'deprecation-undeclared': ['deprecate'],
      'enum-type-mismatch': ['remove-entry'],
      'error-code-undeclared': ['add-enum-value'],
      'error-code-unthrown': ['remove-enum-value'],
      'error-shape-mismatch': ['add-property'],
      'example-invalid': ['remove-entry'],
      'header-undeclared': ['add-header'],
      'header-unset': ['remove-entry'],
      'link-ambiguous': ['replace-text'],
      'link-broken': ['replace-text'],
      'link-misplaced': ['replace-text'],
      'link-missing': ['insert-link'],
      'link-stale': ['replace-text'],
      'method-mismatch': ['rename-key', 'replace-text'],
      'operation-handler-missing': ['name-handler', 'replace-text'],
      'operation-undocumented': ['add-operation'],
      'operation-unimplemented': ['remove-entry', 'scaffold-handler'],
      'parameter-constraint-mismatch': ['replace-text', 'set-constraint'],
      'parameter-default-mismatch': ['replace-text', 'set-default'],
      'parameter-misplaced': ['move-parameter'],
      'parameter-name-case': ['rename-parameter', 'replace-text'],
      'parameter-required-undeclared': ['set-required'],
      'parameter-required-unenforced': ['set-required'],
      'parameter-type-mismatch': ['set-type'],
      'parameter-undeclared': ['add-parameter'],
      'parameter-unread': ['remove-entry'],
      'path-near-miss': ['rename-key', 'replace-text'],
      'path-parameter-renamed': ['rename-parameter'],
      'request-documentation-mismatch': ['remove-decorator', 'replace-text'],
      'request-media-type-mismatch': ['rename-key'],
      'required-undeclared': ['remove-entry'],
      'response-body-missing': ['remove-entry'],
      'response-enum-undeclared': ['add-enum-value'],
      'response-field-missing': ['set-required'],
      'response-field-undeclared': ['add-property', 'remove-property'],
      'response-media-type-mismatch': ['add-media-type'],
      'response-null-undeclared': ['set-nullable'],
      'response-secret-exposed': ['remove-property'],
      'response-type-mismatch': ['set-type'],
      'response-wrapped': ['replace-text', 'unwrap-object'],
      'route-duplicated': ['remove-statement'],
      'route-shadowed': ['move-statement'],
      'security-guard-missing': ['add-guard', 'declare-open'],
      'security-scheme-mismatch': ['add-security'],
      'security-scope-mismatch': ['add-security'],
      'security-undeclared': ['add-security'],
      'status-body-forbidden': ['replace-text'],
      'status-forwarded': ['add-response'],
      'status-undeclared': ['add-response'],
      'status-unreturned': ['remove-entry'],
      'success-status-mismatch': ['rename-key', 'replace-text'],
      'version-bump-missing': ['set-version'],
      'version-constant-stale': ['replace-text', 'set-version'],
    });
  });
});
