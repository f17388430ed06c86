// Owns the JSON Schema of `fidelity.yaml`. The file `server/schemas/fidelity.schema.json` is this constant, for editors;
// a test holds the two equal. It must not know how the text is read.

const globs = (description: string) => ({
  description,
  oneOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 } },
  ],
});

/** JSON Schema (draft-07, which every editor understands) of the configuration file. */
export const configurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'fidelity.schema.json',
  title: 'Contract Fidelity configuration',
  description: 'What a project tells Contract Fidelity. Paths and globs are relative to the folder of this file.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    extends: globs(
      'Configurations whose rules, overrides apart, internal routes, registrars, versions and failOn hold unless this file says otherwise: paths relative to it. Later ones win.',
    ),
    contracts: {
      description: 'The contracts to read. When this list is present, no other contract is looked for.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['file'],
        properties: {
          file: { description: 'Path or glob of the root document.', type: 'string', minLength: 1 },
          role: {
            description: 'owned: this code serves it. consumed: somebody else serves it. ignored: it is not read.',
            enum: ['owned', 'consumed', 'ignored'],
          },
          code: globs('Globs of the code that the contract governs. All code when absent.'),
          style: {
            description: 'contract-first: written by hand. generated: written from code. partial: a public subset.',
            enum: ['contract-first', 'generated', 'partial'],
          },
          sourceOfTruth: {
            description:
              'The side that is right when the two differ: fixes of the other one are offered first. ask: neither, whatever the editor is set to.',
            enum: ['contract', 'code', 'ask'],
          },
          overlays: {
            description: 'Overlays (OpenAPI Overlay 1) that are applied to the contract, in this order.',
            oneOf: [
              { type: 'string', minLength: 1 },
              { type: 'array', items: { type: 'string', minLength: 1 } },
            ],
          },
        },
      },
    },
    code: {
      description: 'The code to read.',
      type: 'object',
      additionalProperties: false,
      properties: {
        include: globs('Only these files are read. All source files when absent.'),
        exclude: globs('These files are not read.'),
      },
    },
    internal: globs(
      'Routes that no contract needs to describe: path globs, with a method in front where wanted, such as "GET /admin/**".',
    ),
    registrars: {
      description:
        'Functions of the project that register a route with each call, where reading them does not show it.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'framework', 'path'],
        properties: {
          name: { description: 'Name of the function or method, as it is written.', type: 'string', minLength: 1 },
          in: globs('Globs of the files that the function is written in. Any file when absent.'),
          framework: {
            description: 'Whose handlers it takes.',
            enum: ['express', 'fastify', 'koa', 'hono', 'hapi', 'restify'],
          },
          method: {
            description:
              'A method, or the position of the argument that names it, counted from 0. Any method when absent.',
            type: ['string', 'integer'],
            minimum: 0,
          },
          methods: {
            description: 'What words of the method argument mean, such as "create: post".',
            type: 'object',
            additionalProperties: { enum: ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all'] },
          },
          path: {
            description: 'Position of the path among the arguments, counted from 0.',
            type: 'integer',
            minimum: 0,
          },
          handler: {
            description: 'Position of the handler. Every function behind the path, in order, when absent.',
            type: 'integer',
            minimum: 0,
          },
          prefix: { description: 'Stands before every path.', type: 'string' },
        },
      },
    },
    rules: {
      description: 'Severity per rule id; "off" silences a rule.',
      type: 'object',
      additionalProperties: { enum: ['error', 'warning', 'information', 'hint', 'off'] },
    },
    overrides: {
      description: 'Severities for what stands in some files only. Later entries win.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['paths', 'rules'],
        properties: {
          paths: globs('Globs of files, of the code or of contracts. A folder means everything below it.'),
          rules: {
            description: 'Severity per rule id; "off" silences a rule there.',
            type: 'object',
            additionalProperties: { enum: ['error', 'warning', 'information', 'hint', 'off'] },
          },
        },
      },
    },
    versions: {
      description: 'How versions of contracts are judged.',
      type: 'object',
      additionalProperties: false,
      properties: {
        base: {
          description:
            'What contracts are compared with: a git revision, tag:PATTERN for the latest tag that matches, the path of a contract, or .fidelity/baseline.json. When absent: the last release in .fidelity/baseline.json, else the merge base with the main branch.',
          type: 'string',
          minLength: 1,
        },
        scheme: {
          description: 'How versions are numbered. Told from the version itself when absent.',
          enum: ['semver', 'calendar', 'integer', 'date_semver'],
        },
        risky: { description: 'What a risky change calls for. Default: major.', enum: ['major', 'minor'] },
        afterSunset: {
          description: 'What removing an operation counts as, once its sunset date has passed. Default: risky.',
          enum: ['breaking', 'risky', 'compatible'],
        },
        unstable: {
          description: 'Stability levels whose operations promise nothing yet. Default: draft and alpha.',
          type: 'array',
          items: { type: 'string', minLength: 1 },
        },
      },
    },
    remoteHosts: {
      description:
        'Hosts of which documents may be fetched when a contract refers to them, such as "schemas.example.com". The editor fetches in a trusted workspace, the command line with --remote.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
    },
    failOn: {
      description: 'The least severity that makes the command line exit with 1.',
      enum: ['error', 'warning', 'information', 'never'],
    },
  },
} as const;
