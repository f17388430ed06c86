// Owns the functions that TypeScript's compiler writes into what it makes (`__importDefault`, `__awaiter`), or takes from `tslib`.
// It must not know modules beyond the values that these functions are handed.

import type { Machine } from '../machine.ts';
import { settled } from '../settle.ts';
import {
  type CallSite,
  type Cell,
  isEmpty,
  objectOf,
  type PackageModel,
  undefinedValue,
  type Value,
} from '../value.ts';

type Helper = (m: Machine, site: CallSite) => Value | undefined;

/** Whether a module says of itself that it was made of one with `import` and `export`, or is one. */
function isModern(m: Machine, module: Value, site: CallSite): boolean {
  if (module.kind === 'external' || module.kind === 'namespace') return true;
  if (module.kind !== 'native' && module.kind !== 'object') return false;
  const mark = module.props.get('__esModule');
  return mark !== undefined && !isEmpty(m.force(mark)) && site.args.length > 0;
}

const helpers: Readonly<Record<string, Helper>> = {
  __importDefault: (m, site) => {
    const [module] = site.args;
    return !module || isModern(m, module, site) ? module : objectOf({ default: module });
  },
  __importStar: (m, site) => {
    const [module] = site.args;
    if (!module || isModern(m, module, site)) return module;
    const own: [string, Cell][] = module.kind === 'native' || module.kind === 'object' ? [...module.props] : [];
    return {
      kind: 'object',
      props: new Map<string, Cell>([...own, ['default', { value: module }]]),
      place: site.place,
    };
  },
  __exportStar: (_m, site) => {
    const [from, into] = site.args;
    if (from?.kind !== 'native' || into?.kind !== 'native') return undefined;
    for (const [name, cell] of from.props)
      if (name !== 'default' && name !== '__esModule' && !into.props.has(name)) into.props.set(name, cell);
    return undefinedValue;
  },
  __createBinding: (m, site) => {
    const [into, from, name, as] = site.args;
    const [source, target] = [name, as ?? name].map((key) =>
      key?.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined,
    );
    if (!from || source === undefined || target === undefined) return undefined;
    if (into?.kind !== 'native' && into?.kind !== 'object') return undefined;
    into.props.set(target, { value: undefined, lazy: () => m.get(from, source, site.place) });
    return undefinedValue;
  },
  __assign: (m, site) => m.call(m.get(m.force(m.globals.find('Object')!), 'assign', site.place), site),
  __awaiter: (m, site) => {
    const [self, , , body] = site.args;
    if (body?.kind !== 'function') return undefined;
    const inner: CallSite = { ...site, args: [], argPlaces: [], node: undefined };
    return settled(m, m.call(self && !isEmpty(self) ? { ...body, self } : body, inner));
  },
};

/** What a helper of the compiler gives; undefined where the name is none of those, or its arguments are not known. */
export function callHelper(m: Machine, name: string, site: CallSite): Value | undefined {
  return Object.hasOwn(helpers, name) ? helpers[name]!(m, site) : undefined;
}

export const compiledPackage: PackageModel = {
  packages: ['tslib'],
  call: (m, external, site) => callHelper(m, external.path.at(-1) ?? '', site),
};
