// Owns `fidelity rules` and `fidelity explain`: the catalogue, and the page of a rule or of a kind of change.
// It must not know what a rule does.

import pc from 'picocolors';
import { readRulePages } from '../../host/rule-pages.ts';
import { changeRow, isChangeId } from '../../versioning/changes/catalogue.ts';
import { changePage } from '../../versioning/changes/page.ts';
import { readDestinations, writeWhole } from '../destinations.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { requireRule, ruleTexts } from '../rule-texts.ts';
import { type Terminal, wantsColor } from '../terminal.ts';

export interface RulesOptions {
  readonly format?: readonly string[];
  readonly color?: boolean;
}

/** Lists every rule, by family. */
export function rules(options: RulesOptions, terminal: Terminal): ExitCode {
  const all = ruleTexts().map(({ id, family, polarity, summary }) => ({ id, family, polarity, summary }));
  const color = pc.createColors(wantsColor(terminal, terminal.stdout, options.color));
  for (const { format, file } of readDestinations(options.format ?? [], ['pretty', 'json'])) {
    const width = Math.max(...all.map((rule) => rule.id.length));
    const lines: string[] = [];
    for (const family of new Set(all.map((rule) => rule.family))) {
      if (lines.length > 0) lines.push('');
      lines.push(color.bold(family));
      for (const rule of all.filter((one) => one.family === family)) {
        lines.push(`  ${color.cyan(rule.id.padEnd(width))}  ${rule.summary}`);
      }
    }
    const text = format === 'json' ? JSON.stringify({ schemaVersion: 1, rules: all }, null, 2) : lines.join('\n');
    if (file === undefined) terminal.stdout.write(`${text}\n`);
    else writeWhole(terminal.cwd, file, `${text}\n`);
  }
  return exitCodes.clean;
}

/** Prints the page of one rule, or of one kind of change. */
export function explain(rule: string, options: Pick<RulesOptions, 'color'>, terminal: Terminal): ExitCode {
  const color = pc.createColors(wantsColor(terminal, terminal.stdout, options.color));
  if (isChangeId(rule)) {
    terminal.stdout.write(
      changePage(changeRow(rule)).replace(/^#+ (.*)$/gm, (_, id: string) => color.bold(color.cyan(id))),
    );
    return exitCodes.clean;
  }
  requireRule(rule);
  const { family, polarity, summary } = ruleTexts().find((one) => one.id === rule)!;
  const page = readRulePages().get(rule)?.text ?? '';
  // The page's own title repeats the id.
  const body = page.replace(/^# .*\r?\n+/, '').replace(/^#+ .*$/gm, (heading) => color.bold(heading));
  const text = [color.bold(color.cyan(rule)), `${family}, ${polarity}. ${summary}`, body].filter((part) => part !== '');
  terminal.stdout.write(`${text.join('\n\n')}\n`);
  return exitCodes.clean;
}
