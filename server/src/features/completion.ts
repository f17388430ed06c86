// Owns what can be written in a contract tag: operations, files, pointers and the parts of operations, over all contracts.
// It must not know a protocol.

import { scanComments } from '../base/comments/scan.ts';
import { commentSyntax } from '../base/comments/syntax.ts';
import type { Place } from '../base/place.ts';
import { escapeToken } from '../base/pointer.ts';
import type { Contract } from '../contract/model.ts';
import { partsOf, readTarget } from '../links/resolve.ts';
import { type Analysis, type ProjectAnalysis, projectAt } from './analysis.ts';

export interface Proposal {
  readonly label: string;
  readonly kind: 'operation' | 'file' | 'part' | 'tag';
  readonly detail: string;
  readonly documentation?: string;
  readonly text: string;
  /** Whether what was chosen is only a step on the way, so that the next proposals should follow. */
  readonly more: boolean;
}

export interface Proposals {
  /** What the chosen text replaces. */
  readonly place: Place;
  readonly proposals: readonly Proposal[];
}

const most = 1_000;

/** The proposals at an offset; undefined outside of a tag in a comment. */
export function proposalsAt(analysis: Analysis, file: string, offset: number): Proposals | undefined {
  const project = projectAt(analysis, file);
  const read = analysis.files.read(file);
  if (!project || !('text' in read) || project.model.contracts.length === 0) return undefined;
  const { text } = read;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const typed = /(?<![\w@.])@contract[ \t]+(\S*)$/.exec(before);
  const beginning = typed ? undefined : /(?<![\w@.])@c[a-z]*$/.exec(before);
  if ((!typed && !beginning) || !isInComment(file, text, offset)) return undefined;
  if (beginning) {
    const place = { file, start: offset - beginning[0].length, end: offset };
    const detail = 'a link to a section of the contract';
    return { place, proposals: [{ label: '@contract', kind: 'tag', detail, text: '@contract ', more: true }] };
  }
  const target = typed![1]!;
  const rest = /^[\w$\-./~{}#%]*/.exec(text.slice(offset))![0];
  const place = { file, start: offset - target.length, end: offset + rest.length };
  return { place, proposals: proposalsFor(project, file, target).slice(0, most) };
}

function isInComment(file: string, text: string, offset: number): boolean {
  const syntax = commentSyntax(file);
  if (!syntax) return false;
  return scanComments(text, syntax).some(({ start, end }) => start < offset && offset <= end);
}

function proposalsFor(project: ProjectAnalysis, file: string, target: string): readonly Proposal[] {
  if (!target.includes('#')) return [...operations(project, file), ...fileProposals(project, file)];
  const read = readTarget(target);
  if (read.form === 'operation') return parts(project, file, read.operationId);
  return pointers(project, file, target);
}

function operations({ model, links }: ProjectAnalysis, file: string): Proposal[] {
  return model.contracts.flatMap((contract) =>
    contract.operations.map((operation): Proposal => {
      const text = links.targetFor(contract, operation, file);
      const { operationId = operation.key, summary, key } = operation;
      const detail = `${key} · ${contract.title === '' ? nameOf(contract) : contract.title}`;
      return {
        label: operationId,
        kind: 'operation',
        detail,
        ...(summary === undefined ? {} : { documentation: summary }),
        text,
        more: false,
      };
    }),
  );
}

function fileProposals({ model, links }: ProjectAnalysis, file: string): Proposal[] {
  return model.contracts.map((contract): Proposal => {
    const name = links.fileFor(contract, file);
    return { label: name, kind: 'file', detail: contract.title, text: `${name}#/`, more: true };
  });
}

function parts({ links }: ProjectAnalysis, file: string, operationId: string): Proposal[] {
  const resolution = links.resolve(operationId, file);
  if (resolution.kind !== 'found' || !resolution.operation) return [];
  const { operation } = resolution;
  return partsOf(operation).map((part): Proposal => {
    const status = operation.responses.find((response) => part === `responses.${response.status}`);
    return {
      label: part,
      kind: 'part',
      detail: status ? status.description.replace(/\s+/g, ' ').slice(0, 120) : operation.key,
      text: `${operationId}#${part}`,
      more: false,
    };
  });
}

/** The names one step further than the last whole step of a pointer. */
function pointers({ links }: ProjectAnalysis, file: string, target: string): Proposal[] {
  const head = target.slice(0, Math.max(target.lastIndexOf('/'), target.indexOf('#') + 1));
  const resolution = links.resolve(head, file);
  if (resolution.kind !== 'found') return [];
  const { section, contract } = resolution;
  return section.names().map((name): Proposal => {
    const pointer = `${section.place.pointer}/${escapeToken(name)}`;
    const child = contract.section?.(section.place.file, pointer);
    return {
      label: name,
      kind: 'part',
      detail: child?.caption()?.replace(/\s+/g, ' ').slice(0, 120) ?? '',
      text: `${head}/${escapeToken(name)}`,
      more: (child?.names().length ?? 0) > 0,
    };
  });
}

const nameOf = (contract: Contract): string => contract.file.slice(contract.file.lastIndexOf('/') + 1);
