// Owns reading media types, their examples and response headers of OpenAPI 3.x. It must not know operations or code.

import type { Example, MediaType, ResponseHeader } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import { lazily } from './lazily.ts';
import type { ModelContext, Trouble } from './model-context.ts';

/** The media types of a `content` map. */
export function readContent(content: ContractNode | undefined, context: ModelContext, trouble: Trouble): MediaType[] {
  if (content?.kind !== 'map') return [];
  return content.entries().flatMap((entry) => {
    const reached = trouble.reach(entry, context);
    if (!reached) return [];
    const schema = reached.node.get('schema');
    const media = mediaType(entry.token, entry, schema, () => readExamples(reached.node, context), context);
    // 3.2 streams name the schema of one item; what the whole body looks like is then not said.
    const item = context.specification === '3.2' ? reached.node.get('itemSchema') : undefined;
    return [item ? streaming(media, item, context) : media];
  });
}

/** The same media type with the shape of one of its items. */
function streaming(media: MediaType, item: ContractNode, context: ModelContext): MediaType {
  const shape = lazily(() => context.shapes.of(item));
  return {
    name: media.name,
    base: media.base,
    place: media.place,
    get shape() {
      return media.shape;
    },
    get itemShape() {
      return shape();
    },
    get examples() {
      return media.examples;
    },
  };
}

/** One media type; `schema` undefined means that nothing is declared of the body. */
export function mediaType(
  name: string,
  entry: ContractNode,
  schema: ContractNode | undefined,
  examples: () => readonly Example[],
  context: ModelContext,
): MediaType {
  const shape = lazily(() => schema && context.shapes.of(schema));
  const read = lazily(examples);
  return {
    name,
    base: baseOf(name),
    place: entry.keyPlace,
    get shape() {
      return shape();
    },
    get examples() {
      return read();
    },
  };
}

/** A media type without its parameters, in lower case. */
export const baseOf = (name: string): string => name.split(';', 1)[0]!.trim().toLowerCase();

/** The examples of a media type, parameter or header: `example`, and every entry of `examples` that has a value. */
export function readExamples(owner: ContractNode, context: ModelContext): Example[] {
  const examples: Example[] = [];
  const single = owner.get('example');
  if (single) examples.push({ value: single.data(), place: single.place });
  const named = owner.get('examples');
  for (const entry of named?.kind === 'map' ? named.entries() : []) {
    const followed = context.references.follow(entry);
    if ('problem' in followed) continue;
    const value = followed.node.get('value') ?? followed.node.get('dataValue');
    if (value) examples.push({ name: entry.token, value: value.data(), place: value.place });
  }
  return examples;
}

/** The headers of a response. `Content-Type` is described by `content`, so the specification ignores it here. */
export function readHeaders(
  headers: ContractNode | undefined,
  context: ModelContext,
  trouble: Trouble,
): ResponseHeader[] {
  if (headers?.kind !== 'map') return [];
  return headers.entries().flatMap((entry) => {
    if (entry.token.toLowerCase() === 'content-type') return [];
    const reached = trouble.reach(entry, context);
    if (!reached) return [];
    const { node } = reached;
    const schema =
      context.specification === '2.0' ? node : (node.get('schema') ?? node.get('content')?.entries()[0]?.get('schema'));
    const shape = lazily(() => context.shapes.of(schema));
    const required = context.specification !== '2.0' && node.get('required')?.value === true;
    return [
      {
        name: entry.token,
        required,
        place: entry.keyPlace,
        get shape() {
          return shape();
        },
      },
    ];
  });
}
