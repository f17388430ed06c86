// Owns the first look at files that are open while a large workspace is read for the first time: what can be said of the operations in
// them before the rest is known. It must not know a protocol, nor when somebody looks.

import type { FileSource } from '../base/host.ts';
import type { Route } from '../code/model.ts';
import type { Finding } from '../findings/finding.ts';
import { rules } from '../rules/catalogue.ts';
import type { BindingRule } from '../rules/rule.ts';
import { governanceOf, type RuleOptions, runRules } from '../rules/run.ts';
import type { Binding, Governed, WorkspaceModel } from '../workspace/model.ts';

/** Operations that are quickly read: below this nobody would notice a look before the whole. */
const FEW = 100;

const ownRules = rules.filter((rule) => rule.scope === 'binding');
const ownIds: ReadonlySet<string> = new Set(ownRules.map(({ id }) => id));

/** A look at a workspace: findings that stand, and the part of the model that they are about. */
export interface FirstLook {
  /** The files in which something was looked at. */
  readonly paths: readonly string[];
  readonly model: WorkspaceModel;
  readonly findings: readonly Finding[];
}

/**
 * What the rules say of the operations that stand or are handled in `paths`; every finding is one of the whole run, too. Undefined where
 * the whole is as quick, and where these files hold more than can be read quickly.
 */
export function firstLook(
  model: WorkspaceModel,
  files: FileSource,
  paths: ReadonlySet<string>,
  options: RuleOptions,
): FirstLook | undefined {
  const owned = model.governed.filter(({ role }) => role !== 'consumed');
  if (countOf(owned) <= FEW) return undefined;
  const wholes = new Map<Governed, Governed>();
  for (const whole of owned) {
    const bindings = whole.bindings.filter((binding) => standsIn(binding, paths));
    if (bindings.length === 0) continue;
    const confidence = governanceOf(whole) === 'likely' ? 'likely' : undefined;
    const narrowed: Governed = { ...whole, bindings, undocumented: [], ...(confidence && { confidence }) };
    wholes.set(narrowed, withUnread(whole, bindings));
  }
  const governed = [...wholes.keys()];
  if (governed.length === 0 || countOf(governed) > FEW) return undefined;
  const part: WorkspaceModel = { ...model, governed, contracts: governed.map(({ contract }) => contract) };
  const found = runRules(part, files, {
    ...options,
    rules: ownRules.map((rule) => looking(rule, wholes)),
    memory: undefined,
  });
  // Whether a suppression is needed can be said of the whole alone.
  const looked = [...paths].filter((path) =>
    governed.some(({ bindings }) => bindings.some((binding) => standsIn(binding, new Set([path])))),
  );
  return { paths: looked, model: part, findings: found.filter(({ rule }) => ownIds.has(rule)) };
}

const countOf = (governed: readonly Governed[]): number =>
  governed.reduce((count, { bindings }) => count + bindings.length, 0);

function standsIn({ operation, routes }: Binding, paths: ReadonlySet<string>): boolean {
  return (
    paths.has(operation.place.file) ||
    routes.some(({ place, handlerPlace }) => paths.has(place.file) || (handlerPlace && paths.has(handlerPlace.file)))
  );
}

/** What a rule meets that asks for more than was read. */
class Unread extends Error {}

/** A contract's bindings and routes as they are, but for the facts of those that nobody looks at: they are not read yet. */
function withUnread(whole: Governed, looked: readonly Binding[]): Governed {
  const known = new Set(looked.flatMap(({ routes }) => routes.map(({ id }) => id)));
  const unread = (route: Route): Route =>
    known.has(route.id)
      ? route
      : {
          ...route,
          facts: () => {
            throw new Unread();
          },
        };
  const all = (routes: readonly Route[]): readonly Route[] => routes.map(unread);
  return {
    ...whole,
    bindings: whole.bindings.map((binding) =>
      looked.includes(binding) ? binding : { ...binding, routes: all(binding.routes) },
    ),
    apps: whole.apps.map((app) => ({ ...app, routes: all(app.routes) })),
    undocumented: all(whole.undocumented),
  };
}

/** The rule as it judges a part: it sees the contract around it, and is silent where it would have to know the facts of others. */
function looking(rule: BindingRule, wholes: ReadonlyMap<Governed, Governed>): BindingRule {
  return {
    ...rule,
    *check(binding, route, narrowed) {
      try {
        yield* rule.check(binding, route, wholes.get(narrowed) ?? narrowed);
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
      }
    },
  };
}
