// Owns Mongoose schemas that are written as decorated classes, by `@nestjs/mongoose` or Typegoose: which fields hold another document's id.
// It must not know models or queries.

import type ts from 'typescript';
import type { Machine } from '../../machine.ts';
import type { Frame, PackageModel, Value } from '../../value.ts';
import { decorationsOf, decorationValue } from '../decorations.ts';

const packages = ['@nestjs/mongoose', '@typegoose/typegoose'];

export const decoratedMongoose: PackageModel = {
  packages,
  call(_m, external, site) {
    const name = external.path.at(-1) ?? '';
    return /^prop$/i.test(name) ? decorationValue(name, external.package, site.args) : undefined;
  },
};

/**
 * Whether a property is stored as the id of another document (`@Prop({ type: Types.ObjectId, ref: 'User' })`), so that its declared type
 * holds only where a query populated it.
 */
export function holdsReference(m: Machine, member: ts.PropertyDeclaration, frame: Frame): boolean {
  return packages.some((pkg) =>
    decorationsOf(m, member, frame, pkg).some(({ args }) => args[0] !== undefined && refers(m, args[0])),
  );
}

/** Options of a field, or of the items of a list: `{ ref }`, `[{ ref }]` and `{ type: [{ ref }] }`. */
function refers(m: Machine, options: Value, depth = 0): boolean {
  if (options.kind === 'array') return options.items.some((item) => refers(m, item, depth));
  if (options.kind !== 'object') return false;
  if (options.props.has('ref')) return true;
  const type = options.props.get('type');
  return type !== undefined && depth < 2 && refers(m, m.force(type), depth + 1);
}
