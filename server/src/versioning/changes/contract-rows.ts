// Owns the kinds of change outside of schemas: operations, parameters, bodies, responses, security, servers, lifecycle.
// It must not know how they are found.

import type { ChangeRow, Effect, Family, Level, Polarity } from './row.ts';

type Row = readonly [id: string, effect: Effect, says: string, convention?: readonly [Level, string]];

const grown = (what: string): readonly [Level, string] => ['compatible', `no client asked for ${what} before`];

const tables: readonly (readonly [Family, Polarity | undefined, readonly Row[]])[] = [
  [
    'operations',
    'request',
    [
      ['operation-added', 'widens', 'The operation was added'],
      ['operation-removed', 'narrows', 'The operation was removed'],
      [
        'operation-removed-after-deprecation',
        'narrows',
        'The deprecated operation was removed, and no sunset date has passed',
      ],
      [
        'operation-removed-after-sunset',
        'narrows',
        'The deprecated operation was removed after its sunset date {before}',
        ['risky', 'its end was announced, with a date that has passed; the policy of a project may say otherwise'],
      ],
      [
        'webhook-added',
        'widens',
        'The webhook was added',
        ['compatible', 'it is sent to nobody who did not ask for it'],
      ],
      ['webhook-removed', 'narrows', 'The webhook was removed', ['breaking', 'whoever waits for it waits for ever']],
      [
        'callback-added',
        'widens',
        'The callback `{name}` was added',
        ['compatible', 'it is sent to nobody who did not ask for it'],
      ],
      [
        'callback-removed',
        'narrows',
        'The callback `{name}` was removed',
        ['breaking', 'whoever waits for it waits for ever'],
      ],
      [
        'operation-id-changed',
        'annotation',
        'The operation id `{before}` became `{after}`',
        ['risky', 'generated clients name their methods after it'],
      ],
      [
        'operation-id-removed',
        'annotation',
        'The operation id `{before}` was removed',
        ['risky', 'generated clients name their methods after it'],
      ],
      ['operation-id-added', 'annotation', 'The operation id `{after}` was added'],
      ['operation-tag-added', 'annotation', 'The tag `{name}` was added'],
      ['operation-tag-removed', 'annotation', 'The tag `{name}` was removed'],
      ['link-added', 'annotation', 'The link `{name}` was added', grown('it')],
      [
        'link-removed',
        'annotation',
        'The link `{name}` was removed',
        ['risky', 'clients that follow it no longer find it described'],
      ],
    ],
  ],
  [
    'parameters',
    'request',
    [
      [
        'request-parameter-added',
        'narrows',
        'The optional {name} was added',
        ['compatible', 'no client that keeps to the contract sends it'],
      ],
      ['request-required-parameter-added', 'narrows', 'The required {name} was added'],
      [
        'request-required-parameter-added-with-default',
        'narrows',
        'The required {name} was added with the default {after}',
        ['breaking', 'a default does not say that the server fills it in when a required parameter is absent'],
      ],
      [
        'request-parameter-removed',
        'widens',
        'The {name} was removed',
        ['risky', 'clients go on sending it, and the definition does not say whether it is still acted upon'],
      ],
      ['request-parameter-became-required', 'narrows', 'The {name} became required'],
      ['request-parameter-became-optional', 'widens', 'The {name} became optional'],
      ['request-parameter-moved', 'disjoint', 'The {name} moved from {before} to {after}'],
      ['request-parameter-style-changed', 'disjoint', 'The {name} is written as {after}, no longer as {before}'],
      ['request-parameter-explode-changed', 'disjoint', 'The {name} has explode {after}, no longer {before}'],
      [
        'request-parameter-allow-reserved-changed',
        'unknown',
        'The {name} has allowReserved {after}, no longer {before}',
      ],
      ['request-parameter-empty-value-allowed', 'widens', 'The {name} may now be empty'],
      ['request-parameter-empty-value-forbidden', 'narrows', 'The {name} may no longer be empty'],
      [
        'request-parameter-deprecated',
        'annotation',
        'The {name} became deprecated',
        ['compatible', 'semantic versioning asks for a minor version when something becomes deprecated'],
      ],
      ['request-parameter-undeprecated', 'annotation', 'The {name} is no longer deprecated'],
      ['request-parameter-documentation-changed', 'annotation', 'The documentation of the {name} changed'],
      ['request-parameter-renamed', 'annotation', 'The path parameter `{before}` is now called `{after}`'],
    ],
  ],
  [
    'bodies',
    'request',
    [
      ['request-body-added', 'widens', 'An optional body was added'],
      ['request-required-body-added', 'narrows', 'A required body was added'],
      [
        'request-body-removed',
        'widens',
        'The body was removed',
        ['risky', 'clients go on sending it, and the definition does not say whether it is still acted upon'],
      ],
      ['request-body-became-required', 'narrows', 'The body became required'],
      ['request-body-became-optional', 'widens', 'The body became optional'],
      ['request-media-type-added', 'widens', 'The media type {after} is now accepted'],
      ['request-media-type-removed', 'narrows', 'The media type {before} is no longer accepted'],
      ['request-encoding-changed', 'unknown', 'The encoding of `{name}` changed'],
      [
        'request-schema-added',
        'narrows',
        'The body now has a schema',
        ['risky', 'what was accepted without a schema is not known'],
      ],
      ['request-schema-removed', 'widens', 'The body no longer has a schema'],
      ['request-body-documentation-changed', 'annotation', 'The documentation of the body changed ({name})'],
    ],
  ],
  [
    'responses',
    'response',
    [
      [
        'response-success-status-added',
        'widens',
        'The status {after} may now be answered',
        ['risky', 'a client that expects the other success statuses may not know this one'],
      ],
      [
        'response-error-status-added',
        'widens',
        'The error status {after} is now declared',
        ['compatible', 'clients treat an unknown status as the first one of its class (RFC 9110, section 15)'],
      ],
      [
        'response-redirect-status-added',
        'widens',
        'The redirection {after} may now be answered',
        ['risky', 'not every client follows it'],
      ],
      [
        'response-default-status-added',
        'widens',
        'A default response was added',
        ['compatible', 'it describes what was possible before'],
      ],
      [
        'response-success-status-removed',
        'narrows',
        'The success status {before} is no longer answered',
        ['breaking', 'clients wait for it, and what comes in its place is not what they handle'],
      ],
      ['response-error-status-removed', 'narrows', 'The error status {before} is no longer declared'],
      ['response-redirect-status-removed', 'narrows', 'The redirection {before} is no longer answered'],
      ['response-default-status-removed', 'narrows', 'The default response was removed'],
      [
        'response-media-type-added',
        'widens',
        'The media type {after} may now be answered',
        ['compatible', 'it is answered to those who ask for it (RFC 9110, section 12)'],
      ],
      [
        'response-media-type-removed',
        'narrows',
        'The media type {before} is no longer answered',
        ['breaking', 'a client that accepts nothing else is refused'],
      ],
      [
        'response-body-added',
        'narrows',
        'The response now has a body',
        ['compatible', 'clients that expected none need not read it'],
      ],
      ['response-body-removed', 'widens', 'The response no longer has a body'],
      ['response-schema-added', 'narrows', 'The body now has a schema'],
      ['response-schema-removed', 'widens', 'The body no longer has a schema'],
      ['response-encoding-changed', 'unknown', 'The encoding of `{name}` changed'],
      ['response-header-added', 'narrows', 'The header `{name}` was added'],
      ['response-header-removed', 'widens', 'The header `{name}` was removed'],
      ['response-header-became-required', 'narrows', 'The header `{name}` is now always sent'],
      ['response-header-became-optional', 'widens', 'The header `{name}` may now be absent'],
      [
        'response-header-deprecated',
        'annotation',
        'The header `{name}` became deprecated',
        ['compatible', 'semantic versioning asks for a minor version when something becomes deprecated'],
      ],
      ['response-header-undeprecated', 'annotation', 'The header `{name}` is no longer deprecated'],
      ['response-documentation-changed', 'annotation', 'The documentation of the response changed ({name})'],
    ],
  ],
  [
    'security',
    'request',
    [
      ['security-added', 'narrows', 'Credentials are now demanded: {after}'],
      ['security-removed', 'widens', 'Credentials are no longer demanded: {before}'],
      ['security-loosened', 'widens', 'Requests without credentials are now accepted beside {before}'],
      ['security-tightened', 'narrows', 'Requests without credentials are no longer accepted'],
      ['security-alternative-added', 'widens', 'The credentials {after} are accepted too'],
      ['security-alternative-removed', 'narrows', 'The credentials {before} are no longer accepted'],
      ['security-scope-added', 'narrows', 'The scope {after} is now demanded'],
      ['security-scope-removed', 'widens', 'The scope {before} is no longer demanded'],
      ['security-scheme-changed', 'disjoint', 'The security scheme `{name}` was {before} and is {after}'],
      ['security-scheme-added', 'annotation', 'The security scheme `{name}` was added', grown('it')],
      ['security-scheme-removed', 'annotation', 'The security scheme `{name}` was removed'],
      ['security-flow-added', 'widens', 'The OAuth flow {after} was added to `{name}`'],
      ['security-flow-removed', 'narrows', 'The OAuth flow {before} was removed from `{name}`'],
      ['security-flow-url-changed', 'unknown', 'The {name} moved from {before} to {after}'],
      ['security-scheme-scope-added', 'widens', 'The scope {after} was added to `{name}`'],
      ['security-scheme-scope-removed', 'narrows', 'The scope {before} was removed from `{name}`'],
      [
        'security-scheme-documentation-changed',
        'annotation',
        'The documentation of the security scheme `{name}` changed',
      ],
    ],
  ],
  [
    'servers',
    undefined,
    [
      ['server-added', 'annotation', 'The server {after} was added', ['compatible', 'the others still answer']],
      ['server-removed', 'unknown', 'The server {before} was removed'],
      ['servers-replaced', 'disjoint', 'The servers {before} became {after}'],
      [
        'server-version-changed',
        'unknown',
        'The version in the path changed: the servers {before} became {after}',
        ['compatible', 'it is an address beside the old one, for which the old contract goes on speaking'],
      ],
      ['server-variable-changed', 'unknown', 'The variable `{name}` of the server {before} changed'],
      ['server-documentation-changed', 'annotation', 'The documentation of the server {before} changed'],
    ],
  ],
  [
    'lifecycle',
    undefined,
    [
      [
        'operation-deprecated',
        'annotation',
        'The operation became deprecated',
        ['compatible', 'semantic versioning asks for a minor version when something becomes deprecated'],
      ],
      ['operation-undeprecated', 'annotation', 'The operation is no longer deprecated'],
      [
        'sunset-added',
        'annotation',
        'The operation ends on {after}',
        ['compatible', 'clients have the time until then'],
      ],
      ['sunset-removed', 'annotation', 'The end of the operation on {before} was called off'],
      ['sunset-moved-earlier', 'unknown', 'The operation ends on {after}, no longer on {before}'],
      ['sunset-moved-later', 'annotation', 'The operation ends on {after}, no longer on {before}'],
      ['sunset-unreadable', 'unknown', 'The sunset date {after} is no date'],
      ['stability-lowered', 'disjoint', 'The stability level fell from {before} to {after}'],
      [
        'stability-raised',
        'annotation',
        'The stability level rose from {before} to {after}',
        ['compatible', 'more is promised than before'],
      ],
      ['stability-changed', 'annotation', 'The stability level {before} became {after}'],
    ],
  ],
  [
    'documentation',
    undefined,
    [
      ['info-changed', 'annotation', 'The {name} of the contract changed'],
      ['tag-added', 'annotation', 'The tag `{name}` was described'],
      ['tag-removed', 'annotation', 'The tag `{name}` is no longer described'],
      ['tag-changed', 'annotation', 'The description of the tag `{name}` changed'],
      ['external-docs-changed', 'annotation', 'The external documentation changed'],
      ['operation-documentation-changed', 'annotation', 'The documentation of the operation changed ({name})'],
      ['extension-changed', 'annotation', 'The extension `{name}` changed'],
      ['component-added', 'annotation', 'The component `{name}`, which no operation reaches, was added'],
      ['component-removed', 'annotation', 'The component `{name}`, which no operation reached, was removed'],
      ['component-changed', 'annotation', 'The component `{name}`, which no operation reaches, changed'],
    ],
  ],
];

/** Every kind of change outside of schemas. */
export const contractRows: readonly ChangeRow[] = tables.flatMap(([family, polarity, rows]) =>
  rows.map(([id, effect, says, convention]): ChangeRow => {
    const named = convention && { convention: { level: convention[0], because: convention[1] } };
    return { id, effect, polarity, says, family, ...named };
  }),
);
