// Owns which quick fixes an editor offers at a place, in which order, and what applying one changes.
// It must not know a protocol. Edits are made late, when somebody chooses the action.

import type { FileSource } from '../base/host.ts';
import { within } from '../base/relative.ts';
import { baselineName } from '../findings/baseline.ts';
import type { Finding, FixOffer } from '../findings/finding.ts';
import type { ReadText, Repair } from '../fixes/recipe.ts';
import { canRepair, repair } from '../fixes/repair.ts';
import { configurationName } from '../registry/configuration.ts';
import type { Analysis } from './analysis.ts';
import { findingsAt } from './find.ts';
import { pinAllActions } from './pin-all.ts';
import { type Side, truthOf } from './truth.ts';

export type { TextEdit } from '../contract/edit/text-edit.ts';
export type { FileEdit, Repair } from '../fixes/recipe.ts';

/** Something to offer. `offer` is plain JSON, so that it survives the way to the editor and back. */
export interface OfferedAction {
  readonly title: string;
  readonly kind: 'fix' | 'ignore' | 'explain';
  readonly offer?: Pick<FixOffer, 'id' | 'data'>;
  readonly rule: string;
  /** Findings that the action repairs. */
  readonly fingerprints: readonly string[];
  readonly preferred: boolean;
  /** True when it makes a file that is not there yet. */
  readonly creates?: boolean;
}

/** What stands in an ignore comment until somebody writes the reason; editors with snippets select it. */
export const reasonToWrite = 'accepted as it is';

/**
 * The actions for a span of a file: fixes first, then ignoring, then the explanation. `truth` is the side that is right where
 * the configuration does not say.
 */
export function actionsAt(analysis: Analysis, file: string, start: number, end: number, truth?: Side): OfferedAction[] {
  const findings = findingsAt(analysis, file, start, end);
  const fixes = new Map<string, OfferedAction>();
  for (const finding of findings) {
    for (const offer of finding.fixes.filter(canRepair)) {
      const key = JSON.stringify([offer.id, offer.data]);
      const known = fixes.get(key);
      fixes.set(key, {
        title: titleOf(offer),
        kind: 'fix',
        offer: { id: offer.id, data: offer.data },
        rule: finding.rule,
        fingerprints: [...(known?.fingerprints ?? []), finding.fingerprint],
        preferred: known?.preferred === true || changesWrongSide(analysis, finding, offer, truth),
        creates: typeof offer.data.target === 'string' && !analysis.files.exists(offer.data.target),
      });
    }
  }
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return [
    ...fixes.values(),
    ...findings.flatMap((finding) => internalAction(analysis, finding)),
    ...pinAllActions(analysis, file, findings),
    ...findings.flatMap((finding) => ignoreActions(analysis, finding, file)),
    ...findings.flatMap((finding) => acceptAction(analysis, finding)),
    ...rules.map((rule): OfferedAction => {
      const fingerprints = findings.filter((finding) => finding.rule === rule).map(({ fingerprint }) => fingerprint);
      return { title: `Explain ${rule}`, kind: 'explain', rule, fingerprints, preferred: false };
    }),
  ];
}

/** The edits of an offer on the current texts. */
export function editsOf(offer: Pick<FixOffer, 'id' | 'data'>, files: FileSource): Repair {
  return repair(offer, readerOf(files));
}

function readerOf(files: FileSource): ReadText {
  return (path) => {
    const read = files.read(path);
    return 'text' in read ? read.text : undefined;
  };
}

/** Every fix says which side it changes, because guessing which side is right is not ours to do. */
function titleOf(offer: FixOffer): string {
  if (/^(?:contract|code):/i.test(offer.title)) return offer.title;
  const side = offer.side === 'contract' ? 'Contract' : 'Code';
  return `${side}: ${offer.title.charAt(0).toLowerCase()}${offer.title.slice(1)}`;
}

/** Ignoring one place, by a comment above it; and the whole operation, by a word in the contract. */
function ignoreActions(analysis: Analysis, finding: Finding, file: string): OfferedAction[] {
  const { rule, operation } = finding;
  // What is said of suppressions is not suppressed itself.
  if (finding.family === 'suppression') return [];
  const place = [finding.code, finding.contract].find((one) => one?.file === file);
  const action = (title: string, data: Readonly<Record<string, unknown>>): OfferedAction => ({
    title,
    kind: 'ignore',
    offer: { id: 'ignore-comment', data: { rule, reason: reasonToWrite, ...data } },
    rule,
    fingerprints: [finding.fingerprint],
    preferred: false,
  });
  const takesComments = !/\.json[c5]?$/i.test(file);
  const declared = operation === null ? undefined : placeOf(analysis, finding.contractRoot, operation);
  return [
    ...(place && takesComments ? [action(`Ignore ${rule} here`, { file, offset: place.start })] : []),
    ...(declared
      ? [
          action(`Ignore ${rule} for ${operation}`, {
            file: declared.file,
            offset: declared.start,
            pointer: declared.pointer,
          }),
        ]
      : []),
  ];
}

/** Saying in the configuration that no contract needs to describe a route. */
function internalAction(analysis: Analysis, finding: Finding): OfferedAction[] {
  const { rule, subject, fingerprint } = finding;
  // A path with characters of its own in globs would name other routes, or none.
  if (rule !== 'operation-undocumented' || !/^[A-Z]+ \/[\w\-./{}~:]*$/.test(subject)) return [];
  const project = analysis.projects.find(({ findings }) => findings.includes(finding));
  if (!project) return [];
  const { folder, file = `${folder.replace(/\/$/, '')}/${configurationName}` } = project.configuration;
  if (!analysis.files.roots.some((root) => within(root, file))) return [];
  return [
    {
      title: `Configuration: mark ${subject} as internal`,
      kind: 'fix',
      offer: { id: 'mark-internal', data: { file, route: subject } },
      rule,
      fingerprints: [fingerprint],
      preferred: false,
      creates: !analysis.files.exists(file),
    },
  ];
}

/** Accepting one finding in the project's baseline; nothing where the baseline lies outside of what is open, or cannot be read. */
function acceptAction(analysis: Analysis, finding: Finding): OfferedAction[] {
  if (finding.family === 'suppression') return [];
  const project = analysis.projects.find(({ findings }) => findings.includes(finding));
  if (!project) return [];
  const file = `${project.configuration.folder.replace(/\/$/, '')}/${baselineName}`;
  const exists = analysis.files.exists(file);
  if (!analysis.files.roots.some((root) => within(root, file)) || (exists && !project.baseline)) return [];
  const { fingerprint, rule, operation, subject } = finding;
  const named = operation === null ? {} : { operation };
  return [
    {
      title: `Accept this ${rule} in the baseline`,
      kind: 'ignore',
      offer: { id: 'accept-finding', data: { file, fingerprint, rule, subject, reason: reasonToWrite, ...named } },
      rule,
      fingerprints: [fingerprint],
      preferred: false,
      creates: !exists,
    },
  ];
}

/** Where an operation stands in its contract. */
function placeOf(analysis: Analysis, contractRoot: string | null, operation: string) {
  for (const { model } of analysis.projects) {
    const contract = model.contracts.find(({ file }) => file === contractRoot);
    const found = contract?.operations.find(({ key }) => key === operation);
    if (found) return found.place;
  }
  return undefined;
}

/** Whether a fix changes the side that somebody named as the wrong one; without such a word no fix is better than another. */
function changesWrongSide(analysis: Analysis, finding: Finding, offer: FixOffer, fallback: Side | undefined): boolean {
  const truth = truthOf(analysis, finding, fallback);
  return truth !== undefined && truth !== offer.side;
}
