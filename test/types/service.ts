// Owns the small services that the tests of the second tier read: files in memory, a checker in this process, and the body of one
// answer as text, before and after types were consulted.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Companion } from '../../server/src/base/companion.ts';
import { digest } from '../../server/src/base/hash.ts';
import type { FileSource } from '../../server/src/base/host.ts';
import { CodeRoom } from '../../server/src/code/code.ts';
import type { CodeModel } from '../../server/src/code/model.ts';
import { resolveShape, type Shape } from '../../server/src/shape/shape.ts';
import { Checker } from '../../server/src/types/checker.ts';
import { inquire } from '../../server/src/types/inquiries.ts';
import { TypeKnowledge } from '../../server/src/types/knowledge.ts';
import type { Inquiry } from '../../server/src/types/messages.ts';
import type { ProgramFiles } from '../../server/src/types/program.ts';

const root = '/workspace';
const library = join(resolve(import.meta.dirname, '../..'), 'node_modules/typescript/lib');

export type Texts = Readonly<Record<string, string>>;

/** What was asked of a file system, for tests of what is left alone. */
export interface Seen {
  readonly paths: Set<string>;
}

/** Files in memory, as the engine lists them and as a checker sees them. */
export function filesOf(texts: Texts, seen: Seen = { paths: new Set() }): ProgramFiles {
  const files = new Map(
    Object.entries(texts).map(([path, text]) => [path.startsWith('/') ? path : `${root}/${path}`, text]),
  );
  const look = (path: string): string | undefined => {
    seen.paths.add(path);
    return path.startsWith(`${root}/`) ? files.get(path) : undefined;
  };
  const list = [...files.keys()]
    .filter((path) => path.startsWith(`${root}/`) && !path.includes('/node_modules/'))
    .sort();
  const folders = (path: string): string[] => {
    const inside = [...files.keys()].filter((file) => file.startsWith(`${path}/`) && path.startsWith(root));
    return [
      ...new Set(
        inside.flatMap((file) => {
          const rest = file.slice(path.length + 1).split('/');
          return rest.length > 1 ? [rest[0]!] : [];
        }),
      ),
    ];
  };
  return {
    roots: [root],
    list: () => list,
    read: (path) => {
      const text = look(path);
      return text === undefined ? { failure: 'missing' } : { text };
    },
    exists: (path) => look(path) !== undefined,
    version: (path) => {
      const text = look(path);
      return text === undefined ? undefined : digest([text]);
    },
    folders,
    isFolder: (path) =>
      path === root || [...files.keys()].some((file) => file.startsWith(`${path}/`) && path.startsWith(root)),
    real: (path) => path,
  };
}

/** A checker over the files that are current when it is asked; what it says goes through JSON as it does between processes. */
export function checkerOver(files: () => ProgramFiles): Companion & { readonly asked: Inquiry[] } {
  const checker = new Checker({
    files: () => files(),
    libraryFolder: library,
    readLibrary: (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
    megabytes: () => 0,
  });
  const asked: Inquiry[] = [];
  return {
    asked,
    ask: async (message) => {
      const inquiry = JSON.parse(JSON.stringify(message)) as Inquiry;
      asked.push(inquiry);
      const answer: unknown = JSON.parse(JSON.stringify(await checker.answer(inquiry, () => Promise.resolve(true))));
      return { answer };
    },
    tell: () => {},
    stop: () => {},
  };
}

/** Every expression that the routes of a model ask about. */
export const questionsIn = (model: CodeModel) =>
  model.apps.flatMap((app) => app.routes.flatMap((route) => route.facts().typeQuestions ?? []));

/** Asks until nothing is left to ask. */
export async function deepened(
  room: CodeRoom,
  knowledge: TypeKnowledge,
  files: FileSource,
  checker: Companion,
): Promise<CodeModel> {
  let model = await room.model(files, undefined, { answers: knowledge.answers(files, 'drop') });
  for (let round = 0; round < 3; round++) {
    const { answered } = await inquire(knowledge, questionsIn(model), files, checker, { patience: 60_000 });
    if (answered === 0) break;
    model = await room.model(files, undefined, { answers: knowledge.answers(files, 'drop') });
  }
  return model;
}

/** The bodies of the answers of the first route, as text. */
export function bodies(model: CodeModel): string[] {
  const route = model.apps.flatMap((app) => app.routes)[0];
  if (!route) throw new Error('the service of this test registers no route');
  return route.facts().exits.flatMap((exit) => (exit.body ? [shapeText(exit.body)] : []));
}

/** The bodies before and after types were consulted. */
export async function tiers(texts: Texts): Promise<{ readonly before: string; readonly after: string }> {
  const files = filesOf(texts);
  const before = bodies(await new CodeRoom().model(files));
  const after = bodies(
    await deepened(
      new CodeRoom(),
      new TypeKnowledge(),
      files,
      checkerOver(() => files),
    ),
  );
  return { before: before.join(' or '), after: after.join(' or ') };
}

/** A shape in one line: `?` for what is not known, `name?:` for what may be absent, `name~:` where that cannot be told. */
export function shapeText(shape: Shape, depth = 0): string {
  if (depth > 6) return '…';
  const plain = resolveShape(shape);
  switch (plain.kind) {
    case 'object': {
      const fields = [...plain.fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const parts = fields.map(
        ({ name, required, shape: inner }) =>
          `${name}${required === undefined ? '~' : required ? '' : '?'}: ${shapeText(inner, depth + 1)}`,
      );
      if (plain.values) parts.push(`[*]: ${shapeText(plain.values, depth + 1)}`);
      if (plain.additional === 'unknown') parts.push('…');
      return `{ ${parts.join(', ')} }`;
    }
    case 'array':
      return `${shapeText(plain.items, depth + 1)}[]`;
    case 'union':
      return plain.members
        .map((member) => shapeText(member, depth + 1))
        .sort()
        .join(' | ');
    case 'string':
      return plain.values ? plain.values.map((text) => `'${text}'`).join(' | ') : (plain.format ?? 'string');
    case 'number':
      return plain.values ? plain.values.join(' | ') : 'number';
    case 'boolean':
      return plain.value === undefined ? 'boolean' : String(plain.value);
    case 'unknown':
      return '?';
    default:
      return plain.kind;
  }
}
