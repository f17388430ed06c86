// Owns finding the examples of a contract and checking each against its own schema, schema by schema.
// It must not know rules or code.

import type { ContractNode } from '../load/contract-node.ts';
import type { ContractDocument } from '../load/document.ts';
import type { ModelContext } from '../load/model-context.ts';
import { idOf, referenceOf } from '../load/references.ts';
import type { InvalidExample, Operation } from '../model.ts';
import { ExampleMemory } from './example-memory.ts';
import { SchemaCheck } from './schema-check.ts';

/** An operation of the model with the nodes that it was read from. */
export interface OperationNodes {
  readonly operation: Operation;
  readonly node: ContractNode;
  readonly pathItem: ContractNode;
}

/** A part of a contract that is looked at on its own. */
interface Unit {
  readonly part: ContractNode;
  readonly operation?: Operation;
  readonly walk: (walk: ExampleWalk) => void;
}

/** Every example and default that its schema refuses, each once, in the order of files and text. */
export function invalidExamples(
  operations: readonly OperationNodes[],
  context: ModelContext,
  document: ContractDocument,
): readonly InvalidExample[] {
  const units = [...operationUnits(operations), ...componentUnits(context)];
  // Where nothing can be illustrated, nothing has to be set up for it.
  if (units.length === 0) return [];
  const check = new SchemaCheck(context.specification, context.references);
  const memory = ExampleMemory.of(document);
  const found = memory
    ? units.flatMap(({ part, operation, walk }) => {
        const known = memory.recall(part, operation);
        if (known) return known;
        const alone = new ExampleWalk(context, check, true);
        walk(alone);
        memory.keep(part, alone.found);
        return alone.found;
      })
    : together(units, new ExampleWalk(context, check, false));
  return distinct(found).sort((a, b) => compare(a.place.file, b.place.file) || a.place.start - b.place.start);
}

function together(units: readonly Unit[], walk: ExampleWalk): readonly InvalidExample[] {
  for (const unit of units) unit.walk(walk);
  return walk.found;
}

/** What two parts refer to is met in both. */
function distinct(found: readonly InvalidExample[]): InvalidExample[] {
  const seen = new Set<string>();
  return found.filter(({ operation, subject, message, place, schemaPlace }) => {
    const key = JSON.stringify([operation?.key, subject, message, place.file, place.start, schemaPlace.start]);
    return !seen.has(key) && seen.add(key);
  });
}

function operationUnits(operations: readonly OperationNodes[]): Unit[] {
  const shared = new Set<string>();
  return operations.flatMap(({ operation, node, pathItem }): Unit[] => {
    const units: Unit[] = [];
    const parameters = pathItem.get('parameters');
    // What the operations of a path share is the first one's.
    if (parameters?.mayIllustrate && !shared.has(idOf(parameters))) {
      shared.add(idOf(parameters));
      units.push({ part: parameters, operation, walk: (walk) => walk.parameters(parameters, operation) });
    }
    if (node.mayIllustrate) units.push({ part: node, operation, walk: (walk) => walk.operation(operation, node) });
    return units;
  });
}

function componentUnits({ root, specification }: ModelContext): Unit[] {
  const home = specification === '2.0' ? root : root.get('components');
  const units = (section: string, visit: (walk: ExampleWalk, entry: ContractNode) => void): Unit[] =>
    (home?.get(section)?.entries() ?? [])
      .filter((entry) => entry.mayIllustrate)
      .map((part) => ({ part, walk: (walk) => visit(walk, part) }));
  return [
    ...units('parameters', (walk, entry) => walk.parameter(entry, { subject: '' })),
    ...units('requestBodies', (walk, entry) => walk.body(entry, { subject: `request ${entry.token}` })),
    ...units('responses', (walk, entry) => walk.response(entry, { subject: `response ${entry.token}` })),
    ...['schemas', 'definitions'].flatMap((section) =>
      units(section, (walk, entry) => walk.schema(entry, { subject: `schema ${entry.token}` })),
    ),
  ];
}

/** Components that are looked at on their own, whoever refers to them. */
const ownUnit =
  /^\/(?:components\/(?:parameters|requestBodies|responses|schemas)|parameters|responses|definitions)\/[^/]+$/;

interface Owner {
  readonly operation?: Operation;
  readonly subject: string;
}

class ExampleWalk {
  readonly found: InvalidExample[] = [];
  private readonly seen = new Set<string>();

  /** `alone` leaves out the components that other walks look at. */
  constructor(
    private readonly context: ModelContext,
    private readonly check: SchemaCheck,
    private readonly alone: boolean,
  ) {}

  parameters(list: ContractNode | undefined, operation: Operation): void {
    if (!list?.mayIllustrate) return;
    for (const item of list.items()) this.parameter(item, { operation, subject: '' });
  }

  /** What an operation refers to within the contract is met among the components. */
  operation(operation: Operation, node: ContractNode): void {
    this.parameters(node.get('parameters'), operation);
    this.body(node.get('requestBody'), { operation, subject: 'request body' });
    for (const response of node.get('responses')?.entries() ?? []) {
      this.response(response, { operation, subject: `response ${response.token}` });
    }
  }

  /** The node behind a reference with its owner: what several operations share belongs to none of them. Undefined when seen before. */
  private reach(node: ContractNode | undefined, owner: Owner): { node: ContractNode; owner: Owner } | undefined {
    if (!node) return undefined;
    const followed = this.context.references.follow(node);
    if ('problem' in followed || followed.node.broken) return undefined;
    if (followed.via && this.isOthers(followed.node)) return undefined;
    const id = idOf(followed.node);
    if (this.seen.has(id)) return undefined;
    this.seen.add(id);
    if (!followed.via) return { node: followed.node, owner };
    return { node: followed.node, owner: { subject: `${owner.subject.split(' ')[0]} ${followed.node.token}`.trim() } };
  }

  /** Whether a node that a reference leads to is looked at by another walk. */
  private isOthers(node: ContractNode): boolean {
    return this.alone && ownUnit.test(node.pointer);
  }

  parameter(item: ContractNode, owner: Owner): void {
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

  body(entry: ContractNode | undefined, owner: Owner): void {
    const reached = this.reach(entry, owner);
    if (reached) this.content(reached.node.get('content'), reached.owner);
  }

  response(entry: ContractNode, owner: Owner): void {
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
  schema(schema: ContractNode | undefined, owner: Owner): void {
    if (!schema?.mayIllustrate || schema.kind !== 'map' || schema.broken) return;
    const id = `schema ${idOf(schema)}`;
    if (this.seen.has(id)) return;
    this.seen.add(id);
    if (referenceOf(schema)) {
      const target = this.context.references.follow(schema);
      if ('node' in target && !this.isOthers(target.node))
        this.schema(target.node, { subject: `schema ${nameOf(target.node)}` });
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
