// Owns reading parameters: of path item and operation together, through references. It must not know code.

import type { Shape } from '../../shape/shape.ts';
import type { ContractPlace, Parameter, ParameterLocation } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import { lazily } from './lazily.ts';
import type { ModelContext, Reached, Trouble } from './model-context.ts';

/** A parameter object behind its reference, of any location, `body` and `formData` of 2.0 included. */
export interface ReadParameter extends Reached {
  readonly name: string;
  readonly in: string;
  /** The item of the list. */
  readonly item: ContractNode;
}

/** The parameter objects that apply to an operation, the path item's first; an operation's own entry takes the place of the path item's. */
export function collectParameters(
  pathItem: ContractNode,
  operation: ContractNode,
  context: ModelContext,
  trouble: Trouble,
): ReadParameter[] {
  const byIdentity = new Map<string, ReadParameter>();
  for (const owner of [pathItem, operation]) {
    const listed = owner.get('parameters');
    if (!listed) continue;
    const list = trouble.reach(listed, context)?.node;
    for (const item of list?.items() ?? []) {
      const reached = trouble.reach(item, context);
      const name = reached?.node.textAt('name');
      const location = reached?.node.string('in');
      if (!reached || name === undefined || location === undefined) {
        trouble.noteBroken();
        continue;
      }
      // Header names are case-insensitive (RFC 9110, section 5.1).
      const identity = `${location} ${location === 'header' ? name.toLowerCase() : name}`;
      byIdentity.set(identity, { ...reached, name, in: location, item });
    }
  }
  return [...byIdentity.values()];
}

const locations: ReadonlySet<string> = new Set(['path', 'query', 'header', 'cookie', 'querystring']);
const isLocation = (location: string): location is ParameterLocation => locations.has(location);

/** Headers that OpenAPI describes elsewhere: parameters with these names are ignored by the specification. */
const ignoredHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** The parameters in the model's terms; bodies of 2.0 and headers that the specification ignores are left out. */
export function readParameters(collected: readonly ReadParameter[], context: ModelContext): Parameter[] {
  return collected.flatMap((parameter) => {
    const location = parameter.in;
    if (!isLocation(location)) return [];
    if (context.specification !== '2.0' && location === 'header' && ignoredHeaders.has(parameter.name.toLowerCase()))
      return [];
    return [new LoadedParameter(parameter, location, context)];
  });
}

/** A large contract has thousands of parameters, of which most are asked for their names alone. */
class LoadedParameter implements Parameter {
  readonly name: string;
  private readonly node: ContractNode;
  private readonly knownSchema = lazily(() => schemaOf(this.node, this.context));
  private readonly knownShape = lazily((): Shape => this.context.shapes.of(this.knownSchema()));
  private readonly knownDefault = lazily(() => {
    const schema = this.knownSchema();
    return schema ? this.context.shapes.defaultOf(schema) : undefined;
  });

  constructor(
    private readonly read: ReadParameter,
    readonly location: ParameterLocation,
    private readonly context: ModelContext,
  ) {
    this.name = read.name;
    this.node = read.node;
  }

  get in(): ParameterLocation {
    return this.location;
  }

  get required(): boolean {
    return this.location === 'path' || this.node.get('required')?.value === true;
  }

  get deprecated(): boolean {
    return this.node.get('deprecated')?.value === true;
  }

  get place(): ContractPlace {
    return this.node.keyPlace;
  }

  get namePlace(): ContractPlace {
    return (this.node.get('name') ?? this.node).place;
  }

  get requiredPlace(): ContractPlace | undefined {
    return this.node.get('required')?.place;
  }

  get schemaPlace(): ContractPlace {
    const schema = this.knownSchema();
    return schema && schema !== this.node ? schema.keyPlace : (this.node.get('type') ?? this.node).place;
  }

  get via(): ContractPlace | undefined {
    return this.read.via?.place;
  }

  get shape(): Shape {
    return this.knownShape();
  }

  get default(): unknown {
    return this.knownDefault();
  }
}

/** Where a parameter's type is described: `schema`, the schema of its only `content`, or in 2.0 the parameter itself. */
function schemaOf(node: ContractNode, context: ModelContext): ContractNode | undefined {
  if (context.specification === '2.0') return node;
  return node.get('schema') ?? node.get('content')?.entries()[0]?.get('schema');
}
