// Owns where an editor finds the page of a rule: an address that the client chose, else the page's file beside the server.
// It must not know what a page says.

import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { slashed } from '../base/relative.ts';
import { createFileSource } from '../host/file-source.ts';
import { type RulePage, readRulePages } from '../host/rule-pages.ts';

export class RulePages {
  private pages: ReadonlyMap<string, RulePage> | undefined;
  private readonly addresses = new Map<string, string | undefined>();

  /** `template` is an address with `{rule}` in the place of the rule's id. */
  constructor(private readonly template: string | undefined) {}

  /** The page as Markdown; undefined when there is none. */
  text(rule: string): string | undefined {
    this.pages ??= readRulePages();
    return this.pages.get(rule)?.text;
  }

  /** The address of a page; undefined when nothing can be opened. */
  address(rule: string): string | undefined {
    if (!/^[a-z][a-z-]*$/.test(rule)) return undefined;
    if (this.template !== undefined) return this.template.replaceAll('{rule}', rule);
    if (!this.addresses.has(rule)) {
      const folder = slashed(join(dirname(fileURLToPath(import.meta.url)), 'rules'));
      const file = `${folder}/${rule}.md`;
      const exists = createFileSource({ roots: [folder] }).exists(file);
      this.addresses.set(rule, exists ? pathToFileURL(file).href : undefined);
    }
    return this.addresses.get(rule);
  }
}
