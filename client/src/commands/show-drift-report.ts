// Owns the command "Show Drift Report". With a fingerprint, the report opens at that finding.

import type { DriftPanel } from '../views/drift-panel.ts';

export function showDriftReport(panel: DriftPanel, fingerprint?: unknown): Promise<boolean> {
  return panel.show(typeof fingerprint === 'string' ? fingerprint : undefined);
}
