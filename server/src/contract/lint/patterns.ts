// Owns running the regular expressions of contracts, which anybody may have written, within a time limit.
// It must not know schemas.

import { createContext, Script } from 'node:vm';

/** Milliseconds that one match may take, and matches that may run out of it before no risky pattern is tried any more. */
const timeLimit = 50;
const mostTimeouts = 3;

/** A pattern with one repetition, of a single character, takes quadratic time at most, which short texts do not notice. */
const repetition = /[*+]|\{\d/g;
const repeatedGroup = /\)[*+?{]/;
const shortText = 1000;

/** Makes testers that never throw and never hang: a pattern that is no pattern, or takes too long, matches everything. */
export class Patterns {
  private timeouts = 0;
  private sandbox: { expression: RegExp; text: string } | undefined;
  private script: Script | undefined;

  /** The tester's own text tells testers apart: `ajv` shares those whose texts are equal. */
  compile(pattern: string): { test: (text: string) => boolean; toString: () => string } {
    const name = { toString: (): string => pattern };
    let expression: RegExp;
    try {
      expression = new RegExp(pattern, 'u');
    } catch {
      return { ...name, test: () => true };
    }
    const risky = repeatedGroup.test(pattern) || (pattern.match(repetition)?.length ?? 0) > 1;
    return {
      ...name,
      test: (text) => (risky || text.length > shortText ? this.testWithin(expression, text) : expression.test(text)),
    };
  }

  private testWithin(expression: RegExp, text: string): boolean {
    if (this.timeouts >= mostTimeouts) return true;
    this.sandbox ??= createContext({ expression, text }) as { expression: RegExp; text: string };
    this.script ??= new Script('expression.test(text)');
    this.sandbox.expression = expression;
    this.sandbox.text = text;
    try {
      return this.script.runInContext(this.sandbox, { timeout: timeLimit }) === true;
    } catch {
      this.timeouts++;
      return true;
    }
  }
}
