// Owns what Swagger 2.0 says differently: bodies among the parameters, media types apart from schemas.
// It must not know OpenAPI 3.x or code.

import type { Field, Shape } from '../../shape/shape.ts';
import { objectShape } from '../../shape/shape.ts';
import type { MediaType, RequestBody } from '../model.ts';
import { mediaType } from './content.ts';
import type { ContractNode } from './contract-node.ts';
import { lazily } from './lazily.ts';
import type { ModelContext } from './model-context.ts';
import type { ReadParameter } from './parameters.ts';

/** The request body that `in: body` or `in: formData` parameters describe; undefined when there are none. */
export function readSwaggerBody(
  parameters: readonly ReadParameter[],
  operation: ContractNode,
  context: ModelContext,
): RequestBody | undefined {
  const body = parameters.find((parameter) => parameter.in === 'body');
  if (body) return bodyOf(body, operation, context);
  const fields = parameters.filter((parameter) => parameter.in === 'formData');
  return fields.length > 0 ? formOf(fields, operation, context) : undefined;
}

function bodyOf(body: ReadParameter, operation: ContractNode, context: ModelContext): RequestBody {
  const required = body.node.get('required');
  const schema = body.node.get('schema');
  const content = mediaTypes('consumes', operation, context).map(({ name, entry }) =>
    mediaType(name, entry ?? body.node, schema, () => [], context),
  );
  return {
    required: required?.value === true,
    requiredPlace: required?.place,
    place: (body.node.get('name') ?? body.node).place,
    content,
  };
}

function formOf(fields: readonly ReadParameter[], operation: ContractNode, context: ModelContext): RequestBody {
  const first = fields[0]!.node;
  const hasFile = fields.some((field) => field.node.string('type') === 'file');
  const declared = mediaTypes('consumes', operation, context).filter(({ name }) => name !== anyMediaType);
  const usual = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const names = declared.length > 0 ? declared : [{ name: usual, entry: undefined }];
  const shape = lazily(
    (): Shape =>
      objectShape(
        fields.map((field) => formField(field, context)),
        'allowed',
        first.place,
      ),
  );
  return {
    required: fields.some((field) => field.node.get('required')?.value === true),
    place: (first.get('name') ?? first).place,
    content: names.map(({ name, entry }): MediaType => {
      const bare = mediaType(name, entry ?? first, undefined, () => [], context);
      return {
        name: bare.name,
        base: bare.base,
        place: bare.place,
        examples: [],
        get shape() {
          return shape();
        },
      };
    }),
  };
}

function formField(field: ReadParameter, context: ModelContext): Field {
  return {
    name: field.name,
    required: field.node.get('required')?.value === true,
    shape: context.shapes.of(field.node),
    origin: (field.node.get('name') ?? field.node).place,
    default: context.shapes.defaultOf(field.node),
  };
}

/** The content of a 2.0 response: its schema, once for each media type that the operation produces. */
export function readSwaggerContent(
  response: ContractNode,
  operation: ContractNode,
  context: ModelContext,
): MediaType[] {
  const schema = response.get('schema');
  if (!schema) return [];
  return mediaTypes('produces', operation, context).map(({ name, entry }) => {
    const example = response.get('examples')?.get(name);
    const examples = example ? [{ value: example.data(), place: example.place }] : [];
    return mediaType(name, entry ?? schema, schema, () => examples, context);
  });
}

/** Stands for "no media type is said": 2.0 has no default. */
const anyMediaType = '*/*';

/** `consumes` or `produces` of the operation, else of the root, else the range that holds them all. */
function mediaTypes(
  key: 'consumes' | 'produces',
  operation: ContractNode,
  context: ModelContext,
): { readonly name: string; readonly entry: ContractNode | undefined }[] {
  const list = operation.get(key) ?? context.root.get(key);
  const named =
    list?.items().flatMap((entry) => (typeof entry.value === 'string' ? [{ name: entry.value, entry }] : [])) ?? [];
  return named.length > 0 ? named : [{ name: anyMediaType, entry: undefined }];
}
