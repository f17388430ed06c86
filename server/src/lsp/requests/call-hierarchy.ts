// Owns the requests of the call hierarchy. It must not know who calls whom.

import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  type CancellationToken,
  SymbolKind,
} from 'vscode-languageserver';
import type { Analysis } from '../../features/analysis.ts';
import { type HierarchyItem, hierarchyAt, incomingCalls, outgoingCalls } from '../../features/call-hierarchy.ts';
import { plainLine } from '../../features/plain-text.ts';
import { asked } from '../asking.ts';
import { callsGathered } from '../calling.ts';
import { addressOf, rangeOf } from '../reports.ts';
import type { Session } from '../session.ts';
import { unlessCancelled } from './document-diagnostic.ts';

const kinds: Readonly<Record<HierarchyItem['kind'], SymbolKind>> = {
  operation: SymbolKind.Method,
  handler: SymbolKind.Function,
  call: SymbolKind.Event,
  link: SymbolKind.Key,
};

export async function prepareCallHierarchy(
  session: Session,
  params: CallHierarchyPrepareParams,
  token: CancellationToken,
): Promise<CallHierarchyItem[] | null> {
  const at = await asked(session, params, token);
  const item = at && hierarchyAt(at.analysis, at.path, at.offset);
  return item ? [toItem(session, at.analysis, item)] : null;
}

export async function incoming(
  session: Session,
  { item }: CallHierarchyIncomingCallsParams,
  token: CancellationToken,
): Promise<CallHierarchyIncomingCall[]> {
  const shown = await unlessCancelled(session.ready(), token);
  if (shown === 'cancelled' || !shown || typeof item.data !== 'string') return [];
  await callsGathered(session, shown.analysis, token);
  return incomingCalls(shown.analysis, item.data).map((found) => {
    const from = toItem(session, shown.analysis, found);
    return { from, fromRanges: [from.selectionRange] };
  });
}

export async function outgoing(
  session: Session,
  { item }: CallHierarchyOutgoingCallsParams,
  token: CancellationToken,
): Promise<CallHierarchyOutgoingCall[]> {
  const shown = await unlessCancelled(session.ready(), token);
  if (shown === 'cancelled' || !shown || typeof item.data !== 'string') return [];
  return outgoingCalls(shown.analysis, item.data).map((found) => ({
    to: toItem(session, shown.analysis, found),
    fromRanges: [item.selectionRange],
  }));
}

function toItem(session: Session, analysis: Analysis, item: HierarchyItem): CallHierarchyItem {
  return {
    name: plainLine(item.name),
    detail: plainLine(item.detail),
    kind: kinds[item.kind],
    uri: addressOf(session, item.place.file),
    range: rangeOf(analysis.lines, item.place),
    selectionRange: rangeOf(analysis.lines, item.selection),
    ...(item.operation === undefined ? {} : { data: item.operation }),
  };
}
