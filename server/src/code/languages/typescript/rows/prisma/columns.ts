// Owns the values of Prisma's scalar fields, as the client gives them. It must not know relations or queries.

import { numberShape, stringShape } from '../../../../../shape/shape.ts';
import type { Machine } from '../../machine.ts';
import { type CallSite, shaped, someBoolean, type Value } from '../../value.ts';
import { dateValue, decimalValue, something } from '../row.ts';
import type { PrismaField, PrismaSchema } from './schema.ts';

/** The value of a scalar or enum field, list and optionality left aside; undefined for relations and composite types. */
export function scalarValue(m: Machine, schema: PrismaSchema, field: PrismaField, site: CallSite): Value | undefined {
  switch (field.type) {
    case 'String':
      return shaped(stringShape(field.place, field.native === 'Uuid' ? { format: 'uuid' } : {}));
    case 'Boolean':
      return someBoolean();
    case 'Int':
      return shaped(numberShape(field.place, { integer: true }));
    case 'Float':
      return shaped(numberShape(field.place));
    case 'Decimal':
      return decimalValue(field.place);
    case 'DateTime':
      return dateValue(m, site);
    case 'Json':
      return something('spread-or-any', field.place);
    case 'BigInt':
    case 'Bytes':
      // JSON has no such value: what is sent depends on how the service turns it into one.
      return something('custom-serializer', field.place);
    default: {
      const values = schema.enums.get(field.type)?.values;
      if (values) return shaped(stringShape(field.place, { values }));
      // A type that the schema does not declare: broken text, or a file that cannot be seen.
      return schema.models.has(field.type) ? undefined : something('spread-or-any', field.place);
    }
  }
}
