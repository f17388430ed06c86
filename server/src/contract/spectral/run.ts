// Owns one run of Spectral: documents and rulesets from texts alone, no file and no host is ever asked. It is loaded in a thread of
// its own, and nowhere else. It must not know findings or an editor.

import { Document, Ruleset, type RulesetDefinition, Spectral } from '@stoplight/spectral-core';
import * as parsers from '@stoplight/spectral-parsers';
import { Resolver } from '@stoplight/spectral-ref-resolver';
import { oas } from '@stoplight/spectral-rulesets';
import type { LintAnswer, LintRequest, LintResult } from '../../base/linter.ts';
import { RulesetReader, UnusableRuleset } from './read-ruleset.ts';

const severities = ['error', 'warning', 'information', 'hint'] as const;

/** Runs a request to its end. `module` loads code of a trusted workspace. Never rejects. */
export async function lint(request: LintRequest, module: (path: string) => Promise<unknown>): Promise<LintAnswer> {
  const { texts } = request;
  const refuse = (name: string): never => {
    throw new Error(`${name} is not read`);
  };
  const spectral = new Spectral({
    resolver: new Resolver({
      resolvers: {
        file: {
          resolve: async (reference) => {
            const path = decodeURIComponent(reference.path());
            return texts[path] ?? refuse(path);
          },
        },
        http: { resolve: async (reference) => refuse(reference.toString()) },
        https: { resolve: async (reference) => refuse(reference.toString()) },
      },
    }),
  });
  try {
    const definition: RulesetDefinition =
      request.ruleset === undefined
        ? ({ extends: [[oas, 'recommended']] } as RulesetDefinition)
        : await new RulesetReader(texts, request.trusted, module).read(request.ruleset);
    // Where a ruleset comes from decides which files its overrides mean.
    spectral.setRuleset(new Ruleset(definition, { severity: 'recommended', source: request.ruleset }));
  } catch (error) {
    return { results: [], problems: [problemOf(error, request.ruleset ?? 'spectral:oas')] };
  }
  const results: LintResult[] = [];
  const problems: string[] = [];
  for (const path of request.documents) {
    try {
      // The same parser for YAML and JSON, as Spectral's own command line does: places and messages depend on it.
      const document = new Document(texts[path] ?? '', parsers.Yaml, path);
      const found = await spectral.run(document);
      const rules = spectral.ruleset?.rules ?? {};
      for (const one of found) {
        const address = rules[String(one.code)]?.documentationUrl;
        results.push({
          rule: String(one.code),
          message: one.message,
          severity: severities[one.severity] ?? 'hint',
          file: one.source ?? path,
          document: path,
          start: one.range.start,
          end: one.range.end,
          path: [...one.path],
          ...(address === undefined || address === null ? {} : { documentation: address }),
        });
      }
    } catch (error) {
      problems.push(problemOf(error, path));
    }
  }
  return { results, problems };
}

function problemOf(error: unknown, subject: string): string {
  if (error instanceof UnusableRuleset) return error.message;
  if (error instanceof AggregateError || (error instanceof Error && 'errors' in error)) {
    const all = (error as { errors: unknown[] }).errors.map((one) =>
      one instanceof Error ? one.message : String(one),
    );
    return `The ruleset ${subject} is not valid: ${all.slice(0, 3).join('; ')}`;
  }
  return `${subject} cannot be linted: ${error instanceof Error ? error.message : String(error)}`;
}
