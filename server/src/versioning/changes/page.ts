// Owns the page of a kind of change and the document that lists them all, both made from the table, so that they cannot differ from it.
// It must not know how changes are found.

import { changeRows } from './catalogue.ts';
import { reasonOf, speaksOf } from './reason.ts';
import { type ChangeRow, type Effect, type Family, type Level, levelOf, levelTable, type Polarity } from './row.ts';

const effectNames: Readonly<Record<Effect, string>> = {
  widens: 'more values are accepted than before',
  narrows: 'fewer values are accepted than before',
  disjoint: 'other values are accepted than before',
  unknown: 'the definitions do not decide what it does to the accepted values',
  annotation: 'no value is accepted or refused because of it',
};

const polarities: readonly Polarity[] = ['request', 'response'];

/** Where a kind of change is described by those who define it. */
const references: Readonly<Record<Family, readonly [text: string, url: string]>> = {
  operations: ['OpenAPI, Paths Object', 'https://spec.openapis.org/oas/v3.1.1.html#paths-object'],
  parameters: ['OpenAPI, Parameter Object', 'https://spec.openapis.org/oas/v3.1.1.html#parameter-object'],
  bodies: ['OpenAPI, Request Body Object', 'https://spec.openapis.org/oas/v3.1.1.html#request-body-object'],
  responses: ['OpenAPI, Responses Object', 'https://spec.openapis.org/oas/v3.1.1.html#responses-object'],
  properties: [
    'JSON Schema, applying subschemas to objects',
    'https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2',
  ],
  types: ['JSON Schema, any instance type', 'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1'],
  values: [
    'JSON Schema, any instance type',
    'https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1',
  ],
  constraints: [
    'JSON Schema, structural validation',
    'https://json-schema.org/draft/2020-12/json-schema-validation#section-6',
  ],
  arrays: [
    'JSON Schema, applying subschemas to arrays',
    'https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.1',
  ],
  composition: [
    'JSON Schema, applying subschemas in place',
    'https://json-schema.org/draft/2020-12/json-schema-core#section-10.2',
  ],
  annotations: [
    'JSON Schema, basic meta-data',
    'https://json-schema.org/draft/2020-12/json-schema-validation#section-9',
  ],
  security: [
    'OpenAPI, Security Requirement Object',
    'https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object',
  ],
  servers: ['OpenAPI, Server Object', 'https://spec.openapis.org/oas/v3.1.1.html#server-object'],
  lifecycle: ['RFC 8594, the Sunset header', 'https://www.rfc-editor.org/rfc/rfc8594'],
  documentation: ['OpenAPI, Info Object', 'https://spec.openapis.org/oas/v3.1.1.html#info-object'],
};

/** Who is hurt by a change of this level. */
function whoBreaks(row: ChangeRow, polarity: Polarity): string {
  const level = levelOf(row, polarity);
  const sent = polarity === 'request';
  if (level === 'documentation') return 'Nobody: no message is valid or invalid because of it.';
  if (level === 'compatible')
    return sent
      ? 'No client: each request that was valid still is.'
      : 'No client that reads what the contract told it to read.';
  if (!speaksOf(row)) {
    return level === 'breaking'
      ? 'Clients that rely on it, from the moment of the release.'
      : 'Clients that rely on it, if the server acts on the change.';
  }
  if (level === 'risky')
    return sent
      ? 'Perhaps clients that send what the old contract invited them to send.'
      : 'Perhaps clients that are stricter than they have to be, or that handle each value by name.';
  return sent
    ? 'Clients that send what the old contract allowed and the new one does not.'
    : 'Clients that were written against the old contract and receive what it ruled out.';
}

/** How to get there without hurting anybody. */
function safeWay(row: ChangeRow, polarity: Polarity): string {
  const level = levelOf(row, polarity);
  if (level === 'documentation') return 'None is needed.';
  if (level === 'compatible') return 'Release it with a minor version.';
  const { effect, family } = row;
  if (family === 'security' || family === 'servers')
    return 'Let old and new stand side by side until the last client has moved, then remove the old one with a major version.';
  if (family === 'lifecycle') return 'Announce it with `x-sunset`, far enough ahead, and keep to the date.';
  if (family === 'operations' || (row.id.includes('removed') && family !== 'constraints'))
    return 'Mark it `deprecated` with an `x-sunset` date first, and remove it with a major version after that date.';
  if (polarity === 'request')
    return effect === 'narrows'
      ? 'Go on accepting the old form, warn those who send it, and demand the new one in the next major version.'
      : 'Accept both forms under names of their own, and retire the old one with a major version.';
  return 'Send the new form only to clients that ask for it (a parameter, a media type, a new property beside the old one), or wait for a major version.';
}

/** The page of a kind of change, as Markdown with a heading of the given depth. */
export function changePage(row: ChangeRow, depth = 1): string {
  const heading = '#'.repeat(depth);
  const shown = row.polarity === undefined ? (['request'] as const) : ([row.polarity] as const);
  const [polarity] = shown;
  const [text, url] = references[row.family];
  return [
    `${heading} ${row.id}`,
    '',
    `${plainSays(row)}. Level: **${levelOf(row, polarity)}**.`,
    '',
    `- **What it does**: ${effectNames[row.effect]}.`,
    `- **Why this level**: ${reasonOf(row, polarity)}.`,
    `- **Who breaks**: ${whoBreaks(row, polarity)}`,
    `- **The safe way**: ${safeWay(row, polarity)}`,
    `- **Reference**: [${text}](${url}).`,
    '',
  ].join('\n');
}

/** The sentence of a kind of change, with words in the place of what is filled in. */
const plainSays = (row: ChangeRow): string =>
  row.says
    .replaceAll('`{name}`', '*name*')
    .replaceAll('{name}', '*part*')
    .replace(/`?\{before\}`?/g, '*before*')
    .replace(/`?\{after\}`?/g, '*after*');

/** The families in the order of the table. */
const families = (): readonly Family[] => [...new Set(changeRows.map((row) => row.family))];

/** The file that holds the pages of a family, relative to the document. */
const fileOf = (family: Family): string => `changes/${family}.md`;

/** The pages of one family as a document. */
export function familyDocument(family: Family): string {
  const rows = changeRows.filter((row) => row.family === family);
  const head = `# Changes: ${family}\n\nMade from the table in \`server/src/versioning/changes\`. [All changes](../changes.md).\n`;
  return `${head}\n${rows.map((row) => changePage(row, 2)).join('\n')}`;
}

/** The document that prints the table: how levels come about, and every kind of change with its level. */
export function changesDocument(): string {
  const levels = (Object.keys(levelTable) as Effect[]).map((effect) => {
    const cells = polarities.map((polarity) => levelTable[effect][polarity]);
    return `| ${effect} | ${effectNames[effect]} | ${cells.join(' | ')} |`;
  });
  const sections = families().flatMap((family) => [
    `## ${family.charAt(0).toUpperCase()}${family.slice(1)}`,
    '',
    '| change | effect | level | why |',
    '|---|---|---|---|',
    ...changeRows.filter((row) => row.family === family).map((row) => tableLine(row, family)),
    '',
  ]);
  return [
    '# Kinds of change',
    '',
    'Made from the table in `server/src/versioning/changes`. `fidelity explain ID` prints the page of one kind.',
    '',
    'The level of a change is derived: what it does to the accepted values, against the way in which they travel. Callbacks and webhooks swap the two',
    'ways. A property with `readOnly` binds no request, one with `writeOnly` no response.',
    '',
    '| effect | | request | response |',
    '|---|---|---|---|',
    ...levels,
    '',
    'Kinds whose level this table does not give carry a reason of their own, in bold below. A breaking change of a schema is shown with a value that only',
    'one side accepts; where values tell nothing apart, the change is not called breaking.',
    '',
    ...sections,
  ].join('\n');
}

function tableLine(row: ChangeRow, family: Family): string {
  const polarity = row.polarity ?? 'request';
  const level: Level = levelOf(row, polarity);
  const why = reasonOf(row, polarity);
  return `| [${row.id}](${fileOf(family)}#${row.id}) | ${row.effect} | ${level} | ${row.convention ? `**${why}**` : why} |`;
}

/** Every document about changes, by its path below `docs`. */
export const changeDocuments = (): ReadonlyMap<string, string> =>
  new Map([
    ['changes.md', changesDocument()],
    ...families().map((family) => [fileOf(family), familyDocument(family)] as const),
  ]);
