// Owns reading the text of a Prisma schema. It must not know where schemas lie, nor what queries make of them.

import type { PrismaEnum, PrismaField, PrismaGenerator, PrismaModel } from './schema.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What one file of a schema declares. */
export interface PrismaFile {
  readonly models: readonly PrismaModel[];
  readonly enums: readonly PrismaEnum[];
  readonly generators: readonly PrismaGenerator[];
}

/** Reads one file. Text that is broken gives what can be made out; nothing throws. */
export function parsePrisma(file: string, text: string): PrismaFile {
  const models: PrismaModel[] = [];
  const enums: PrismaEnum[] = [];
  const generators: PrismaGenerator[] = [];
  const tokens = tokensOf(text);
  for (let at = 0; at < tokens.length; at++) {
    const [keyword, name, brace] = [tokens[at]!, tokens[at + 1], tokens[at + 2]];
    if (keyword.kind !== 'word' || name?.kind !== 'word' || brace?.value !== '{') continue;
    const end = tokens.findIndex((token, index) => index > at + 2 && token.kind === 'mark' && token.value === '}');
    const lines = linesOf(tokens.slice(at + 3, end < 0 ? tokens.length : end));
    const place = { file, start: name.start, end: name.end };
    if (keyword.value === 'enum') enums.push({ name: name.value, values: enumValues(lines), place });
    else if (keyword.value === 'generator') generators.push(generatorOf(lines));
    else if (keyword.value === 'model' || keyword.value === 'view' || keyword.value === 'type') {
      models.push({
        name: name.value,
        kind: keyword.value,
        fields: lines.flatMap((line) => fieldOf(file, line) ?? []),
        hidden: lines.some((line) => line[0]?.value === '@' && line[1]?.value === '@' && line[2]?.value === 'ignore'),
        place,
      });
    }
    at = end < 0 ? tokens.length : end;
  }
  return { models, enums, generators };
}

function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'line') lines.push([]);
    else lines.at(-1)!.push(token);
  }
  return lines.filter((line) => line.length > 0);
}

function enumValues(lines: readonly Token[][]): string[] {
  return lines.flatMap(([first]) => (first?.kind === 'word' ? [first.value] : []));
}

function generatorOf(lines: readonly Token[][]): PrismaGenerator {
  const setting = (name: string) =>
    lines.find((line) => line[0]?.value === name && line[1]?.value === '=')?.find((token) => token.kind === 'text')
      ?.value;
  return { provider: setting('provider') ?? '', output: setting('output') };
}

/** `name Type[]? @attribute(…)`. */
function fieldOf(file: string, line: readonly Token[]): PrismaField | undefined {
  const [name, type] = line;
  if (name?.kind !== 'word' || type?.kind !== 'word') return undefined;
  let at = 2;
  if (type.value === 'Unsupported') at = afterBrackets(line, at);
  const list = line[at]?.value === '[' && line[at + 1]?.value === ']';
  if (list) at += 2;
  const optional = line[at]?.value === '?';
  const attributes = attributesOf(line.slice(at));
  return {
    name: name.value,
    type: type.value,
    list,
    optional,
    hidden: type.value === 'Unsupported' || attributes.includes('ignore'),
    defaulted: attributes.includes('default') || attributes.includes('updatedAt'),
    native: attributes.find((attribute) => attribute.startsWith('db.'))?.slice(3),
    place: { file, start: name.start, end: name.end },
  };
}

/** The names of a line's attributes: `id`, `default`, `db.Uuid`. */
function attributesOf(line: readonly Token[]): string[] {
  const names: string[] = [];
  for (let at = 0; at < line.length; at++) {
    if (line[at]!.value === '(') at = afterBrackets(line, at) - 1;
    else if (line[at]!.kind === 'mark' && line[at]!.value === '@' && line[at + 1]?.kind === 'word') {
      let name = line[++at]!.value;
      while (line[at + 1]?.value === '.' && line[at + 2]?.kind === 'word') {
        name += `.${line[at + 2]!.value}`;
        at += 2;
      }
      names.push(name);
    }
  }
  return names;
}

/** The index behind the brackets that open at an index; the index itself when none open there. */
function afterBrackets(line: readonly Token[], start: number): number {
  if (line[start]?.value !== '(') return start;
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    if (line[at]!.kind !== 'mark') continue;
    if (line[at]!.value === '(') depth++;
    if (line[at]!.value === ')' && --depth === 0) return at + 1;
  }
  return line.length;
}
