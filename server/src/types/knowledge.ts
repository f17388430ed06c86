// Owns what is known of a workspace's types: the answers that a checker gave, for as long as nothing that they depend on has changed,
// and which questions are still worth asking. It must not know a checker or a process.

import { digest } from '../base/hash.ts';
import type { FileSource } from '../base/host.ts';
import type { Place } from '../base/place.ts';
import type { TypeAnswer, TypeAnswers } from '../code/type-questions.ts';
import { decodeType } from './decode.ts';
import type { Answers, FileAnswers, Inquiry, Span, WireType } from './messages.ts';
import { shiftBetween } from './shift.ts';

/**
 * What happens to answers whose sources have changed: `drop` them, because a run that will not ask again must be right, or `keep`
 * those whose expressions are still there, because a finding that goes and comes with every keystroke helps nobody.
 */
export type Staleness = 'drop' | 'keep';

/** A file in the state in which answers saw it. One object for each state, so that states are compared once. */
interface Source {
  readonly path: string;
  readonly version: string;
}

interface Known {
  /** The answer as it came, for telling whether a new one says something else. Empty for what was asked in vain. */
  readonly wire: string;
  readonly answer: TypeAnswer | undefined;
}

interface FileKnowledge {
  readonly text: string;
  readonly dependsOn: readonly Source[];
  readonly answers: ReadonlyMap<string, Known>;
  /** Another number: other answers. */
  readonly generation: number;
}

/** Questions of one inquiry; more of them wait for the next. */
const mostQuestions = 4_000;

export class TypeKnowledge {
  private readonly files = new Map<string, FileKnowledge>();
  private listing: { readonly list: readonly string[]; readonly digest: string } | undefined;
  /** The listing that the answers belong to: a file that comes or goes may change what an import means. */
  private listed = '';
  private generation = 0;
  private next = 0;

  /** The answers that hold for these files. */
  answers(files: FileSource, staleness: Staleness): TypeAnswers {
    const isFresh = this.freshness(files);
    const usable = new Map<
      string,
      { readonly known: FileKnowledge; readonly shift: (span: Span) => Span | undefined }
    >();
    for (const [file, known] of this.files) {
      const fresh = isFresh(known);
      if (!fresh && staleness === 'drop') continue;
      const read = fresh ? { text: known.text } : files.read(file);
      if ('text' in read) usable.set(file, { known, shift: shiftBetween(read.text, known.text) });
    }
    return {
      answerAt({ file, start, end }) {
        const found = usable.get(file);
        const span = found?.shift([start, end]);
        return span && found?.known.answers.get(keyOf(span))?.answer;
      },
      stamp: (file) => String(usable.get(file)?.known.generation ?? ''),
    };
  }

  /** The inquiry that the questions call for; undefined when all that can be known is known. */
  inquiry(questions: Iterable<Place>, files: FileSource, unsaved: Inquiry['unsaved'] = []): Inquiry | undefined {
    const isFresh = this.freshness(files);
    const spans = new Map<string, Map<string, Span>>();
    const fresh = new Map<string, FileKnowledge | undefined>();
    let count = 0;
    for (const { file, start, end } of questions) {
      if (!fresh.has(file)) {
        const known = this.files.get(file);
        fresh.set(file, known && isFresh(known) ? known : undefined);
      }
      const span: Span = [start, end];
      if (fresh.get(file)?.answers.has(keyOf(span))) continue;
      if (count++ >= mostQuestions) break;
      const ofFile = spans.get(file) ?? new Map<string, Span>();
      ofFile.set(keyOf(span), span);
      spans.set(file, ofFile);
    }
    if (spans.size === 0) return undefined;
    return {
      kind: 'ask',
      id: ++this.next,
      roots: files.roots,
      unsaved,
      questions: [...spans]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([file, some]) => ({ file, spans: [...some.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]) })),
    };
  }

  /** Takes answers in; those about texts that have changed meanwhile are left out. Gives how many expressions it has a type for. */
  accept(answers: Answers, files: FileSource): number {
    const listing = this.digestOf(files);
    if (listing !== this.listed) this.files.clear();
    this.listed = listing;
    const isFresh = this.freshness(files);
    const interned = new Map<string, Source>();
    for (const { dependsOn } of this.files.values())
      for (const source of dependsOn) interned.set(`${source.path}\0${source.version}`, source);
    const sources = answers.sources.map(([path, version]): Source => {
      const key = `${path}\0${version}`;
      const source = interned.get(key) ?? { path, version };
      interned.set(key, source);
      return source;
    });
    return answers.files.reduce((sum, one) => sum + this.acceptFile(one, sources, files, isFresh), 0);
  }

  private acceptFile(
    { file, version, dependsOn, answers }: FileAnswers,
    sources: readonly Source[],
    files: FileSource,
    isFresh: (known: FileKnowledge) => boolean,
  ): number {
    const read = files.read(file);
    if (files.version(file) !== version || !('text' in read)) return 0;
    const before = this.files.get(file);
    const kept = new Map(before && isFresh(before) ? before.answers : []);
    let found = 0;
    for (const { span, type } of answers) {
      if (type) found++;
      const key = keyOf(span);
      const wire = type ? JSON.stringify(type) : '';
      const same = before?.text === read.text ? before.answers.get(key) : undefined;
      kept.set(key, same?.wire === wire ? same : { wire, answer: decoded(type, file, span) });
    }
    const unchanged =
      before?.text === read.text &&
      before.answers.size === kept.size &&
      [...kept].every(([key, known]) => before.answers.get(key) === known);
    this.files.set(file, {
      text: read.text,
      dependsOn: dependsOn.flatMap((index) => sources[index] ?? []),
      answers: kept,
      generation: unchanged ? before.generation : ++this.generation,
    });
    return found;
  }

  /** Tells whether all that answers depend on is as it was. Each file is looked at once. */
  private freshness(files: FileSource): (known: FileKnowledge) => boolean {
    if (this.digestOf(files) !== this.listed) return () => false;
    const changed = new Set<Source>();
    const seen = new Set<Source>();
    for (const { dependsOn } of this.files.values()) {
      for (const source of dependsOn) {
        if (seen.has(source)) continue;
        seen.add(source);
        if ((files.version(source.path) ?? '') !== source.version) changed.add(source);
      }
    }
    return changed.size === 0 ? () => true : ({ dependsOn }) => !dependsOn.some((source) => changed.has(source));
  }

  private digestOf(files: FileSource): string {
    const list = files.list();
    if (this.listing?.list !== list) this.listing = { list, digest: digest(list) };
    return this.listing.digest;
  }
}

function decoded(type: WireType | undefined, file: string, [start, end]: Span): TypeAnswer | undefined {
  return type && decodeType(type, { file, start, end });
}

function keyOf([start, end]: Span): string {
  return `${start}:${end}`;
}
