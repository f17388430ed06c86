// Owns routers that a contract drives: their handlers become routes at the operations that name them, and names without a handler are noted.
// It must not know rules, nor how handlers are found.

import type { App, CodeModel, OperationHandler, OperationRouter, Route } from '../code/model.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { MeantHandler, MissingHandler } from './model.ts';

/** The code with every contract-driven router's routes in it. */
export function resolveOperations(code: CodeModel, contracts: readonly Contract[]): CodeModel {
  if (!code.apps.some((app) => app.operationRouters?.length)) return code;
  return { ...code, apps: code.apps.map((app) => resolved(app, contracts)) };
}

function resolved(app: App, contracts: readonly Contract[]): App {
  const { operationRouters = [] } = app;
  const routes: Route[] = [...app.routes];
  for (const router of operationRouters) {
    const contract = contractOf(router, contracts);
    for (const operation of contract?.operations ?? []) {
      const handler = handlerOf(router, operation);
      if (!contract || !handler) continue;
      const path = router.mounted ? operation.path : `${contract.servers[0]?.basePath ?? ''}${operation.path}`;
      const route = handler.route(operation.method, path);
      routes.push({ ...route, order: routes.length, operationId: handler.operationId });
    }
  }
  const named = operationRouters.flatMap((router) => contractOf(router, contracts)?.file ?? []);
  return { ...app, routes, contractFiles: [...new Set([...app.contractFiles, ...named])] };
}

/** The contract that a router is made of: the one that it names, else the one that has most of its names. */
export function contractOf(router: OperationRouter, contracts: readonly Contract[]): Contract | undefined {
  const named = contracts.find(
    (contract) => router.contractFile !== undefined && contract.files[0] === router.contractFile,
  );
  if (named) return named;
  let best: { readonly contract: Contract; readonly found: number } | undefined;
  for (const contract of contracts) {
    const found = contract.operations.filter((operation) => handlerOf(router, operation)).length;
    if (found > (best?.found ?? 0)) best = { contract, found };
  }
  return best && best.found * 2 >= Math.min(best.contract.operations.length, router.handlers.length)
    ? best.contract
    : undefined;
}

/** What an operation says of its handler; undefined when it names none that the router would look for. */
function nameOf(
  { naming }: OperationRouter,
  operation: Operation,
): { readonly operationId: string; readonly controller?: string } | undefined {
  const said = (keys: readonly string[]): string | undefined =>
    keys.map((key) => operation.extensions.get(key)).find((value) => typeof value === 'string');
  const operationId = said(naming.handler) ?? operation.operationId;
  const controller = said(naming.controller);
  if (naming.dotted && controller === undefined && operationId !== undefined && said(naming.handler) === undefined) {
    const [module = '', name] = operationId.split('.');
    return name === undefined ? undefined : { operationId: name, controller: module };
  }
  if (operationId === undefined || (naming.controllerRequired && controller === undefined)) return undefined;
  return { operationId, ...(controller === undefined ? {} : { controller }) };
}

function handlerOf(router: OperationRouter, operation: Operation): OperationHandler | undefined {
  const name = nameOf(router, operation);
  if (!name) return undefined;
  return router.handlers.find(
    (handler) =>
      handler.operationId === name.operationId &&
      (name.controller === undefined ||
        handler.controller === undefined ||
        sameModule(handler.controller, name.controller)),
  );
}

function sameModule(a: string, b: string): boolean {
  const plain = (path: string): string => path.replace(/^\.?\//, '').replace(/\/index$/, '');
  return plain(a) === plain(b);
}

/** The handler that an operation names and that its router does not have; undefined when that cannot be said. */
export function missingHandler(
  operation: Operation,
  contract: Contract,
  apps: readonly App[],
  contracts: readonly Contract[],
): MissingHandler | undefined {
  for (const app of apps) {
    for (const router of app.operationRouters ?? []) {
      if (!router.completeness.closed || contractOf(router, contracts) !== contract) continue;
      const name = nameOf(router, operation);
      if (!name || handlerOf(router, operation)) continue;
      const text = name.controller === undefined ? name.operationId : `${name.controller}.${name.operationId}`;
      const meant = meantBy(router, operation, contract, name);
      return { name: text, router: router.router, place: router.place, meant };
    }
  }
  return undefined;
}

/** Handlers that no operation of the contract has: of the same module, or of the same name in another one. */
function meantBy(
  router: OperationRouter,
  operation: Operation,
  contract: Contract,
  name: { readonly operationId: string; readonly controller?: string },
): readonly MeantHandler[] {
  const taken = new Set(contract.operations.flatMap((one) => handlerOf(router, one) ?? []));
  const free = router.handlers.filter((handler) => !taken.has(handler));
  const { naming } = router;
  const keyOf = (keys: readonly string[], value: string): string | undefined =>
    keys.find((key) => operation.extensions.get(key) === value);
  const nameKey = keyOf(naming.handler, name.operationId) ?? 'operationId';
  const controllerKey = name.controller === undefined ? undefined : keyOf(naming.controller, name.controller);
  return free.flatMap(({ operationId, controller, place }): MeantHandler[] => {
    const { controller: from } = name;
    const inModule = from === undefined || controller === undefined || sameModule(controller, from);
    if (!inModule) {
      if (operationId !== name.operationId || controllerKey === undefined) return [];
      return [{ key: controllerKey, from, to: controller, place }];
    }
    // A name with a module in it is written as one.
    const dotted = from !== undefined && controllerKey === undefined;
    const written = (one: string): string => (dotted ? `${from}.${one}` : one);
    return [{ key: nameKey, from: written(name.operationId), to: written(operationId), place }];
  });
}
