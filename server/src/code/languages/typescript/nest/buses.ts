// Owns the buses of `@nestjs/cqrs`: the handler that a command or a query of a class is handed to.
// It must not know routes. Events are answered by nobody.

import type { Machine } from '../machine.ts';
import { type ClassValue, native, undefinedValue, unknown, type Value } from '../value.ts';
import type { Injector } from './injector.ts';
import type { ModuleNode } from './module-graph.ts';
import { lastNote, notesOfClass } from './notes.ts';

const handlers: Readonly<Record<string, string>> = { CommandBus: 'CommandHandler', QueryBus: 'QueryHandler' };

/** The value of an injected bus. */
export function busOf(m: Machine, name: string, injector: Injector): Value | undefined {
  if (name === 'EventBus' || name === 'UnhandledExceptionBus')
    return native({ name: 'event bus', method: () => undefinedValue }, undefined);
  const note = handlers[name];
  if (!note) return undefined;
  let known: readonly Handling[] | undefined;
  return native(
    {
      name: 'bus',
      method(machine, _self, key, site) {
        const [message] = site.args;
        if (key !== 'execute' || message?.kind !== 'object' || message.cls?.kind !== 'class') return undefined;
        const wanted = message.cls.node;
        known ??= handlingsOf(m, note, injector);
        const found = known.find(({ handled }) => handled.node === wanted);
        if (!found) return unknown('dependency-injection', site.place);
        const handler = injector.instantiate(found.handler, found.module);
        return machine.call(machine.get(handler, 'execute', site.place), site, handler);
      },
    },
    undefined,
  );
}

interface Handling {
  readonly handled: ClassValue;
  readonly handler: ClassValue;
  readonly module: ModuleNode;
}

function handlingsOf(m: Machine, name: string, injector: Injector): Handling[] {
  return injector.modules().flatMap((module) =>
    [...module.providers.values()].flatMap((provider) => {
      if (provider.kind !== 'class') return [];
      const handled = lastNote(notesOfClass(m, provider), name)?.args[0];
      return handled?.kind === 'class' ? [{ handled, handler: provider, module }] : [];
    }),
  );
}
