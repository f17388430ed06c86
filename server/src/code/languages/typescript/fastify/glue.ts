// Owns plugins that register a contract's operations with the handlers of a service: fastify-openapi-glue and its like.
// It must not know a contract, nor how a handler is run.

import { contractAt } from '../contract-driven/folders.ts';
import { createOperationRouter, open, takeHandlers } from '../contract-driven/routers.ts';
import type { Machine } from '../machine.ts';
import { joinPaths } from '../paths.ts';
import { type CallSite, isEmpty, undefinedValue, type Value } from '../value.ts';
import { createChild, type InstanceState } from './instances.ts';
import { readPrefix } from './plugins.ts';

/** Notes the handlers of a service in a context of their own. */
export function glueOperations(m: Machine, state: InstanceState, name: string, options: Value, site: CallSite): void {
  const { template, lost } = readPrefix(m, options, site);
  const prefix = template === '' ? state.prefix : joinPaths(state.prefix, template);
  const child = createChild(m, state, site.place, { prefix: prefix === '/' ? '' : prefix, lost: state.lost ?? lost });
  const part = (key: string): Value => (isEmpty(options) ? undefinedValue : m.get(options, key, site.place));
  const router = createOperationRouter(m, {
    package: name,
    place: site.place,
    contractFile: contractAt(m, part('specification'), site),
    served: true,
  });
  const service = isEmpty(part('serviceHandlers')) ? part('service') : part('serviceHandlers');
  takeHandlers(m, router, service);
  if (!isEmpty(part('operationResolver'))) open(router, 'dependency-injection');
  // Which of them guards an operation only the contract says.
  if (!isEmpty(part('securityHandlers'))) child.hooksOpen ??= { reason: 'framework-unmodelled', place: site.place };
  child.operationRouter = router;
}
