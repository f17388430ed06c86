// Owns the handwritings of large published contracts, written with data of our own: what tools and people have put out, in their indentation,
// quotes, orders, comments and widths. It must not know what is done with them.

import { Document, isCollection, isScalar, stringify, visit } from 'yaml';
import { annotated, contract, type Data, type Handwriting, sorted } from './large-contract.ts';

const options = { aliasDuplicateObjects: false } as const;

/** Long descriptions in several paragraphs, which are what most of a published contract is. */
function described(data: Data): Data {
  const prose =
    'This is what it is. It is said at a length that no line holds, with `code`, [links](https://example.com/a#b): and "quotes".\n\n' +
    '- one thing # which is no comment\n- another thing: as it were\n';
  const write = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => write(item, ''));
    if (key === 'description' && typeof value === 'string') return `${value}. ${prose}`;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, write(item, name)]));
  };
  return write(data, '') as Data;
}

/** Small collections in flow style, as people write them. */
function flowing(data: Data): string {
  const document = new Document(data, options);
  visit(document, {
    Pair: (_, { key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      if (isCollection(value) && /^(?:schema|required|enum|tags|security|amount|since|default)$/.test(name))
        value.flow = true;
    },
    Seq: (_, sequence, path) => {
      const owner = path.at(-1);
      const named = owner && 'key' in owner && isScalar(owner.key) && owner.key.value === 'parameters';
      for (const item of named ? sequence.items : []) if (isCollection(item)) item.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** JSON whose short lists stand in one line, as formatters leave them. */
const shortLists = (data: Data): string =>
  JSON.stringify(data, null, 2).replaceAll(
    /\[\s*("[^"\\]*"(?:,\s*"[^"\\]*")*)\s*\]/g,
    (_, items: string) => `[${items.replaceAll(/,\s+/g, ', ')}]`,
  );

/** The same contract in each handwriting. */
export function publishedHandwritings(): readonly Handwriting[] {
  const data = described(contract());
  const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } as const;
  const yaml = (name: string, text: string): Handwriting => ({ name, file: '/w/openapi.yaml', text });
  const json = (name: string, text: string): Handwriting => ({ name, file: '/w/openapi.json', text });
  return [
    yaml(
      'YAML in the order of the alphabet, folded at 80 columns',
      stringify(sorted(data), { ...options, lineWidth: 80, singleQuote: true }),
    ),
    yaml(
      'YAML with wide lines and lists at the column of their keys',
      stringify(data, { ...options, lineWidth: 0, indentSeq: false }),
    ),
    yaml('YAML with comments and blank lines', annotated(stringify(contract(), { ...options, lineWidth: 0 }))),
    yaml(
      'YAML with four columns and double quotes',
      stringify(data, { ...options, ...quoted, lineWidth: 120, indent: 4 }),
    ),
    yaml('YAML with CRLF', stringify(data, { ...options, lineWidth: 100 }).replaceAll('\n', '\r\n')),
    yaml('YAML with small collections in flow style', flowing(contract())),
    json('JSON with two columns', `${JSON.stringify(data, null, 2)}\n`),
    json('JSON with four columns', JSON.stringify(sorted(data), null, 4)),
    json('JSON with tabs', `${JSON.stringify(data, null, '\t')}\n`),
    json('JSON with short lists in one line', `${shortLists(data)}\n`),
  ];
}
