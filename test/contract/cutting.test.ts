// Holds the cut document equal to the whole one, ranges included, for any text and after any edits.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractDocument } from '../../server/src/contract/load/document.ts';
import { readQuickYaml } from '../../server/src/contract/load/quick-yaml.ts';
import { readRecoveringYaml } from '../../server/src/contract/load/recovering-yaml.ts';
import { propertyRuns } from '../harness/property-runs.ts';
import { printDocument, printNode } from './tree-text.ts';
import { apply, edit, yamlText } from './yaml-text.ts';

const file = '/w/openapi.yaml';

function expectAgreement(text: string, document: ContractDocument): void {
  const whole = readQuickYaml(text);
  const faults = document.faults();
  if (!('root' in whole)) {
    // The quick reader refuses a few texts that are valid; the other reader then has the last word.
    if (readRecoveringYaml(text).faults.every((fault) => fault.kind === 'invalid')) return;
    expect(
      faults.filter((fault) => fault.kind !== 'invalid').length,
      'a text that does not parse has a fault',
    ).toBeGreaterThan(0);
    return;
  }
  if (whole.root === undefined) return;
  expect(printDocument(document.root)).toEqual(printNode(whole.root));
  expect(faults.map((fault) => fault.kind).sort()).toEqual(whole.faults.map((fault) => fault.kind).sort());
}

describe('a document that is cut into blocks', () => {
  it('equals the document that is read whole', () => {
    fc.assert(
      fc.property(yamlText, (text) => expectAgreement(text, new ContractDocument(file, text))),
      { numRuns: propertyRuns(600) },
    );
  });

  it('equals it after edits too, whatever state the text went through', () => {
    fc.assert(
      fc.property(yamlText, fc.array(edit, { minLength: 1, maxLength: 6 }), (start, edits) => {
        let text = start;
        let document = new ContractDocument(file, text);
        for (const change of edits) {
          printDocument(document.root);
          text = apply(text, change);
          document = new ContractDocument(file, text, document);
          expectAgreement(text, document);
        }
      }),
      { numRuns: propertyRuns(400) },
    );
  });
});

describe('the two YAML readers', () => {
  it('give one tree for text that parses', () => {
    fc.assert(
      fc.property(yamlText, (text) => {
        const quick = readQuickYaml(text);
        fc.pre('root' in quick && quick.root !== undefined && quick.faults.length === 0);
        const recovered = readRecoveringYaml(text);
        fc.pre(recovered.faults.length === 0);
        expect(printNode(recovered.root)).toEqual(printNode('root' in quick ? quick.root : undefined));
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});
