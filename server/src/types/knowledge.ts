// Owns what is known of a workspace's types: the answers that a checker gave, for as long as nothing that they depend on has changed,
// and which questions are still worth asking. It must not know a checker or a process.

import { digest } from '../base/hash.ts';
import type { FileSource } from '../base/host.ts';
import type { Place } from '../base/place.ts';
import type { TypeAnswer, TypeAnswers } from '../code/type-questions.ts';
import { decodeType } from './decode.ts';
import type { Answers, FileAnswers, Inquiry, Span } from './messages.ts';
import { shiftBetween } from './shift.ts';

/**
 * What happens to answers whose sources have changed: `drop` them, because a run that will not ask again must be right, or `keep`
 * those whose expressions are still there, because a finding that goes and comes with every keystroke helps nobody.
 */
export type Staleness = 'drop' | 'keep';

interface FileKnowledge {
  readonly text: string;
  readonly dependsOn: readonly (readonly [path: string, version: string])[];
  /** Answers by span; undefined for what was asked in vain. */
  readonly answers: Map<string, TypeAnswer | undefined>;
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
    const usable = new Map<
      string,
      { readonly known: FileKnowledge; readonly shift: (span: Span) => Span | undefined }
    >();
    const sameListing = this.digestOf(files) === this.listed;
    for (const [file, known] of this.files) {
      const fresh = sameListing && isFresh(known, files);
      if (!fresh && staleness === 'drop') continue;
      const read = files.read(file);
      if (!('text' in read)) continue;
      usable.set(file, { known, shift: fresh ? (span) => span : shiftBetween(read.text, known.text) });
    }
    return {
      answerAt({ file, start, end }) {
        const found = usable.get(file);
        const span = found?.shift([start, end]);
        return span && found?.known.answers.get(keyOf(span));
      },
      stamp: (file) => {
        const found = usable.get(file);
        return found ? String(found.known.generation) : '';
      },
    };
  }

  /** The inquiry that the questions call for; undefined when all that can be known is known. */
  inquiry(questions: Iterable<Place>, files: FileSource, unsaved: Inquiry['unsaved']): Inquiry | undefined {
    const spans = new Map<string, Map<string, Span>>();
    const sameListing = this.digestOf(files) === this.listed;
    let count = 0;
    for (const { file, start, end } of questions) {
      const known = this.files.get(file);
      const span: Span = [start, end];
      if (known?.answers.has(keyOf(span)) && sameListing && isFresh(known, files)) continue;
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
        .map(([file, some]) => ({
          file,
          spans: [...some.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]),
        })),
    };
  }

  /**
   * Takes answers in. Those about texts that have changed meanwhile are left out. Gives how many expressions a type was found for.
   */
  accept(answers: Answers, files: FileSource): number {
    const listing = this.digestOf(files);
    if (listing !== this.listed) this.files.clear();
    this.listed = listing;
    let found = 0;
    for (const one of answers.files) found += this.acceptFile(one, answers, files);
    return found;
  }

  private acceptFile({ file, version, dependsOn, answers }: FileAnswers, all: Answers, files: FileSource): number {
    const read = files.read(file);
    if (files.version(file) !== version || !('text' in read)) return 0;
    const sources = dependsOn.flatMap((index) => (all.sources[index] ? [all.sources[index]] : []));
    const before = this.files.get(file);
    const kept = before && isFresh(before, files) ? before.answers : new Map<string, TypeAnswer | undefined>();
    let found = 0;
    for (const { span, type } of answers) {
      const place: Place = { file, start: span[0], end: span[1] };
      kept.set(keyOf(span), type && decodeType(type, place));
      if (type) found++;
    }
    this.files.set(file, { text: read.text, dependsOn: sources, answers: kept, generation: ++this.generation });
    return found;
  }

  private digestOf(files: FileSource): string {
    const list = files.list();
    if (this.listing?.list !== list) this.listing = { list, digest: digest(list) };
    return this.listing.digest;
  }
}

function isFresh(known: FileKnowledge, files: FileSource): boolean {
  return known.dependsOn.every(([path, version]) => (files.version(path) ?? '') === version);
}

function keyOf([start, end]: Span): string {
  return `${start}:${end}`;
}
