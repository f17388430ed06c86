// Owns the methods of Joi's arrays and objects.
// It must not know scalars or validation.

import type { Machine } from '../../machine.ts';
import { type CallSite, textOf } from '../../value.ts';
import type { Schema, SchemaField } from '../validators/schema.ts';
import { compile } from './schemas.ts';

type ObjectBody = Schema['body'] & { readonly kind: 'object' };

/** Methods of arrays; undefined when the method is not one of theirs. */
export function ofArrays(m: Machine, schema: Schema, key: string, site: CallSite): Schema | undefined {
  const { body } = schema;
  if (body.kind !== 'array') return undefined;
  switch (key) {
    case 'items':
    case 'ordered': {
      const options = site.args
        .flatMap((argument) => (argument.kind === 'array' && !argument.rest ? argument.items : [argument]))
        .map((item): Schema => ({ ...compile(m, item, site.place), optional: false }));
      if (options.length === 0) return schema;
      const items: Schema =
        options.length === 1 && key === 'items'
          ? options[0]!
          : { body: { kind: 'union', options }, place: site.place, optional: false };
      return { ...schema, body: { ...body, items }, place: site.place };
    }
    case 'unique':
      return {
        ...schema,
        body: { ...body, uniqueItems: site.args.length === 0 ? true : body.uniqueItems },
        place: site.place,
      };
    case 'single':
      return { ...schema, body: { ...body, single: true } };
    default:
      return undefined;
  }
}

/** Methods of objects; undefined when the method is not one of theirs. */
export function ofObjects(m: Machine, schema: Schema, key: string, site: CallSite): Schema | undefined {
  const { body } = schema;
  if (body.kind !== 'object') return undefined;
  const withBody = (facts: Partial<ObjectBody>): Schema => ({
    ...schema,
    place: site.place,
    body: { ...body, ...facts },
  });
  const [first, second] = site.args;
  switch (key) {
    case 'keys':
    case 'append': {
      if (!first) return schema;
      const more = compile(m, first, site.place).body;
      if (more.kind !== 'object') return withBody({ additional: 'unknown', reason: 'spread-or-any' });
      const open = body.additional === 'unknown' || more.additional === 'unknown';
      const started = body.fields.size > 0;
      return withBody({
        fields: new Map([...body.fields, ...more.fields]),
        additional: open ? 'unknown' : started ? body.additional : 'none',
      });
    }
    case 'unknown': {
      const closes = first?.kind === 'literal' && first.value === false;
      return withBody({ additional: body.additional === 'unknown' ? 'unknown' : closes ? 'none' : 'allowed' });
    }
    case 'pattern':
      return withBody({
        rest: compile(m, second, site.place),
        additional: body.additional === 'unknown' ? 'unknown' : 'allowed',
      });
    case 'rename':
      return withBody({ additional: 'unknown', reason: 'spread-or-any' });
    case 'fork':
      return forked(schema, body, site);
    case 'requiredKeys':
    case 'optionalKeys': {
      const names = new Set(
        site.args
          .flatMap((argument) => (argument.kind === 'array' ? argument.items : [argument]))
          .map((item) => textOf(item)),
      );
      return withBody({
        fields: new Map(
          [...body.fields].map(([name, field]) => [
            name,
            names.has(name) ? { ...field, schema: { ...field.schema, optional: key === 'optionalKeys' } } : field,
          ]),
        ),
      });
    }
    case 'min':
    case 'max':
    case 'length':
      return { ...schema, refined: true };
    default:
      return undefined;
  }
}

/** `fork(['a', 'b'], (schema) => schema.required())`. */
function forked(schema: Schema, body: ObjectBody, site: CallSite): Schema {
  const [paths, adjust] = site.args;
  const names = paths?.kind === 'array' && !paths.rest ? paths.items.map((item) => textOf(item)) : [textOf(paths)];
  const source = adjust?.kind === 'function' ? adjust.node.getText() : '';
  const optionality = /\.required\(\)/.test(source) ? false : /\.optional\(\)/.test(source) ? true : undefined;
  const all = names.some((name) => name === undefined);
  const fields = new Map(
    [...body.fields].map(([name, field]): [string, SchemaField] =>
      all || names.includes(name)
        ? [name, { ...field, schema: { ...field.schema, optional: all ? undefined : optionality } }]
        : [name, field],
    ),
  );
  return { ...schema, body: { ...body, fields }, place: site.place };
}
