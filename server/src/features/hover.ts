// Owns what a hover says: the card of an operation on its routes, the handlers on an operation, the rule on a finding and in an
// ignore comment. It must not know a protocol. Every text of a contract is escaped: see `markdown.ts`.

import type { Place } from '../base/place.ts';
import type { Route } from '../code/model.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { Finding } from '../findings/finding.ts';
import { readIgnoreComments } from '../findings/ignore-comments.ts';
import type { Binding, Governed } from '../workspace/model.ts';
import { type Analysis, isContractOnly } from './analysis.ts';
import { configurationCard, isConfiguration } from './configuration-help.ts';
import { findingsAt, operationAt, routeAt } from './find.ts';
import { callersText } from './hover-callers.ts';
import { type LinkSurroundings, linkText } from './hover-link.ts';
import { contractCardAt, verifiedText } from './hover-verified.ts';
import type { Say } from './language/speak.ts';
import { escapeMarkdown, inlineCode, link } from './markdown.ts';
import { ruleSummary } from './rule-summaries.ts';
import { shapeText } from './shape-text.ts';
import { linksTo, linksToSection, type Subject, subjectAt } from './subject.ts';
import { type LineageSeen, subjectOf, versionAt, versionCard } from './version.ts';

export interface HoverCard {
  readonly markdown: string;
  readonly place: Place;
}

/** What a hover needs from its surroundings. */
export interface HoverLinks {
  /** How it is said to whoever hovers. */
  readonly say: Say;
  /** The address of a place, for a link that goes there. */
  readonly placeTarget: (place: Place) => string;
  /** The address of a rule's page; undefined when it has none. */
  readonly rulePage: (rule: string) => string | undefined;
  /** The past of the repository that a folder lies in; absent where nobody can ask. */
  readonly history?: LinkSurroundings['history'];
  /** `YYYY-MM-DD`. */
  readonly today?: string;
  /** The versions before the one at the offset, as far as they are known. */
  readonly lineage?: LineageSeen;
  /** The address that compares the contract at the offset with its baseline. */
  readonly compareTarget?: string;
}

/** The card at an offset; undefined where there is nothing to say. */
export function hoverAt(analysis: Analysis, file: string, offset: number, links: HoverLinks): HoverCard | undefined {
  if (isConfiguration(file)) {
    const card = configurationCard(analysis, file, offset, links);
    if (card) return card;
  }
  const ignored = ignoreCommentAt(analysis, file, offset, links);
  if (ignored) return ignored;
  const findings = findingsAt(analysis, file, offset, offset);
  const parts: string[] = findings.map((finding) => findingText(finding, links));
  const place = findings[0] ? ownPlace(findings[0], file) : undefined;

  const version = versionAt(analysis, file, offset);
  if (version) {
    const card = versionCard(version, links.lineage, {
      say: links.say,
      changeTarget: ({ place: at }) => (at ? links.placeTarget(at) : undefined),
      compareTarget: links.compareTarget,
    });
    return { markdown: [card, ...parts].join('\n\n---\n\n'), place: subjectOf(version).place };
  }
  const subject = subjectAt(analysis, file, offset);
  if (subject?.kind === 'link') {
    const card = linkCard(subject, analysis, links);
    return { markdown: [card, ...parts].join('\n\n---\n\n'), place: subject.place };
  }
  if (subject?.kind === 'call') {
    const cards = subject.operations.slice(0, 3).map((meant) => {
      const bound = bindingOf(analysis, meant.operation) ?? { ...meant, routes: [] };
      return operationCard(meant.operation, analysis, links, bound);
    });
    return { markdown: [...parts, ...cards].join('\n\n---\n\n'), place: place ?? subject.place };
  }
  if (subject?.kind === 'component') {
    const card = componentCard(subject, analysis, links);
    return { markdown: [...parts, card].join('\n\n---\n\n'), place: place ?? subject.place };
  }
  const route = routeAt(analysis, file, offset);
  if (route) {
    const card = route.binding
      ? operationCard(route.binding.operation, analysis, links, route.binding)
      : unboundCard(route.route, links);
    return { markdown: [...parts, card].join('\n\n---\n\n'), place: place ?? route.place };
  }
  const operation = operationAt(analysis, file, offset);
  if (operation) {
    const card = implementationCard(operation.operation, operation.governed, operation.routes, analysis, links);
    return { markdown: [...parts, card].join('\n\n---\n\n'), place: place ?? operation.place };
  }
  const whole = contractCardAt(analysis, file, offset, links);
  if (whole) return { ...whole, markdown: [...parts, whole.markdown].join('\n\n---\n\n') };
  return place ? { markdown: parts.join('\n\n---\n\n'), place } : undefined;
}

function linkCard({ link: tag }: Extract<Subject, { kind: 'link' }>, analysis: Analysis, links: HoverLinks): string {
  const around = {
    files: analysis.files,
    history: links.history ?? (() => undefined),
    today: links.today ?? '9999-12-31',
  };
  const text = linkText(tag, links, around);
  const { resolution } = tag;
  if (resolution.kind !== 'found' || !resolution.operation) return text;
  const { operation, contract } = resolution;
  const binding = bindingOf(analysis, operation) ?? { operation, contract, routes: [] };
  return `${text}\n\n---\n\n${operationCard(operation, analysis, links, binding)}`;
}

function bindingOf(analysis: Analysis, operation: Operation): Binding | undefined {
  return analysis.projects
    .flatMap(({ model }) => model.governed.flatMap(({ bindings }) => bindings))
    .find((one) => one.operation === operation);
}

/** A shared part of a contract: who names it outside of the contract. */
function componentCard(
  { component }: Extract<Subject, { kind: 'component' }>,
  analysis: Analysis,
  { say }: HoverLinks,
): string {
  const caption = component.section.caption();
  const tags = linksToSection(analysis, component.section).length;
  const lines = [`**${inlineCode(component.name)}** · ${escapeMarkdown(component.group)}`];
  if (caption !== undefined) lines.push(escapeMarkdown(caption));
  lines.push(
    tags === 0
      ? say('No comment links to it.')
      : tags === 1
        ? say('1 comment links to it.')
        : say(`${tags} comments link to it.`),
  );
  return lines.join('\n\n');
}

function ownPlace(finding: Finding, file: string): Place | undefined {
  return [finding.code, finding.contract].find((place) => place?.file === file) ?? undefined;
}

function findingText(finding: Finding, links: HoverLinks): string {
  const page = links.rulePage(finding.rule);
  const rule = page ? link(escapeMarkdown(finding.rule), page) : inlineCode(finding.rule);
  const sure = finding.confidence === 'proved' ? links.say('proved') : links.say('likely');
  const summary = ruleSummary(finding.rule);
  const { say } = links;
  const lines = [`**${rule}** · ${say(finding.severity)} · ${sure}`];
  if (summary) lines.push(escapeMarkdown(summary));
  const other = finding.contract && finding.code ? [finding.contract, finding.code] : [];
  const names = [say('Go to the contract'), say('Go to the code')];
  if (other.length > 0) {
    lines.push(other.map((place, index) => link(names[index]!, links.placeTarget(place))).join(' · '));
  }
  return lines.join('\n\n');
}

/** The section of the contract that a route serves. */
function operationCard(operation: Operation, analysis: Analysis, links: HoverLinks, binding: Binding): string {
  const { contract } = binding;
  const { say } = links;
  const lines = [headline(operation, say)];
  const at = link(escapeMarkdown(nameOf(contract.file)), links.placeTarget(operation.place));
  lines.push(`${at} · ${escapeMarkdown(contract.title)} ${escapeMarkdown(contract.version)}`);
  const owner = ownerOf(operation, contract);
  if (owner !== undefined) lines.push(say(`Owner: ${escapeMarkdown(owner)}`));
  if (operation.parameters.length > 0) {
    const items = operation.parameters.slice(0, 12).map((parameter) => {
      const { name, required, shape } = parameter;
      const where = required ? say(`in ${parameter.in}, required`) : say(`in ${parameter.in}, optional`);
      return `- ${inlineCode(name)} ${where}: ${inlineCode(shapeText(shape))}`;
    });
    lines.push(`${say('Parameters')}\n\n${items.join('\n')}`);
  }
  if (operation.body) {
    const [media] = operation.body.content;
    const shape = media?.shape ? `: ${inlineCode(shapeText(media.shape))}` : '';
    lines.push(
      `${operation.body.required ? say('Body, required') : say('Body')}${media ? ` (${inlineCode(media.name)})` : ''}${shape}`,
    );
  }
  if (operation.responses.length > 0) {
    const items = operation.responses.slice(0, 16).map((response) => {
      const shape = response.content.find((media) => media.shape)?.shape;
      const body = shape ? `: ${inlineCode(shapeText(shape))}` : '';
      // A sentence that goes on with the body's shape has no end of its own.
      const said = shape ? response.description.trim().replace(/\.$/, '') : response.description;
      return `- ${inlineCode(response.status)} ${escapeMarkdown(said, 80)}${body}`;
    });
    lines.push(`${say('Responses')}\n\n${items.join('\n')}`);
  }
  lines.push(securityText(operation, say));
  if (binding.routes.length > 0) lines.push(verifiedText(analysis, binding, links));
  return lines.join('\n\n');
}

/** Where an operation of the contract is served. */
function implementationCard(
  operation: Operation,
  governed: Governed,
  routes: readonly Route[],
  analysis: Analysis,
  links: HoverLinks,
): string {
  const { say } = links;
  const lines = [headline(operation, say)];
  if (isContractOnly(analysis, governed.contract))
    lines.push(say('Code is not read here, because the workspace is virtual.'));
  else if (governed.role === 'consumed') lines.push(say('Somebody else serves this contract.'));
  else if (routes.length === 0) lines.push(say('No route was found that serves it.'));
  for (const route of routes.slice(0, 8)) {
    const place = route.handlerPlace ?? route.place;
    const line = (analysis.lines(place.file)?.position(place.start).line ?? 0) + 1;
    const handler = route.handlerName ? `${inlineCode(route.handlerName)}, ` : '';
    const target = link(escapeMarkdown(`${nameOf(place.file)}:${line}`), links.placeTarget(place));
    lines.push(say(`Served by ${handler}${target} (${escapeMarkdown(route.framework)})`));
  }
  lines.push(...callersText(analysis, operation, links));
  const tags = linksTo(analysis, operation);
  for (const { link: tag } of tags.slice(0, 8)) {
    const line = (analysis.lines(tag.file)?.position(tag.tag.start).line ?? 0) + 1;
    const place = { file: tag.file, start: tag.tag.start, end: tag.tag.end };
    const target = link(escapeMarkdown(`${nameOf(tag.file)}:${line}`), links.placeTarget(place));
    lines.push(say(`Linked from ${target}`));
  }
  if (tags.length > 8) lines.push(say(`and from ${tags.length - 8} more places`));
  if (routes.length > 0) lines.push(verifiedText(analysis, { operation, contract: governed.contract, routes }, links));
  return lines.join('\n\n');
}

function unboundCard(route: Route, { say }: HoverLinks): string {
  const method = route.method === 'all' ? 'ALL' : route.method.toUpperCase();
  const why = route.internal ? say('It counts as internal.') : say('No operation of a contract describes it.');
  return `**${inlineCode(`${method} ${route.path}`)}**\n\n${why}`;
}

/** Who answers for an operation, where its contract says so: the operation's own word, else the contract's. */
function ownerOf(operation: Operation, contract: Contract): string | undefined {
  const names = ['x-owner', 'x-team', 'x-maintainer'];
  const said = [operation.extensions, contract.extensions].flatMap((extensions) =>
    names.map((name) => extensions.get(name)),
  );
  return said.find((one): one is string => typeof one === 'string' && one.trim() !== '');
}

function headline(operation: Operation, say: Say): string {
  const summary = operation.summary ? ` — ${escapeMarkdown(operation.summary)}` : '';
  return `**${inlineCode(operation.key)}**${summary}${operation.deprecated ? ` (${say('deprecated')})` : ''}`;
}

function securityText(operation: Operation, say: Say): string {
  const { security } = operation;
  if (security === undefined) return say('Security: the contract says nothing');
  if (security.length === 0) return say('Security: open to everybody');
  const ways = security.map((requirement) =>
    requirement.length === 0
      ? say('anonymous')
      : requirement.map(({ scheme }) => inlineCode(scheme)).join(` ${say('and')} `),
  );
  return say(`Security: ${ways.join(` ${say('or')} `)}`);
}

function ignoreCommentAt(analysis: Analysis, file: string, offset: number, links: HoverLinks): HoverCard | undefined {
  const read = analysis.files.read(file);
  if (!('text' in read)) return undefined;
  const comment = readIgnoreComments(file, read.text).find((one) => one.start <= offset && offset <= one.end);
  if (!comment) return undefined;
  const lines = comment.statement.rules.map((rule) => {
    const page = links.rulePage(rule);
    const summary = ruleSummary(rule);
    const name = page ? link(escapeMarkdown(rule), page) : inlineCode(rule);
    return `**${name}** ${summary ? escapeMarkdown(summary) : links.say('There is no such rule.')}`;
  });
  if (lines.length === 0) return undefined;
  return { markdown: lines.join('\n\n'), place: { file, start: comment.start, end: comment.end } };
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
