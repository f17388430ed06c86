// Owns the rule version-bump-missing: the contract changed since its baseline, and its version does not say so.

import type { StandingChange, VersionStanding } from '../../contract/model.ts';
import { code } from '../evidence/wording.ts';
import type { VersionRule } from '../rule.ts';

/** Changes that a finding names; the rest are counted. */
const most = 8;

export const versionBumpMissing: VersionRule = {
  id: 'version-bump-missing',
  family: 'lifecycle',
  polarity: 'mismatch',
  summary: 'The contract changed since its baseline, and its version does not say so.',
  scope: 'versions',
  *check(standing) {
    const { base, version, needed, suggested, kept, level } = standing;
    // Words for people are released with the next number, whichever it is.
    if (kept !== false || needed === 'none' || needed === 'patch') return;
    const counted = standing.changes.filter((change) => change.level !== 'documentation');
    const next = suggested === null ? `a ${needed} version` : code(suggested);
    yield {
      operation: null,
      subject: 'info.version',
      values: [level],
      message: `The version is ${code(version)}, but ${summaryOf(counted)} since ${base.name} (${code(base.version)}) ${counted.length === 1 ? 'calls' : 'call'} for ${next}.`,
      contract: standing.place,
      code: null,
      related: counted.slice(0, most).flatMap((change) => relatedOf(change, standing)),
      confidence: level === 'risky' ? 'likely' : 'proved',
      breaking: level === 'breaking' || level === 'risky',
      cap: level === 'compatible' ? 'information' : 'warning',
      fixes:
        suggested === null
          ? []
          : [
              {
                id: 'set-version',
                title: `Set version to ${suggested}`,
                side: 'contract',
                safety: 'suggestion',
                data: { file: standing.place.file, pointer: standing.place.pointer, version: suggested },
              },
            ],
    };
  },
};

function summaryOf(changes: readonly StandingChange[]): string {
  const parts = (['breaking', 'risky', 'compatible'] as const).flatMap((level) => {
    const count = changes.filter((change) => change.level === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  const last = parts.pop() ?? '';
  const listed = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `${listed} ${changes.length === 1 ? 'change' : 'changes'}`;
}

function relatedOf(
  change: StandingChange,
  standing: VersionStanding,
): { place: NonNullable<StandingChange['place']>; message: string }[] {
  const where = change.operation === null ? '' : ` in ${change.operation}`;
  const voice = change.voice ? `; ${change.voice.text}` : '';
  const witness = change.witness === undefined ? '' : `; for instance ${change.witness}`;
  const message = `${change.level}: ${change.message}${where} (${change.subject})${witness}${voice}`;
  return [{ place: change.place ?? standing.place, message }];
}
