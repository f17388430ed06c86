// Owns the help for somebody who writes a `fidelity.yaml`: what can stand at a place, and what stands there means.
// It must not know a protocol.

import { relativeTo, within } from '../base/relative.ts';
import { configurationName } from '../registry/configuration.ts';
import {
  type ConfigurationProposals,
  configurationMeaning,
  configurationProposals,
  type KnownNames,
} from '../registry/configuration-writing.ts';
import { type Analysis, projectAt } from './analysis.ts';
import type { HoverCard, HoverLinks } from './hover.ts';
import { escapeMarkdown, inlineCode, link } from './markdown.ts';
import { ruleSummaries } from './rule-summaries.ts';

/** Files that are contracts by their names, and so worth naming before they are read. */
const contractName = /(?:openapi|swagger)[^/]*\.(?:ya?ml|json)$/i;

export const isConfiguration = (file: string): boolean => file.endsWith(`/${configurationName}`);

/** What can be written at an offset of a configuration; undefined where there is nothing to propose. */
export function configurationProposalsAt(
  analysis: Analysis,
  file: string,
  offset: number,
): ConfigurationProposals | undefined {
  const read = analysis.files.read(file);
  return 'text' in read ? configurationProposals(read.text, file, offset, namesFor(analysis, file)) : undefined;
}

/** The card of a key of a configuration. */
export function configurationCard(
  analysis: Analysis,
  file: string,
  offset: number,
  links: HoverLinks,
): HoverCard | undefined {
  const read = analysis.files.read(file);
  const found = 'text' in read && configurationMeaning(read.text, file, offset, namesFor(analysis, file));
  if (!found) return undefined;
  const page = found.rule ? links.rulePage(found.name) : undefined;
  const name = page ? link(escapeMarkdown(found.name), page) : inlineCode(found.name);
  return { markdown: `**${name}**\n\n${escapeMarkdown(found.meaning)}`, place: found.place };
}

function namesFor(analysis: Analysis, file: string): KnownNames {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const read = projectAt(analysis, file)?.model.contracts.map((contract) => contract.file) ?? [];
  const named = analysis.files.list().filter((path) => contractName.test(path) && within(folder, path));
  const contracts = [...new Set([...read, ...named])].map((path) => relativeTo(folder, path));
  return { rules: ruleSummaries, contracts: contracts.sort() };
}
