// Owns what `$extends` says: which parts of the client an extension touches. It must not know rows.

import { join } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { type CallSite, literal, objectOf, undefinedValue, type Value } from '../../value.ts';
import { option, optionsOf } from '../row.ts';

/** The components of an extension, as written. */
export interface Extension {
  readonly result?: Value;
  readonly model?: Value;
  readonly query?: Value;
  readonly client?: Value;
}

/** Extensions of these packages change where queries run, not what they give. */
const harmless = /^(@prisma\/extension-|prisma-extension-(pagination|random|caching|cache)|@sentry\/|@opentelemetry\/)/;

/** An extension; `nothing` for one that changes no rows, undefined for one that cannot be seen. */
export function extensionOf(value: Value | undefined): Extension | 'nothing' | undefined {
  if (value?.kind === 'external') return harmless.test(value.package) ? 'nothing' : undefined;
  if (value?.kind !== 'object' || value.open) return undefined;
  const part = (name: string) => value.props.get(name)?.value;
  return { result: part('result'), model: part('model'), query: part('query'), client: part('client') };
}

type Hook = (site: CallSite, query: Value, model: string) => Value;

/** What runs in the place of a query, when an extension says so; `lost` when that cannot be seen. */
export function queryHook(
  m: Machine,
  extensions: readonly Extension[],
  model: string,
  operation: string,
): Hook | 'lost' | undefined {
  for (const extension of [...extensions].reverse()) {
    if (!extension.query) continue;
    const models = optionsOf(extension.query);
    if (models === 'lost') return 'lost';
    for (const one of [option(m, models, model), option(m, models, '$allModels'), models]) {
      const operations = one === models ? models : optionsOf(one as Value | undefined);
      if (operations === 'lost') return 'lost';
      const hooks = [operation, '$allOperations'].flatMap((name) => option(m, operations, name) ?? []);
      if (hooks.length > 0) return (site, query, name) => run(m, join(hooks), site, query, name, operation);
    }
  }
  return undefined;
}

function run(m: Machine, hook: Value, site: CallSite, query: Value, model: string, operation: string): Value {
  const parameters = objectOf({
    model: literal(model),
    operation: literal(operation),
    args: site.args[0] ?? undefinedValue,
    query,
  });
  return m.call(hook, { ...site, args: [parameters], argPlaces: [site.place], node: undefined });
}
