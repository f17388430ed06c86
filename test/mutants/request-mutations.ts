// Owns the mutations of parameters and request bodies.
// It must not know how the engine is run.

import {
  below,
  bodySchema,
  type FieldSite,
  fieldsOf,
  hasSiblings,
  isNode,
  isolated,
  isSwagger,
  type Node,
  nodeAt,
  parameterSchema,
  parametersOf,
  retype,
  setRequired,
  typeOf,
} from './document.ts';
import { type Mutation, mutant } from './mutation.ts';

const named = (operation: Node, parameter: Node) =>
  parametersOf(operation).find((other) => other.name === parameter.name && other.in === parameter.in)!;

const subjectOf = (parameter: Node) => `${String(parameter.in)}:${String(parameter.name)}`;

function* queryAndHeaders(document: Node, target: Parameters<Mutation>[1]) {
  for (const parameter of parametersOf(isolated(document, target).operation)) {
    if (parameter.in === 'query' || parameter.in === 'header') yield parameter;
  }
}

export const dropParameter: Mutation = function* (document, target) {
  for (const parameter of queryAndHeaders(document, target)) {
    const subject = subjectOf(parameter);
    yield mutant(document, target, 'drop parameter', subject, ['parameter-undeclared'], [subject], (operation) => {
      operation.parameters = (operation.parameters as Node[]).filter((other) => other !== named(operation, parameter));
    });
  }
};

export const renameParameter: Mutation = function* (document, target) {
  for (const parameter of queryAndHeaders(document, target)) {
    const subject = subjectOf(parameter);
    const other = `${String(parameter.in)}:other-${String(parameter.name)}`;
    yield mutant(
      document,
      target,
      'rename parameter',
      subject,
      ['parameter-undeclared', 'parameter-unread'],
      [subject, other],
      (operation) => {
        named(operation, parameter).name = `other-${String(parameter.name)}`;
      },
    );
  }
};

export const addParameter: Mutation = function* (document, target) {
  yield mutant(
    document,
    target,
    'add parameter',
    'query:verbose',
    ['parameter-unread'],
    ['query:verbose'],
    (operation, copy) => {
      const type: Node = { type: 'boolean' };
      const parameter: Node = { name: 'verbose', in: 'query', ...(isSwagger(copy) ? type : { schema: type }) };
      operation.parameters = [...(Array.isArray(operation.parameters) ? operation.parameters : []), parameter];
    },
  );
};

export const flipParameterRequired: Mutation = function* (document, target) {
  for (const parameter of queryAndHeaders(document, target)) {
    const subject = subjectOf(parameter);
    const required = parameter.required === true;
    const rule = required ? 'parameter-required-undeclared' : 'parameter-required-unenforced';
    const kind = required ? 'make parameter optional' : 'make parameter required';
    yield mutant(document, target, kind, subject, [rule], [subject], (operation) => {
      named(operation, parameter).required = !required;
    });
  }
};

/** A number is promised to be any text, or a choice of texts any number. */
export const retypeParameter: Mutation = function* (document, target) {
  for (const parameter of queryAndHeaders(document, target)) {
    const schema = parameterSchema(parameter);
    const type = typeOf(schema);
    if (type !== 'integer' && !Array.isArray(schema.enum)) continue;
    const subject = subjectOf(parameter);
    const other = type === 'integer' ? 'string' : 'integer';
    yield mutant(
      document,
      target,
      'change parameter type',
      `${subject} to ${other}`,
      ['parameter-type-mismatch'],
      [subject],
      (operation) => {
        retype(parameterSchema(named(operation, parameter)), other);
      },
    );
  }
};

export const constrainParameter: Mutation = function* (document, target) {
  for (const parameter of queryAndHeaders(document, target)) {
    const subject = subjectOf(parameter);
    for (const [about, edit] of constraints(parameterSchema(parameter))) {
      yield mutant(
        document,
        target,
        'change parameter constraint',
        `${subject} ${about}`,
        ['parameter-constraint-mismatch'],
        [subject],
        (operation) => {
          edit(parameterSchema(named(operation, parameter)));
        },
      );
    }
  }
};

/** Bounds that are moved and choices that are widened and narrowed. */
function constraints(schema: Node): [string, (schema: Node) => void][] {
  const edits: [string, (schema: Node) => void][] = [];
  for (const key of ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems']) {
    const value = schema[key];
    if (typeof value !== 'number') continue;
    edits.push([
      `${key} moved`,
      (copy) => {
        copy[key] = key.startsWith('max') ? value * 2 : value + 3;
        // A default outside of the new bounds would be a second fault.
        delete copy.default;
      },
    ]);
  }
  if (Array.isArray(schema.enum)) {
    const values = schema.enum;
    edits.push([
      'one value more',
      (copy) => {
        copy.enum = [...values, 'another'];
      },
    ]);
    edits.push([
      'one value less',
      (copy) => {
        copy.enum = values.slice(1);
      },
    ]);
  }
  return edits;
}

/** A change to one field of the body of an isolated copy, found again by its path. */
function fieldMutant(
  document: Node,
  target: Parameters<Mutation>[1],
  field: FieldSite,
  kind: string,
  about: string,
  rules: readonly string[],
  edit: (field: FieldSite) => void,
) {
  const subject = below('body', field.path);
  return mutant(document, target, kind, `${subject} ${about}`.trim(), rules, [subject], (operation) => {
    edit(fieldsOf(bodySchema(operation)).find((other) => other.path === field.path)!);
    // An example of the old schema would be a second fault.
    for (const media of Object.values(nodeAt(operation, 'requestBody', 'content') ?? {})) {
      if (isNode(media)) delete media.example;
    }
  });
}

export const dropBody: Mutation = function* (document, target) {
  if (!bodySchema(isolated(document, target).operation)) return;
  yield mutant(document, target, 'drop body', 'body', ['body-undeclared'], undefined, (operation) => {
    delete operation.requestBody;
    if (!Array.isArray(operation.parameters)) return;
    operation.parameters = operation.parameters.filter((parameter) => isNode(parameter) && parameter.in !== 'body');
  });
};

export const changeBodyFields: Mutation = function* (document, target) {
  for (const field of fieldsOf(bodySchema(isolated(document, target).operation))) {
    // A schema that names no field at all allows every one.
    if (hasSiblings(field)) {
      yield fieldMutant(document, target, field, 'drop body field', '', ['body-field-undeclared'], (site) => {
        delete (site.owner.properties as Node)[site.name];
        setRequired(site.owner, site.name, false);
      });
    }
    yield fieldMutant(
      document,
      target,
      field,
      field.required ? 'make body field optional' : 'make body field required',
      '',
      ['body-required-mismatch'],
      (site) => setRequired(site.owner, site.name, !site.required),
    );
    const type = typeOf(field.schema);
    if (type === 'string' || type === 'integer' || type === 'boolean') {
      const other = type === 'string' ? 'integer' : 'string';
      yield fieldMutant(
        document,
        target,
        field,
        'change body field type',
        `to ${other}`,
        ['body-type-mismatch'],
        (site) => retype(site.schema, other),
      );
    }
    for (const [about, edit] of constraints(field.schema)) {
      yield fieldMutant(
        document,
        target,
        field,
        'change body field constraint',
        about,
        ['body-type-mismatch'],
        (site) => edit(site.schema),
      );
    }
  }
};
