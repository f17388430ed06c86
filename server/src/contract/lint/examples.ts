// Owns finding the examples of a contract and checking each against its own schema, schema by schema.
// It must not know rules or code.

import type { ContractNode } from '../load/contract-node.ts';
import type { ModelContext } from '../load/model-context.ts';
import { idOf, referenceOf } from '../load/references.ts';
import type { InvalidExample, Operation } from '../model.ts';
import { SchemaCheck } from './schema-check.ts';

/** An operation of the model with the nodes that it was read from. */
export interface OperationNodes {
  readonly operation: Operation;
  readonly node: ContractNode;
  readonly pathItem: ContractNode;
}

/** Every example and default that its schema refuses, each once, in the order of files and text. */
export function invalidExamples(
  operations: readonly OperationNodes[],
  context: ModelContext,
): readonly InvalidExample[] {
  return new ExampleWalk(context).run(operations);
}

interface Owner {
  readonly operation?: Operation;
  readonly subject: string;
}

class ExampleWalk {
  private readonly found: InvalidExample[] = [];
  private readonly seen = new Set<string>();
  private readonly check: SchemaCheck;

  constructor(private readonly context: ModelContext) {
    this.check = new SchemaCheck(context.specification, context.references);
  }

  run(operations: readonly OperationNodes[]): readonly InvalidExample[] {
    for (const { operation, node, pathItem } of operations) this.operation(operation, node, pathItem);
    this.components();
    return this.found.sort((a, b) => compare(a.place.file, b.place.file) || a.place.start - b.place.start);
  }

  private operation(operation: Operation, node: ContractNode, pathItem: ContractNode): void {
    for (const part of [pathItem.get('parameters'), node.mayIllustrate ? node.get('parameters') : undefined]) {
      const owner = part?.mayIllustrate ? part : undefined;
      for (const item of owner?.items() ?? []) this.parameter(item, { operation, subject: '' });
    }
    // What it refers to within the contract is met among the components.
    if (!node.mayIllustrate) return;
    this.body(node.get('requestBody'), { operation, subject: 'request body' });
    for (const response of node.get('responses')?.entries() ?? []) {
      this.response(response, { operation, subject: `response ${response.token}` });
    }
  }

  private components(): void {
    const { root } = this.context;
    const home = this.context.specification === '2.0' ? root : root.get('components');
    const illustrated = (section: string): ContractNode[] =>
      home
        ?.get(section)
        ?.entries()
        .filter((entry) => entry.mayIllustrate) ?? [];
    for (const entry of illustrated('parameters')) this.parameter(entry, { subject: '' });
    for (const entry of illustrated('requestBodies')) this.body(entry, { subject: `request ${entry.token}` });
    for (const entry of illustrated('responses')) this.response(entry, { subject: `response ${entry.token}` });
    for (const entry of [...illustrated('schemas'), ...illustrated('definitions')]) {
      this.schema(entry, { subject: `schema ${entry.token}` });
    }
  }

  /** The node behind a reference with its owner: what several operations share belongs to none of them. Undefined when seen before. */
  private reach(node: ContractNode | undefined, owner: Owner): { node: ContractNode; owner: Owner } | undefined {
    if (!node) return undefined;
    const followed = this.context.references.follow(node);
    if ('problem' in followed || followed.node.broken) return undefined;
    const id = idOf(followed.node);
    if (this.seen.has(id)) return undefined;
    this.seen.add(id);
    if (!followed.via) return { node: followed.node, owner };
    return { node: followed.node, owner: { subject: `${owner.subject.split(' ')[0]} ${followed.node.token}`.trim() } };
  }

  private parameter(item: ContractNode, owner: Owner): void {
    const reached = this.reach(item, { ...owner, subject: 'parameter' });
    if (!reached) return;
    const { node } = reached;
    const located = {
      ...reached.owner,
      subject: `parameter ${node.string('in') ?? ''} ${node.get('name')?.text ?? ''}`,
    };
    const schema = this.context.specification === '2.0' ? node : node.get('schema');
    if (node.string('in') === 'body') this.schema(node.get('schema'), { ...located, subject: 'request body' });
    else if (schema) {
      this.examplesOf(node, schema, located);
      this.schema(schema, located);
    }
    this.content(node.get('content'), located);
  }

  private body(entry: ContractNode | undefined, owner: Owner): void {
    const reached = this.reach(entry, owner);
    if (reached) this.content(reached.node.get('content'), reached.owner);
  }

  private response(entry: ContractNode, owner: Owner): void {
    const reached = this.reach(entry, owner);
    if (!reached) return;
    const { node } = reached;
    this.content(node.get('content'), reached.owner);
    if (this.context.specification === '2.0') this.swaggerResponse(node, reached.owner);
    for (const header of node.get('headers')?.entries() ?? []) {
      const inner = this.reach(header, {
        ...reached.owner,
        subject: `${reached.owner.subject} header ${header.token}`,
      });
      const schema = inner?.node.get('schema');
      if (!inner || !schema) continue;
      this.examplesOf(inner.node, schema, inner.owner);
      this.schema(schema, inner.owner);
    }
  }

  private swaggerResponse(node: ContractNode, owner: Owner): void {
    const schema = node.get('schema');
    if (!schema) return;
    for (const example of node.get('examples')?.entries() ?? []) {
      const located = { ...owner, subject: `${owner.subject} ${example.token}` };
      if (isJson(example.token)) this.example(example, schema, located);
    }
    this.schema(schema, owner);
  }

  private content(content: ContractNode | undefined, owner: Owner): void {
    for (const media of content?.entries() ?? []) {
      const located = { ...owner, subject: `${owner.subject} ${media.token}` };
      const reached = this.reach(media, located);
      const schema = reached?.node.get('schema');
      if (!reached || !schema) continue;
      // The example of another media type is that type's text, which says nothing about the schema.
      if (isJson(media.token)) this.examplesOf(reached.node, schema, located);
      this.schema(schema, located);
    }
  }

  /** `example` and `examples` of a media type, parameter or header. */
  private examplesOf(owner: ContractNode, schema: ContractNode, subject: Owner): void {
    const single = owner.get('example');
    if (single && owner !== schema) this.example(single, schema, subject);
    const named = owner.get('examples');
    for (const entry of named?.kind === 'map' ? named.entries() : []) {
      const followed = this.context.references.follow(entry);
      if ('problem' in followed) continue;
      const value = followed.node.get('value') ?? followed.node.get('dataValue');
      if (value) this.example(value, schema, { ...subject, subject: `${subject.subject} example ${entry.token}` });
    }
  }

  /** The examples and the default that schemas carry themselves, at any depth and behind references, each schema once. */
  private schema(schema: ContractNode | undefined, owner: Owner): void {
    if (!schema?.mayIllustrate || schema.kind !== 'map' || schema.broken) return;
    const id = `schema ${idOf(schema)}`;
    if (this.seen.has(id)) return;
    this.seen.add(id);
    if (referenceOf(schema)) {
      const target = this.context.references.follow(schema);
      if ('node' in target) this.schema(target.node, { subject: `schema ${nameOf(target.node)}` });
      if (this.context.specification !== '3.1' && this.context.specification !== '3.2') return;
    }
    const example = schema.get('example');
    if (example) this.example(example, schema, owner);
    const examples = schema.get('examples');
    for (const item of examples?.kind === 'seq' ? examples.items() : []) this.example(item, schema, owner);
    const fallback = schema.get('default');
    // `default: null` is how many tools write "no default".
    if (fallback && fallback.value !== null)
      this.example(fallback, schema, { ...owner, subject: `${owner.subject} default` });
    for (const entry of schema.entries()) this.below(entry, owner);
  }

  private below(entry: ContractNode, owner: Owner): void {
    const { token } = entry;
    if (token === 'properties' || token === 'patternProperties') {
      for (const property of entry.entries()) {
        this.schema(property, { ...owner, subject: `${owner.subject}.${property.token}` });
      }
    } else if (token === 'allOf' || token === 'anyOf' || token === 'oneOf' || token === 'prefixItems') {
      for (const item of entry.items()) this.schema(item, owner);
    } else if (token === 'items' || token === 'additionalProperties') {
      this.schema(entry, { ...owner, subject: `${owner.subject}${token === 'items' ? '[]' : '.*'}` });
    }
  }

  private example(value: ContractNode, schema: ContractNode, owner: Owner): void {
    // A key without a value is an example that is still to be written.
    if (value.broken || (value.value === null && value.start === value.end)) return;
    const data = value.data();
    if (data === undefined) return;
    const refusal = this.check.refusal(schema, data);
    if (!refusal) return;
    let part = value;
    for (const token of refusal.path) part = part.get(token) ?? part;
    const where = refusal.path.length > 0 ? `"${refusal.path.join('.')}" ` : '';
    this.found.push({
      operation: owner.operation,
      subject: owner.subject,
      message: `${where}${refusal.message}`,
      place: part.place,
      schemaPlace: schema.keyPlace,
    });
  }
}

/** The key of a schema, or the name of the file that it fills. */
function nameOf(schema: ContractNode): string {
  if (schema.token !== '') return schema.token;
  return schema.file.slice(schema.file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isJson(mediaType: string): boolean {
  const base = mediaType.split(';', 1)[0]!.trim().toLowerCase();
  return base === 'application/json' || base.endsWith('+json') || base === '*/*';
}
