// Owns the sentences that several outputs share: counts with their nouns, the summary lines.
// It must not know formats.

import { type Report, SEVERITIES } from './model.ts';

/** `1 error`, `2 errors`; information has no plural. */
export function counted(count: number, noun: string): string {
  return count === 1 || noun === 'information' ? `${count} ${noun}` : `${count} ${noun}s`;
}

/** "12 findings: 5 errors, 7 warnings", or "No findings". */
export function findingsLine(report: Report): string {
  const { findings, suppressed } = report.summary;
  const parts = SEVERITIES.filter((severity) => findings[severity] > 0).map((severity) =>
    counted(findings[severity], severity),
  );
  const total = SEVERITIES.reduce((sum, severity) => sum + findings[severity], 0);
  const aside = suppressed > 0 ? ` (${suppressed} suppressed)` : '';
  return total === 0 ? `No findings${aside}` : `${counted(total, 'finding')}: ${parts.join(', ')}${aside}`;
}

/** "Verified 37 of 41 operations; 40 are implemented; 3 routes are in no contract." */
export function verifiedLine(report: Report): string {
  const { operations, verified, implemented, undocumentedRoutes } = report.summary;
  if (operations === 0) return 'No operation of a contract is served by this code.';
  const parts = [`Verified ${verified} of ${counted(operations, 'operation')}`];
  if (implemented < operations) parts.push(`${implemented} ${implemented === 1 ? 'is' : 'are'} implemented`);
  if (undocumentedRoutes > 0) {
    parts.push(`${counted(undocumentedRoutes, 'route')} ${undocumentedRoutes === 1 ? 'is' : 'are'} in no contract`);
  }
  return `${parts.join('; ')}.`;
}

/** A few names, and how many more there are. */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** Text of a workspace made harmless for a terminal: control characters become visible and cannot steer it. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (char) => (char === '\t' || char === '\n' ? char : '\u00b7'));
}
