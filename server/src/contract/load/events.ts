// Owns finding what is sent to addresses that no path names: webhooks of every spelling, callbacks, events that schemas describe.
// It must not know paths, nor what is inside of an operation.

import type { IncomingEvent, Operation } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import type { ModelContext } from './model-context.ts';
import { Trouble } from './model-context.ts';
import { operationsOf } from './operations.ts';

/** The webhooks of the root and the events of its schemas, in this order. */
export function findEvents(context: ModelContext): IncomingEvent[] {
  const { root } = context;
  const webhooks = [root.get('webhooks'), root.get('x-webhooks')].flatMap((section) => section?.entries() ?? []);
  return [...webhooks.flatMap((entry) => eventsOf('webhook', entry, entry, context)), ...schemaEvents(context)];
}

/** The callbacks of one operation. Each expression below a callback's name is a path item of its own. */
export function findCallbacks(operation: Operation, node: ContractNode, context: ModelContext): IncomingEvent[] {
  const trouble = new Trouble();
  return (node.get('callbacks')?.entries() ?? []).flatMap((entry) => {
    const callback = trouble.reach(entry, context)?.node;
    const expressions = callback?.entries().filter((expression) => !expression.token.startsWith('x-')) ?? [];
    return expressions.flatMap((expression) => eventsOf('callback', entry, expression, context, operation));
  });
}

function eventsOf(
  kind: 'webhook' | 'callback',
  named: ContractNode,
  pathEntry: ContractNode,
  context: ModelContext,
  owner?: Operation,
): IncomingEvent[] {
  return operationsOf(pathEntry, context, new Trouble()).map(({ operation }) => ({
    kind,
    name: named.token,
    operation,
    place: named.keyPlace,
    ...(owner ? { owner } : {}),
  }));
}

/** Schemas whose `x-webhook` names an event: the vendor's way to say what is sent without a webhook of its own. */
function schemaEvents(context: ModelContext): IncomingEvent[] {
  if (context.specification === '2.0') return [];
  const schemas = context.root.get('components')?.get('schemas');
  if (!schemas?.mentions('x-webhook')) return [];
  return schemas.entries().flatMap((schema): IncomingEvent[] => {
    if (!schema.mentions('x-webhook')) return [];
    const name = schema.get('x-webhook')?.get('event')?.text;
    return name === undefined ? [] : [{ kind: 'schema', name, place: schema.keyPlace }];
  });
}
