// Holds the editor's texts in each language: everything that is said has its words there, and no words are there that nobody says.

import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { german } from '../../server/src/features/language/german.ts';
import { sayIn, sayWith, type Table } from '../../server/src/features/language/speak.ts';
import { aspectTitles, presetNames, type Score } from '../../server/src/report/drift/model.ts';
import { presetNamed } from '../../server/src/report/drift/presets.ts';
import { summaryOf } from '../../server/src/report/drift/summary.ts';
import { languageOf } from '../../server/src/report/drift/words.ts';
import { germanLabels } from '../../server/src/report/drift/words-german.ts';
import { hintFor, meaningOf, reasons } from '../../server/src/report/reasons.ts';
import { type SourceFile, sourceFiles } from './sources.ts';

/** Stands for whatever is filled in; no text has it by itself. */
const filled = '‹›';

/** The texts that an expression may be, with what is computed left open; none for what is no text here. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (!ts.isTemplateExpression(node)) return [];
  return node.templateSpans.reduce(
    (texts, span) => {
      // Words that are chosen in the middle of a text are part of it.
      const chosen = ts.isConditionalExpression(span.expression) ? textsOf(span.expression) : [];
      const values = chosen.length > 0 ? chosen : [filled];
      return texts.flatMap((text) => values.map((value) => text + value + span.literal.text));
    },
    [node.head.text],
  );
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

const parse = ({ path, text }: SourceFile): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** What is said where it stands: the arguments of `say`, or of another function. */
function saidIn(file: SourceFile, by = 'say'): string[] {
  const texts: string[] = [];
  walk(parse(file), (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText().split('.').at(-1) !== by) return;
    if (node.arguments[0]) texts.push(...textsOf(node.arguments[0]));
  });
  return texts;
}

/** In which argument those functions take the title of an offer. */
const titled: Readonly<Record<string, number>> = {
  contractOffer: 1,
  removeOffer: 0,
  removeOwnOffer: 0,
  renameOffer: 0,
  replace: 0,
  targetOffer: 2,
  pinning: 1,
  action: 0,
};

/** The titles that are written in a file: values of `title` and `titles`, and arguments of what makes offers. */
function titlesIn(file: SourceFile): string[] {
  const texts: string[] = [];
  walk(parse(file), (node) => {
    if ((ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && node.name.getText() === 'title') {
      if (node.initializer) texts.push(...textsOf(node.initializer));
    }
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'titles' && node.initializer)
      walk(node.initializer, (part) => {
        if (ts.isPropertyAssignment(part)) texts.push(...textsOf(part.initializer));
      });
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const at = node.arguments[titled[node.expression.text] ?? -1];
      if (at) texts.push(...textsOf(at));
    }
  });
  return texts.filter((text) => /^[A-Z]/.test(text));
}

/** A title as the light bulb has it, where its side stands before it. */
const onASide = (title: string): string[] => {
  const rest = title.charAt(0).toLowerCase() + title.slice(1);
  return [`Contract: ${rest}`, `Code: ${rest}`];
};

const sources = sourceFiles('server/src');
const said = sources.filter(({ path }) => /\/(?:features|lsp)\//.test(path)).flatMap((file) => saidIn(file));
const actionTitles = sources
  .filter(({ path }) => /\/features\/[\w-]*actions?\.ts$|pin-all/.test(path))
  .flatMap(titlesIn);
const offerTitles = sources.filter(({ path }) => /\/(?:rules|findings)\//.test(path)).flatMap(titlesIn);
const reasonTexts = reasons.flatMap((reason) => [meaningOf(reason), hintFor(reason)]);
const axes = ['contract', 'route', 'path parameters', 'query', 'headers', 'cookies', 'body', 'statuses', 'security'];
const levels = ['error', 'warning', 'information', 'hint', 'breaking', 'risky', 'compatible', 'documentation'];

const nothing: Score = {
  value: null,
  kept: 0,
  drifting: 0,
  undecided: 0,
  undocumented: 0,
  points: 0,
  addends: [],
};

const tables: Readonly<Record<string, Table>> = { de: german };

/** Texts that are the same in every language. */
const names = /^(?:‹›|Query|Header|‹›: ‹›)$/;

describe.each(Object.entries(tables))('the editor in %s', (locale, table) => {
  const has = (text: string): boolean => {
    const say = sayWith(table);
    return say(text) !== text || Object.hasOwn(table, text);
  };

  it('says everything that is said', () => {
    const all = [...said, ...actionTitles, ...reasonTexts, ...axes, ...levels].filter((text) => !names.test(text));
    expect([...new Set(all)].filter((text) => !has(text))).toEqual([]);
  });

  it('says every title of a repair', () => {
    expect([...new Set(offerTitles)].filter((title) => !onASide(title).some(has))).toEqual([]);
  });

  it('has no words that nobody says', () => {
    const spoken = new Set(
      [...said, ...actionTitles, ...offerTitles.flatMap(onASide), ...reasonTexts, ...axes, ...levels].map((text) =>
        text.replaceAll(filled, '{}').replaceAll('{}{}', '{}'),
      ),
    );
    const known = Object.keys(table).filter((template) => !spoken.has(template.replace(/\{\d\}/g, '{}')));
    expect(known).toEqual([]);
  });

  it('fills in what English fills in', () => {
    const holes = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort();
    for (const [english, words] of Object.entries(table)) expect(holes(words), english).toEqual(holes(english));
  });

  it('is chosen by the locale, whatever its region', () => {
    expect(sayIn(`${locale}-XX`)('Ignore status-undeclared here')).not.toBe('Ignore status-undeclared here');
    expect(sayIn('en-GB')('Ignore status-undeclared here')).toBe('Ignore status-undeclared here');
    expect(sayIn(undefined)('verified')).toBe('verified');
  });
});

describe("the report's page in German", () => {
  const files = [...sourceFiles('client/page'), ...sourceFiles('server/src/report/drift')];
  const written = files.flatMap((file) => saidIn(file, 'label'));
  /** Labels that are data: of presets, facts, columns, parts of an operation, severities and states. */
  const data = [
    ...presetNames.flatMap((name) => [presetNamed(name).title, presetNamed(name).purpose]),
    ...summaryOf({ score: nothing, contracts: [], operations: [], findings: [], gaps: [], verified: 0 }).facts.map(
      ({ label }) => label,
    ),
    ...Object.values(aspectTitles),
    ...['Severity', 'What differs', 'Operation', 'Contract', 'Code', 'Overview', 'Acceptance', 'Audit'],
    ...['error', 'warning', 'information', 'hint', 'verified', 'drifting', 'unknown', 'nothing promised'],
    ...['met', 'not met', 'open', 'kept', 'undecided'],
  ];

  it('has every label, and none that nobody writes', () => {
    expect([...new Set([...written, ...data])].sort()).toEqual(Object.keys(germanLabels).sort());
  });

  it('fills in what English fills in', () => {
    const holes = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort();
    for (const [english, words] of Object.entries(germanLabels)) expect(holes(words), english).toEqual(holes(english));
  });

  it('is chosen by the locale', () => {
    expect(languageOf('de-CH').code).toBe('de');
    expect(languageOf('fr').code).toBe('en');
    expect(languageOf(undefined).code).toBe('en');
  });
});
