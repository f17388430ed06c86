// Owns turning a ruleset's text (YAML or JSON) into the definition that Spectral takes, names into functions and formats, without
// bundling or running any code of the workspace. JavaScript rulesets are another matter: `run-ruleset.ts`.
// It must not know documents or results.

import type { Format, RulesetDefinition } from '@stoplight/spectral-core';
import * as formats from '@stoplight/spectral-formats';
import * as functions from '@stoplight/spectral-functions';
import { arazzo, asyncapi, oas } from '@stoplight/spectral-rulesets';
import { load } from 'js-yaml';
import type { LintTexts } from '../../base/linter.ts';
import { payments } from './payments.ts';
import { candidates } from './ruleset-files.ts';
import { isSafePath } from './safe-path.ts';

type Data = { [key: string]: unknown };
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Thrown for a ruleset that cannot be used; the message is one sentence for its author. */
export class UnusableRuleset extends Error {}

const shipped: Readonly<Record<string, unknown>> = {
  'spectral:oas': oas,
  'spectral:asyncapi': asyncapi,
  'spectral:arazzo': arazzo,
  'contract-fidelity/payments': payments,
};

/** Names that rules had before, which Spectral's own command line still understands. */
const renamed: Readonly<Record<string, string>> = {
  'operation-2xx-response': 'operation-default-response',
  'oas3-unused-components-schema': 'oas3-unused-components',
  'oas2-valid-parameter-example': 'oas2-valid-schema-example',
  'oas2-valid-response-schema-example': 'oas2-valid-schema-example',
  'oas2-valid-definition-example': 'oas2-valid-schema-example',
  'oas2-valid-response-example': 'oas2-valid-media-example',
  'oas3-valid-oas-parameter-example': 'oas3-valid-media-example',
  'oas3-valid-oas-content-example': 'oas3-valid-media-example',
  'oas3-valid-oas-header-example': 'oas3-valid-media-example',
  'oas3-valid-header-schema-example': 'oas3-valid-schema-example',
  'oas3-valid-parameter-schema-example': 'oas3-valid-schema-example',
};

/** Reads rulesets from texts. `load` gives a module of the workspace, where that is allowed. */
export class RulesetReader {
  private readonly active = new Set<string>();

  constructor(
    private readonly texts: LintTexts,
    private readonly trusted: boolean,
    private readonly module: (path: string) => Promise<unknown>,
  ) {}

  /** The definition of a ruleset's file. @throws {UnusableRuleset} */
  async read(path: string): Promise<RulesetDefinition> {
    if (this.active.has(path)) throw new UnusableRuleset(`The ruleset ${path} extends itself.`);
    this.active.add(path);
    try {
      return (await this.definition(path)) as RulesetDefinition;
    } finally {
      this.active.delete(path);
    }
  }

  private async definition(path: string): Promise<unknown> {
    if (/\.[cm]?js$/.test(path)) return this.code(path, 'a ruleset in JavaScript');
    const text = this.texts[path];
    if (text === undefined) throw new UnusableRuleset(`The ruleset ${path} cannot be read.`);
    let data: unknown;
    try {
      data = path.endsWith('.json') ? JSON.parse(text) : load(text);
    } catch (error) {
      throw new UnusableRuleset(`The ruleset ${path} cannot be parsed: ${error instanceof Error ? error.message : ''}`);
    }
    if (!isData(data)) throw new UnusableRuleset(`The ruleset ${path} is no map.`);
    return this.ruleset(data, path, await this.functionsOf(data, path));
  }

  private async code(path: string, what: string): Promise<unknown> {
    if (!this.trusted) {
      throw new UnusableRuleset(`${path} is ${what}, which is only run in a workspace that is trusted.`);
    }
    const loaded = await this.module(path);
    return isData(loaded) && 'default' in loaded ? loaded.default : loaded;
  }

  private async functionsOf(data: Data, path: string): Promise<ReadonlyMap<string, unknown>> {
    const own = new Map<string, unknown>();
    for (const name of Array.isArray(data.functions) ? data.functions : []) {
      if (typeof name !== 'string') throw new UnusableRuleset(`The ruleset ${path} names a function that is no name.`);
      const folder = typeof data.functionsDir === 'string' ? data.functionsDir : 'functions';
      const [file] = candidates(path, `./${folder}/${name}.js`);
      own.set(name, await this.code(file!, 'a function of a ruleset'));
    }
    return own;
  }

  private async ruleset(data: Data, path: string, own: ReadonlyMap<string, unknown>): Promise<Data> {
    const { functions: _, functionsDir: __, except, ...rest } = data;
    const made: Data = { ...rest };
    if (data.extends !== undefined) made.extends = await this.extended(data.extends, path);
    if (data.formats !== undefined) made.formats = formatsOf(data.formats);
    if (isData(data.rules)) made.rules = this.rules(data.rules, path, own);
    if (isData(data.aliases)) made.aliases = this.aliases(data.aliases, path);
    const overrides = [...(Array.isArray(data.overrides) ? data.overrides : []), ...exceptions(except)];
    if (overrides.length > 0) {
      const each = overrides.map((one) => (isData(one) ? this.ruleset(one, path, own) : Promise.resolve(one)));
      made.overrides = await Promise.all(each);
    }
    return made;
  }

  private async extended(value: unknown, path: string): Promise<unknown> {
    if (typeof value === 'string') return this.base(value, path);
    if (!Array.isArray(value)) throw new UnusableRuleset(`What the ruleset ${path} extends is no list.`);
    return Promise.all(
      value.map(async (one: unknown) =>
        Array.isArray(one) ? [await this.base(String(one[0]), path), one[1]] : this.base(String(one), path),
      ),
    );
  }

  private async base(name: string, path: string): Promise<unknown> {
    const known = shipped[name];
    if (known !== undefined) return known;
    if (/^[a-z]+:\/\//i.test(name)) {
      throw new UnusableRuleset(`The ruleset ${path} extends ${name}, and nothing is fetched from other hosts.`);
    }
    const file = candidates(path, name).find((candidate) => candidate in this.texts);
    if (file !== undefined) return this.read(file);
    if (/\.[cm]?js$/.test(name)) return this.code(candidates(path, name)[0]!, 'a ruleset in JavaScript');
    if (!name.startsWith('.') && !name.startsWith('/')) return this.code(name, 'a ruleset of a package');
    throw new UnusableRuleset(`The ruleset ${path} extends ${name}, which does not exist.`);
  }

  private rules(rules: Data, path: string, own: ReadonlyMap<string, unknown>): Data {
    const made: Data = {};
    for (const [name, rule] of Object.entries(rules)) {
      const now = isData(rule) ? name : (renamed[name] ?? name);
      const value = isData(rule) ? this.rule(rule, name, path, own) : rule;
      Object.defineProperty(made, now, { value, enumerable: true, configurable: true, writable: true });
    }
    return made;
  }

  private rule(rule: Data, name: string, path: string, own: ReadonlyMap<string, unknown>): Data {
    this.requireSafe(rule.given, name, path);
    if (!this.trusted && String(rule.message ?? '').includes('#{')) {
      throw new UnusableRuleset(
        `The message of the rule ${name} of ${path} is computed, which needs a trusted workspace.`,
      );
    }
    const { tags: _, ...made }: Data = { ...rule };
    if (rule.formats !== undefined) made.formats = formatsOf(rule.formats);
    const then = Array.isArray(rule.then) ? rule.then : [rule.then];
    const each = then.map((one: unknown) => {
      if (!isData(one)) return one;
      const called = one.function;
      if (typeof called !== 'string') return one;
      const found = own.get(called) ?? (functions as Data)[called];
      if (found === undefined)
        throw new UnusableRuleset(`The rule ${name} of ${path} calls ${called}, which is no function.`);
      return { ...one, function: found };
    });
    return Object.fromEntries([...Object.entries(made), ['then', Array.isArray(rule.then) ? each : each[0]]]);
  }

  private aliases(aliases: Data, path: string): Data {
    return Object.fromEntries(
      Object.entries(aliases).map(([name, alias]) => {
        if (!isData(alias)) {
          this.requireSafe(alias, name, path);
          return [name, alias];
        }
        const targets = (Array.isArray(alias.targets) ? alias.targets : []).map((target: unknown) => {
          if (!isData(target)) return target;
          this.requireSafe(target.given, name, path);
          return { ...target, formats: formatsOf(target.formats) };
        });
        return [name, { ...alias, targets }];
      }),
    );
  }

  private requireSafe(given: unknown, name: string, path: string): void {
    if (this.trusted) return;
    for (const one of Array.isArray(given) ? given : [given]) {
      if (typeof one !== 'string' || isSafePath(one)) continue;
      throw new UnusableRuleset(
        `The rule ${name} of ${path} has a path that runs code, which is only done in a workspace that is trusted.`,
      );
    }
  }
}

/** `except` was how single places were left out before overrides. */
function exceptions(except: unknown): Data[] {
  if (!isData(except)) return [];
  return Object.entries(except).map(([place, rules]) => ({
    files: [place.startsWith('#') ? `**${place}` : place],
    rules: Object.fromEntries((Array.isArray(rules) ? rules : []).map((rule) => [String(rule), 'off'])),
  }));
}

/** The formats of a list of names. @throws {UnusableRuleset} for a name that Spectral does not have. */
function formatsOf(value: unknown): Format[] {
  return (Array.isArray(value) ? value : []).map((name: unknown) => {
    const said = String(name).replace(/^json-schema-(2019-09|2020-12)$/, 'json-schema-draft-$1');
    const key = said
      .replace(/\.|([0-9])-(?=[0-9])/g, '$1_')
      .replace(/-([0-9a-z])/g, (_, char: string) => char.toUpperCase());
    const found = (formats as Data)[key] ?? (formats as Data)[key.replace(/^asyncapi/, 'asyncApi')];
    if (typeof found !== 'function') throw new UnusableRuleset(`There is no format ${String(name)}.`);
    return found as Format;
  });
}
