// Owns the mutations of response bodies and of examples.
// It must not know how the engine is run.

import {
  below,
  bodySchema,
  type FieldSite,
  fieldsOf,
  hasSiblings,
  isNullable,
  isolated,
  isSwagger,
  type Node,
  nodeAt,
  responseSchema,
  retype,
  setRequired,
  type Target,
  typeOf,
  withoutNull,
} from './document.ts';
import { type Mutation, mutant } from './mutation.ts';

/** The success body, and one error body: errors mostly share one shape. */
export function statusesOf(operation: Node): string[] {
  const statuses = Object.keys(nodeAt(operation, 'responses') ?? {});
  const error = statuses.find((status) => status === '404') ?? statuses.find((status) => status.startsWith('4'));
  return [...statuses.filter((status) => status.startsWith('2')), ...(error ? [error] : [])];
}

function fieldMutant(
  document: Node,
  target: Target,
  status: string,
  field: FieldSite,
  kind: string,
  about: string,
  rules: readonly string[],
  subjects: readonly string[],
  edit: (field: FieldSite) => void,
) {
  const said = `${below(`${status}.body`, field.path)} ${about}`.trim();
  const made = mutant(document, target, kind, said, rules, subjects, (operation) => {
    edit(fieldsOf(responseSchema(operation, status)).find((other) => other.path === field.path)!);
  });
  // A page of payments, one payment and a captured payment share their fields.
  return { ...made, once: [kind, about, field.name, JSON.stringify(field.owner)].join(' ') };
}

export const changeResponseFields: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  for (const status of statusesOf(operation)) {
    for (const field of fieldsOf(responseSchema(operation, status))) {
      yield* oneField(document, target, status, field);
    }
  }
};

const other = (name: string) => `${name}Renamed`;

function* oneField(document: Node, target: Target, status: string, field: FieldSite) {
  // The body of an error is judged as a whole.
  const error = status >= '4';
  const subject = error ? `${status}.body` : below(`${status}.body`, field.path);
  const judged = (...rules: string[]): readonly string[] => (error ? ['error-shape-mismatch'] : rules);
  const change = (
    kind: string,
    about: string,
    rules: readonly string[],
    edit: (site: FieldSite) => void,
    subjects: readonly string[] = [subject],
  ) => fieldMutant(document, target, status, field, kind, about, rules, subjects, edit);
  // A schema that names no field at all allows every one.
  if (hasSiblings(field)) {
    yield change('drop response field', '', judged('response-field-undeclared'), (site) => {
      delete (site.owner.properties as Node)[site.name];
      setRequired(site.owner, site.name, false);
    });
  }
  if (field.required) {
    const rules = judged('response-field-undeclared', 'response-field-missing');
    const rename = (site: FieldSite) => {
      const properties = site.owner.properties as Node;
      properties[other(site.name)] = properties[site.name]!;
      delete properties[site.name];
      setRequired(site.owner, site.name, false);
      setRequired(site.owner, other(site.name), true);
    };
    yield change('rename response field', '', rules, rename, error ? [subject] : [subject, other(subject)]);
  } else {
    yield change('make response field required', '', judged('response-field-missing'), (site) =>
      setRequired(site.owner, site.name, true),
    );
  }
  const type = typeOf(field.schema);
  if (type === 'string' || type === 'integer' || type === 'boolean') {
    const to = type === 'string' ? 'integer' : 'string';
    yield change('change response field type', `to ${to}`, judged('response-type-mismatch'), (site) =>
      retype(site.schema, to),
    );
  }
  if (isNullable(field.schema)) {
    yield change('make response field non-nullable', '', judged('response-null-undeclared'), (site) =>
      withoutNull(site.schema),
    );
  }
  const values = field.schema.enum;
  if (!Array.isArray(values) || values.length < 2) return;
  const listed = [below(`${status}.body`, field.path)];
  if (error) {
    // Which codes of a shared list an operation answers with is not written in the contract, so that all of them go.
    const replace = (site: FieldSite): void => {
      site.schema.enum = ['never_sent'];
    };
    yield change('replace error codes', 'by never_sent', ['error-code-undeclared'], replace, listed);
    return;
  }
  const drop = (site: FieldSite): void => {
    site.schema.enum = values.slice(1);
  };
  yield change('drop response enum value', String(values[0]), ['response-enum-undeclared'], drop, listed);
}

/** A field that nothing sends becomes required in the success body. */
export const addResponseField: Mutation = function* (document, target) {
  const { operation } = isolated(document, target);
  for (const status of statusesOf(operation)) {
    if (!status.startsWith('2')) continue;
    const schema = responseSchema(operation, status);
    if (!nodeAt(schema, 'properties')) continue;
    const subject = `${status}.body.checksum`;
    yield mutant(
      document,
      target,
      'add required response field',
      subject,
      ['response-field-missing'],
      [subject],
      (copy) => {
        const owner = responseSchema(copy, status)!;
        (owner.properties as Node).checksum = { type: 'string' };
        setRequired(owner, 'checksum', true);
      },
    );
  }
};

/** An example that its own schema refuses. */
export const breakExample: Mutation = function* (document, target) {
  if (isSwagger(document)) return;
  const field = fieldsOf(bodySchema(isolated(document, target).operation)).find(
    (site) => typeOf(site.schema) === 'integer' && !site.path.includes('.'),
  );
  if (!field) return;
  yield mutant(
    document,
    target,
    'break example',
    below('body', field.path),
    ['example-invalid'],
    undefined,
    (operation) => {
      const content = nodeAt(operation, 'requestBody', 'content')!;
      (Object.values(content)[0] as Node).example = { [field.name]: 'not a number' };
    },
  );
};
