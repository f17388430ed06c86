// Owns our own request for the status of a document. It must not know how the client shows it.

import { plainLine } from '../../features/plain-text.ts';
import { statusOf } from '../../features/status.ts';
import { pathOf } from '../addresses.ts';
import type { DocumentStatus, DocumentStatusParams } from '../protocol.ts';
import { addressOf } from '../reports.ts';
import type { Session } from '../session.ts';

/** Never waits for an analysis: it says what is known now. */
export function documentStatus(session: Session, params: DocumentStatusParams | undefined): DocumentStatus {
  const shown = session.settings.enable ? session.loop.latest : undefined;
  if (!shown)
    return {
      ...session.state,
      contracts: [],
      operations: 0,
      verified: 0,
      reasons: [],
      findings: 0,
      known: false,
      contractOnly: false,
    };
  const path = typeof params?.uri === 'string' ? pathOf(params.uri) : undefined;
  const status = statusOf(shown.analysis, path);
  const contracts = status.contracts.map(({ file, title, version }) => ({
    uri: addressOf(session, file),
    title: plainLine(title),
    version: plainLine(version),
  }));
  const reasons = status.reasons.map(({ meaning, hint, operations }) => ({
    meaning: session.say(meaning),
    hint: session.say(hint),
    operations: operations.length,
  }));
  return { ...session.state, ...status, contracts, reasons };
}
