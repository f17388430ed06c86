// Owns reading security requirements and schemes, 2.0 and 3.x. It must not know operations or code.

import type { SecurityRequirement, SecurityScheme } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import type { ModelContext } from './model-context.ts';
import { Trouble } from './model-context.ts';

/** The alternatives of a `security` list; undefined when the key is absent or is no list. */
export function readSecurity(security: ContractNode | undefined): SecurityRequirement[] | undefined {
  if (security?.kind !== 'seq') return undefined;
  return security
    .items()
    .filter((alternative) => alternative.kind === 'map')
    .map((alternative) =>
      alternative.entries().map((entry) => ({
        scheme: entry.token,
        scopes: entry.items().flatMap((scope) => scope.text ?? []),
      })),
    );
}

/** The named schemes of a contract. A scheme whose reference leads nowhere is of unknown type. */
export function readSecuritySchemes(context: ModelContext): Map<string, SecurityScheme> {
  const section =
    context.specification === '2.0'
      ? context.root.get('securityDefinitions')
      : context.root.get('components')?.get('securitySchemes');
  const schemes = new Map<string, SecurityScheme>();
  for (const entry of section?.entries() ?? []) {
    const node = new Trouble().reach(entry, context)?.node;
    schemes.set(entry.token, readScheme(entry, node));
  }
  return schemes;
}

const types: ReadonlySet<string> = new Set(['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS', 'basic']);
const locations: ReadonlySet<string> = new Set(['query', 'header', 'cookie']);

const isType = (type: string): type is SecurityScheme['type'] => types.has(type);
const isLocation = (location: string): location is NonNullable<SecurityScheme['in']> => locations.has(location);

function readScheme(entry: ContractNode, node: ContractNode | undefined): SecurityScheme {
  const type = node?.string('type') ?? '';
  const location = node?.string('in') ?? '';
  const scheme = type === 'basic' ? 'basic' : node?.string('scheme')?.toLowerCase();
  return {
    name: entry.token,
    type: isType(type) ? type : 'unknown',
    scheme: type === 'http' || type === 'basic' ? scheme : undefined,
    in: isLocation(location) ? location : undefined,
    parameterName: type === 'apiKey' ? node?.string('name') : undefined,
    place: entry.keyPlace,
  };
}
