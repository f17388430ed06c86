// Owns the writing of plain data as YAML or JSON text in a given handwriting.
// It must not know where the text goes.

import type { Quote, Style, Written } from './style.ts';

/** Plain JSON data. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/** Narrows anything that came as JSON to plain data; `undefined` fields are dropped when written. */
export function isPlain(value: unknown): value is Plain {
  if (value === null || ['boolean', 'string'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object') return false;
  return Object.values(value).every((item) => item === undefined || isPlain(item));
}

type PlainMap = { readonly [key: string]: Plain | undefined };

const isMap = (value: Plain): value is PlainMap => value !== null && typeof value === 'object' && !Array.isArray(value);
const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);
const entriesOf = (map: PlainMap): [string, Plain][] =>
  Object.entries(map).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as [string, Plain]]));

/** One entry of a block map, as lines relative to the map's own column. */
export function yamlEntry(key: string, value: Plain, style: Style): string[] {
  const name = yamlKey(key, style, false);
  if (isMap(value)) {
    const entries = entriesOf(value);
    if (entries.length === 0) return [`${name}: {}`];
    return [
      `${name}:`,
      ...indented(
        entries.flatMap(([k, v]) => yamlEntry(k, v, style)),
        style.indent,
      ),
    ];
  }
  if (isList(value)) {
    if (value.length === 0) return [`${name}: []`];
    return [
      `${name}:`,
      ...indented(
        value.flatMap((item) => yamlItem(item, style)),
        style.listIndent,
      ),
    ];
  }
  return [`${name}: ${yamlScalar(value, style.quote(valueKind(key)), false)}`];
}

/** One item of a block list, as lines relative to the dash's column. */
export function yamlItem(value: Plain, style: Style): string[] {
  if (isMap(value) && entriesOf(value).length > 0) {
    const lines = entriesOf(value).flatMap(([k, v]) => yamlEntry(k, v, style));
    return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
  }
  if (isMap(value) || isList(value)) return [`- ${yamlFlow(value, style)}`];
  return [`- ${yamlScalar(value, style.quote('word'), false)}`];
}

/** A value in flow style on one line. */
export function yamlFlow(value: Plain, style: Style, kind: Written = 'word'): string {
  if (isMap(value)) {
    const inner = entriesOf(value).map(([key, item]) => yamlFlowEntry(key, item, style));
    return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
  }
  if (isList(value)) return `[${value.map((item) => yamlFlow(item, style, kind)).join(', ')}]`;
  return yamlScalar(value, style.quote(kind), true);
}

/** One entry of a flow map on one line. */
export function yamlFlowEntry(key: string, value: Plain, style: Style): string {
  return `${yamlKey(key, style, true)}: ${yamlFlow(value, style, valueKind(key))}`;
}

/** A value as JSON, over several lines when `column` is given: the text of the indentation that its own line has. */
export function jsonValue(value: Plain, style: Style, column: string | undefined): string {
  if (isMap(value) || isList(value)) {
    const inner = isList(value)
      ? value.map((item) => jsonValue(item, style, deeper(column, style)))
      : entriesOf(value).map(([key, item]) => jsonEntry(key, item, style, deeper(column, style)));
    const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
    if (inner.length === 0) return open + close;
    if (column === undefined) return open + inner.join(style.afterColon === '' ? ',' : ', ') + close;
    const line = style.lineBreak + deeper(column, style);
    return open + inner.map((item) => line + item).join(',') + style.lineBreak + column + close;
  }
  return JSON.stringify(value);
}

/** One entry of a JSON object; see {@link jsonValue}. */
export function jsonEntry(key: string, value: Plain, style: Style, column: string | undefined): string {
  return `${JSON.stringify(key)}:${style.afterColon}${jsonValue(value, style, column)}`;
}

function deeper(column: string | undefined, style: Style): string | undefined {
  return column === undefined ? undefined : column + style.indentText;
}

function indented(lines: readonly string[], columns: number): string[] {
  return lines.map((line) => ' '.repeat(columns) + line);
}

/** A key as YAML. A status may stand bare where its neighbours do: readers of contracts take the number for its text. */
function yamlKey(key: string, style: Style, inFlow: boolean): string {
  const quote = style.quote(keyKind(key));
  return quote === '' && /^[1-5]\d\d$/.test(key) ? key : yamlText(key, quote, inFlow);
}

function keyKind(key: string): Written {
  if (/^[1-5](?:\d\d|XX)$/i.test(key)) return 'status';
  if (key.startsWith('/')) return 'path';
  return /^[a-z*]+\/[\w.+*-]+/i.test(key) ? 'media-type' : 'key';
}

function valueKind(key: string): Written {
  if (key === '$ref') return 'reference';
  return ['description', 'summary', 'title'].includes(key) ? 'text' : 'word';
}

function yamlScalar(value: null | boolean | number | string, quote: Quote, inFlow: boolean): string {
  return typeof value === 'string' ? yamlText(value, quote, inFlow) : String(value);
}

/** A string as a YAML scalar: in the asked quotes, and in double quotes where nothing else can hold it. */
function yamlText(text: string, quote: Quote, inFlow: boolean): string {
  // Escapes are what only double quotes can write; JSON's escapes are a part of YAML's.
  if (hasControl(text)) return JSON.stringify(text);
  if (quote === '"') return JSON.stringify(text);
  if (quote === "'" || !isPlainSafe(text, inFlow)) return `'${text.replaceAll("'", "''")}'`;
  return text;
}

/**
 * A value in the place of a scalar, in the quotes that stood there. A bare `1.2` or `2024-05-01` stays bare although readers
 * take it for no text: whoever wrote the one before meant it so.
 */
export function yamlInsteadOf(written: string, value: boolean | number | string, style: Style): string {
  if (typeof value !== 'string') return String(value);
  const quote = /^["']/.exec(written)?.[0] as Quote | undefined;
  if (quote === undefined && LOOKS_NUMERIC.test(written) && LOOKS_NUMERIC.test(value)) return value;
  const plain = quote ?? (/^[|>]/.test(written) ? style.quote('text') : '');
  return yamlText(value, plain, true);
}

/** A key in the place of another one, in the quotes that stood there; a status stays bare where the one before was. */
export function yamlKeyInsteadOf(written: string, key: string, style: Style, inFlow: boolean): string {
  const quote = /^["']/.exec(written)?.[0] as Quote | undefined;
  if (quote === undefined && /^[1-5]\d\d$/.test(key) && /^[1-5]\d\d$/.test(written)) return key;
  if (quote !== undefined) return yamlText(key, quote, inFlow);
  return /^[1-5]\d\d$/.test(written) ? yamlKey(key, style, inFlow) : yamlText(key, '', inFlow);
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || (code >= 127 && code < 160) || code === 0x2028 || code === 0x2029 || code === 0xfeff) return true;
  }
  return false;
}

const WORDS_WITH_MEANING = /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.inf|\.nan)$/i;
const LOOKS_NUMERIC = /^[-+]?(?:\.?\d)[\d_.,:eExXoOa-fA-FtTzZ+-]*$/;

/** `1.4.0`: two points make a text of it for every reader. */
const VERSION_OF_THREE = /^\d+\.\d+\.\d[\d.]*(?:[-+][\w.+-]*)?$/;

/** Whether readers of YAML 1.1 and 1.2 alike take the plain text as this very string. */
function isPlainSafe(text: string, inFlow: boolean): boolean {
  if (text === '' || text.trim() !== text) return false;
  if (WORDS_WITH_MEANING.test(text)) return false;
  if (LOOKS_NUMERIC.test(text) && !VERSION_OF_THREE.test(text)) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(text) || /^(?:---|\.\.\.)/.test(text)) return false;
  if (/:(?:\s|$)|\s#/.test(text)) return false;
  return !(inFlow && /[,[\]{}]|:/.test(text));
}
