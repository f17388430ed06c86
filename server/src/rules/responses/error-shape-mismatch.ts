// Owns the rule error-shape-mismatch: the body of an error is not what the contract says errors look like.

import type { Contract, Operation } from '../../contract/model.ts';
import { type AnswerDifference, answersWith } from '../evidence/responses.ts';
import { schemaOffers } from '../evidence/schema-offers.ts';
import { code, codeLine, describeShape, inWords, operationName } from '../evidence/wording.ts';
import type { BindingRule, Draft } from '../rule.ts';

export const errorShapeMismatch: BindingRule = {
  id: 'error-shape-mismatch',
  family: 'responses',
  polarity: 'mismatch',
  summary: 'The body of an error is not what the contract says errors look like.',
  scope: 'binding',
  *check({ operation, contract }, route) {
    const filters = route.facts().filtersResponses;
    const bodies = new Map<string, AnswerDifference[]>();
    for (const found of answersWith(operation, route, 'error-shape-mismatch')) {
      if (filters && found.difference.kind === 'field-undeclared') continue;
      const list = bodies.get(`${found.status}`) ?? [];
      list.push(found);
      bodies.set(`${found.status}`, list);
    }
    // One function that makes the bodies of several errors is one fault.
    const alike = new Map<string, AnswerDifference[][]>();
    for (const list of bodies.values()) {
      const [first] = list;
      if (!first) continue;
      const key = [signature(list), first.code.file, first.code.start].join(' ');
      alike.set(key, [...(alike.get(key) ?? []), list]);
    }
    for (const group of alike.values()) yield finding(operation, contract, group);
  },
};

function signature(list: readonly AnswerDifference[]): string {
  return list
    .map(({ difference }) => `${difference.kind} ${difference.path}`)
    .sort()
    .join(', ');
}

function finding(operation: Operation, contract: Contract, group: readonly (readonly AnswerDifference[])[]): Draft {
  const list = [...group[0]!].sort((a, b) => weight(a) - weight(b));
  const first = list[0]!;
  const statuses = group.map(([one]) => String(one!.status));
  const hurting = list.filter(({ difference }) => difference.kind !== 'field-undeclared');
  const telling = hurting.length > 0 ? hurting : list;
  return {
    operation,
    subject: `${first.status}.body`,
    values: [signature(list)],
    message: `Sends an error here (${codeLine}) that ${inWords(clauses(list))}, but ${operationName(operation)} declares another body for ${inWords(statuses)}.`,
    contract: first.contract,
    code: first.code,
    related: [
      ...first.related,
      ...list.slice(0, 6).map((found) => ({ place: found.contract, message: `Declared here: ${clauseOf(found)}` })),
    ],
    confidence: telling.some((found) => found.confidence === 'proved') ? 'proved' : 'likely',
    breaking: hurting.length > 0,
    // Where bodies differ in several ways, one of the two is meant as a whole.
    fixes: list.length === 1 && group.length === 1 ? schemaOffers(contract, first.difference) : [],
    cap: list.every(({ difference }) => difference.kind === 'field-undeclared' && difference.open)
      ? 'information'
      : undefined,
  };
}

/** What hurts a reader most first; what is proved before what is likely. */
function weight({ difference, confidence }: AnswerDifference): number {
  return (difference.kind === 'field-undeclared' ? 2 : 0) + (confidence === 'proved' ? 0 : 1);
}

function clauses(list: readonly AnswerDifference[]): string[] {
  const of = (kind: string): string[] =>
    list.filter(({ difference }) => difference.kind === kind).map(({ path }) => code(path));
  const missing = of('field-missing');
  const added = of('field-undeclared');
  const others = list.filter(({ difference }) => !['field-missing', 'field-undeclared'].includes(difference.kind));
  return [
    ...(missing.length > 0 ? [`leaves out ${inWords(missing)}`] : []),
    ...(added.length > 0 ? [`adds ${inWords(added)}`] : []),
    ...others.map(clauseOf),
  ];
}

function clauseOf({ difference, path }: AnswerDifference): string {
  const what = path === '' ? 'is' : `has ${code(path)} as`;
  if (difference.kind === 'field-missing') return `${code(path)} is required`;
  if (difference.kind === 'field-undeclared') return `${code(path)} is not named`;
  return `${what} ${difference.detail?.code ?? describeShape(difference.code)}`;
}
