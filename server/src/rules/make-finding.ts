// Owns the making of a finding from a draft: its severity, its identity, its words about places, and the order of its repairs.
// It must not know what any rule looks for.

import type { FileSource } from '../base/host.ts';
import type { Place } from '../base/place.ts';
import type { Confidence } from '../code/model.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { fingerprint } from '../findings/fingerprint.ts';
import type { Governed } from '../workspace/model.ts';
import { codeSideOffers, looksAround } from './code-side.ts';
import { codeLine, contractLine } from './evidence/wording.ts';
import type { LineNames } from './line-names.ts';
import type { Told } from './memory.ts';
import type { Draft } from './rule.ts';
import { severityOf } from './severity.ts';

/** The finding of a draft, made once for as long as the texts that its message names stand as they are. */
export function makeFinding(
  told: Told,
  governs: Confidence,
  governed: Governed | undefined,
  options: { readonly severities?: ReadonlyMap<string, Severity | 'off'> },
  files: FileSource,
  lines: LineNames,
): Finding {
  const { rule } = told;
  // What is repaired after the manner of something else moves with every edit of that.
  const beside = looksAround(rule.id, told.draft)
    ? codeSideOffers(rule.id, told.draft, governed, lines.read)
    : undefined;
  // A message names lines, which move with texts that the draft itself does not depend on.
  const versions = [versionOf(told.draft.code), versionOf(told.draft.contract)];
  const of = [governs, governed?.sourceOfTruth, ...versions, JSON.stringify(beside ?? [])].join('\n');
  if (told.made?.of === of) return told.made.finding;
  const plain = governs === 'proved' || rule.family === 'lifecycle';
  const draft = plain ? told.draft : { ...told.draft, confidence: governs };
  const operation = draft.operation?.key ?? null;
  const sided = beside ?? codeSideOffers(rule.id, draft, governed, lines.read);
  const configured = options.severities?.get(rule.id);
  const severity = configured === undefined || configured === 'off' ? severityOf(draft) : configured;
  const write = (text: string): string =>
    text.replaceAll(codeLine, lines.name(draft.code)).replaceAll(contractLine, lines.name(draft.contract));
  const finding: Finding = {
    rule: rule.id,
    family: rule.family,
    polarity: rule.polarity,
    severity,
    confidence: draft.confidence,
    operation,
    contractRoot: governed?.contract.file ?? null,
    subject: draft.subject,
    message: write(draft.message),
    contract: draft.contract && { ...bare(draft.contract), pointer: draft.contract.pointer },
    code: draft.code && bare(draft.code),
    related: [
      ...(draft.related ?? []).map((one) => ({ place: bare(one.place), message: write(one.message) })),
      ...wayFromRoot(draft, governed),
    ],
    fingerprint: fingerprint(rule.id, operation, draft.subject, draft.values),
    fixes: inOrder([...(draft.fixes ?? []), ...sided], governed).filter(({ data }) => !isCopied(data.file)),
    suppressed: null,
  };
  told.made = { of, finding };
  return finding;

  /** What another host wrote is repaired there: an edited copy would be gone a day later. */
  function isCopied(file: unknown): boolean {
    return typeof file === 'string' && files.remote?.holds(file) === true;
  }

  function versionOf(place: Place | null): string {
    return place ? (files.version(place.file) ?? '') : '';
  }
}

/** Places may carry more than a place; a finding is plain data that goes over wires. */
function bare({ file, start, end }: Place): Place {
  return { file, start, end };
}

/** In a contract of several files: the references that lead from its root to the file of the finding. */
function wayFromRoot({ contract }: Draft, governed: Governed | undefined): Finding['related'] {
  if (!contract || !governed || contract.file === governed.contract.file) return [];
  const way = governed.contract.wayTo?.(contract.file) ?? [];
  return way.map((place) => ({ place: bare(place), message: 'The contract refers to the file here' }));
}

/** Where the configuration names the side that is right, the repair of the other side is offered first. */
function inOrder(fixes: Finding['fixes'], governed: Governed | undefined): Finding['fixes'] {
  if (governed?.sourceOfTruth === undefined) return fixes;
  const wrong = governed.sourceOfTruth === 'contract' ? 'code' : 'contract';
  return [...fixes.filter((fix) => fix.side === wrong), ...fixes.filter((fix) => fix.side !== wrong)];
}
