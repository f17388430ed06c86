// Owns the ways to take a change back: say again what the past said, keep what was removed until a day that is named, or leave to the
// client what was demanded. Each way is tried and compared before it is offered. It must not know editors or findings.

import type { FileSource } from '../../base/host.ts';
import { pointerOf, tokensOf } from '../../base/pointer.ts';
import { type EditStep, takeSteps } from '../../contract/edit/steps.ts';
import type { Plain } from '../../contract/edit/write.ts';
import type { ContractPlace } from '../../contract/model.ts';
import type { Change } from '../change.ts';
import type { Comparison } from '../compare.ts';
import { type ContractSource, ContractSources } from '../source.ts';
import { differencesOf, type Part, wayTo } from './differences.ts';

export type Way = 'restore' | 'deprecate' | 'optional';

/** Steps in one file of the revision. */
export interface Mending {
  readonly file: string;
  readonly steps: readonly EditStep[];
}

export interface MendingOptions {
  /** The same judgement for another text of the revision. */
  readonly again: (revision: ContractSource) => Comparison;
  /** `YYYY-MM-DD`: how long what was removed is kept. */
  readonly sunset: string;
}

/** Edits that are tried for one change. */
const mostAttempts = 40;
/** Single differences of a part that are tried one by one. */
const mostSingles = 16;

const removals =
  /^(?:operation-removed(?:-after-deprecation)?|request-parameter-removed|(?:request|response)-property-removed(?:-from-closed)?|response-header-removed)$/;
const demands =
  /^request-(?:required-(?:parameter|property|body)-added|(?:parameter|property|body)-became-required)(?:-with-default)?$/;

/** The ways that there may be for a kind of change. */
export function waysFor(change: Pick<Change, 'id' | 'level'>): readonly Way[] {
  if (change.level !== 'breaking' && change.level !== 'risky') return [];
  return [
    'restore',
    ...(removals.test(change.id) ? (['deprecate'] as const) : []),
    ...(demands.test(change.id) ? (['optional'] as const) : []),
  ];
}

/** The edits that take a change back in one of its ways; or why there are none, as a clause. */
export function takenBack(
  change: Change,
  way: Way,
  comparison: Comparison,
  options: MendingOptions,
): Mending | { readonly refused: string } {
  const trial = new Trial(change, comparison, options.again);
  if (way === 'optional') {
    const mending = leftToClient(change, comparison);
    if (mending && trial.mends(mending)) return mending;
    return { refused: 'what demands it cannot be told' };
  }
  for (const mending of candidates(change, comparison)) {
    if (trial.exhausted) break;
    if (!trial.mends(mending, 'nothing new')) continue;
    if (way === 'restore') return mending;
    const kept = untilSunset(mending, change, options.sunset);
    if (kept && trial.mends(kept)) return kept;
    return { refused: 'what was removed cannot be marked as deprecated' };
  }
  return { refused: 'no single edit takes the change back; compare the contract with its past' };
}

/** Edits that are tried on a copy of the contract. */
class Trial {
  private attempts = 0;

  constructor(
    private readonly change: Change,
    private readonly comparison: Comparison,
    private readonly again: MendingOptions['again'],
  ) {}

  get exhausted(): boolean {
    return this.attempts >= mostAttempts;
  }

  /**
   * Whether the change is gone after the edits, or breaks nobody any more, and nothing else is worse than before. `nothing new`: nor is
   * there any other change than before, so that what was there is there again, and not merely something that is as good.
   */
  mends({ file, steps }: Mending, strictly?: 'nothing new'): boolean {
    this.attempts++;
    const { revision, changes } = this.comparison;
    const text = revision.documents.get(file)?.text;
    if (text === undefined || text === null) return false;
    const taken = takeSteps(file, text, steps);
    if ('refused' in taken) return false;
    const edited = new ContractSources().open(withText(revision, file, taken.text), revision.file, revision);
    if ('failure' in edited || edited.faults.length > 0) return false;
    const after = this.again(edited);
    if (after.unread.length > this.comparison.unread.length) return false;
    const count = (all: readonly Change[], level: Change['level']): number =>
      all.filter((one) => one.level === level).length;
    const { level, fingerprint } = this.change;
    const gone = !after.changes.some((one) => one.fingerprint === fingerprint && one.level === level);
    const [breaking, risky] = [count(changes, 'breaking'), count(changes, 'risky')];
    const [breakingNow, riskyNow] = [count(after.changes, 'breaking'), count(after.changes, 'risky')];
    if (!gone) return false;
    const known = new Set(changes.map((one) => one.fingerprint));
    if (strictly && after.changes.some((one) => !known.has(one.fingerprint))) return false;
    return level === 'breaking'
      ? breakingNow < breaking && riskyNow <= risky
      : breakingNow <= breaking && riskyNow < risky;
  }
}

/** What might take a change back: at its own place first, then ever further around it. */
function* candidates(change: Change, comparison: Comparison): Iterable<Mending> {
  const seen = new Set<string>();
  for (const { file, part } of partsAround(change, comparison)) {
    const text = comparison.base.documents.get(part.base?.file ?? '')?.text ?? '';
    const steps = differencesOf(part, text, keysAround(part));
    const singles = steps.length > 1 && steps.length <= mostSingles ? steps.map((step) => [step]) : [];
    for (const some of [...singles, steps]) {
      const key = JSON.stringify(some);
      if (some.length === 0 || seen.has(key)) continue;
      seen.add(key);
      yield { file, steps: some };
    }
  }
}

/** The keys among which the base has a part. */
const keysAround = ({ base }: Part): readonly string[] | undefined =>
  base?.parent?.kind === 'map' ? base.parent.entries().map((entry) => entry.token) : undefined;

/** The parts of both states around a change, the narrowest first; never a whole document. */
function partsAround(change: Change, { base, revision }: Comparison): readonly { file: string; part: Part }[] {
  const ways = [
    change.revision && around(change.revision, 'revision', base, revision),
    change.base && around(change.base, 'base', base, revision),
    // What both parts of an `allOf` say together is placed at one of them, wherever the other one went.
    change.operation !== null && around(operationAt(change.operation, revision), 'revision', base, revision),
  ].flatMap((way) => way || []);
  return ways.sort((a, b) => b.part.tokens.length - a.part.tokens.length);
}

/** Where an operation stands by its name, as far as that tells: `GET /orders`. */
function operationAt(key: string, { file }: ContractSource): Pick<ContractPlace, 'file' | 'pointer'> {
  const [method = '', path = ''] = key.split(' ');
  return { file, pointer: pointerOf(['paths', path, method.toLowerCase()]) };
}

function around(
  { file, pointer }: Pick<ContractPlace, 'file' | 'pointer'>,
  side: 'base' | 'revision',
  base: ContractSource,
  revision: ContractSource,
): readonly { file: string; part: Part }[] {
  const [own, other] = side === 'base' ? [base, revision] : [revision, base];
  const otherFile = file === own.file ? other.file : file;
  const [before, after] = [base, revision].map((source) => source.documents.get(source === own ? file : otherFile));
  if (!before || !after) return [];
  const parts = wayTo(tokensOf(pointer), side, before.root, after.root);
  const there = side === 'base' ? otherFile : file;
  return parts.filter(({ tokens }) => tokens.length > 0).map((part) => ({ file: there, part }));
}

/** The same steps, with what they put back marked as deprecated until a day. */
function untilSunset({ file, steps }: Mending, { base }: Change, sunset: string): Mending | undefined {
  const removed = tokensOf(base?.pointer ?? '');
  let marked = false;
  const kept = steps.map((step): EditStep => {
    const tokens = tokensOf(step.pointer);
    // Items of lists may have other numbers on the two sides.
    const leads = tokens.every((token, index) => token === removed[index] || /^(?:-|\d+)$/.test(token));
    const marks = { schema: removed.at(-2) === 'properties', sunset };
    const value =
      leads && step.value !== undefined ? marking(step.value, removed.slice(tokens.length), marks) : undefined;
    if (value === undefined) return step;
    marked = true;
    const { pointer, order } = step;
    return { pointer, value, ...(order && { order }) };
  });
  return marked ? { file, steps: kept } : undefined;
}

interface Marks {
  /** Whether a schema is marked, rather than an operation, a parameter or a header. */
  readonly schema: boolean;
  readonly sunset: string;
}

/** A value in which the part at some tokens is deprecated; undefined where it cannot say so. */
function marking(value: Plain, tokens: readonly string[], marks: Marks): Plain | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [token, ...rest] = tokens;
  if (Array.isArray(value)) {
    const at = Number(token);
    const item = value[at] === undefined ? undefined : marking(value[at], rest, marks);
    return item === undefined ? undefined : value.map((one, index) => (index === at ? item : one));
  }
  const map = value as Readonly<Record<string, Plain | undefined>>;
  if (token === undefined) {
    const said = { deprecated: true, 'x-sunset': marks.sunset };
    if (!('$ref' in map)) return { ...map, ...said };
    // Beside a reference nothing counts before 3.1; only a schema has another way to say it.
    return marks.schema ? { allOf: [map], ...said } : undefined;
  }
  const below = map[token] === undefined ? undefined : marking(map[token], rest, marks);
  return below === undefined ? undefined : { ...map, [token]: below };
}

/** The step after which nothing demands what the change began to demand. */
function leftToClient(change: Change, { evidence }: Comparison): Mending | undefined {
  const schemas = evidence.get(change.fingerprint);
  const node = schemas?.property === undefined ? undefined : schemas.revision.required.get(schemas.property);
  if (node) return { file: node.file, steps: [{ pointer: node.pointer }] };
  if (!change.revision || /property/.test(change.id)) return undefined;
  const { file, pointer } = change.revision;
  return { file, steps: [{ pointer: pointer.endsWith('/required') ? pointer : `${pointer}/required` }] };
}

/** The files of a state, one of them with another text. */
function withText(source: ContractSource, file: string, text: string): FileSource {
  const textOf = (path: string): string | undefined =>
    path === file ? text : (source.documents.get(path)?.text ?? undefined);
  return {
    roots: ['/'],
    list: () => [...source.documents.keys()],
    exists: (path) => textOf(path) !== undefined,
    version: (path) => (path === file ? 'edited' : 'kept'),
    read: (path) => {
      const found = textOf(path);
      return found === undefined ? { failure: 'missing' } : { text: found };
    },
  };
}
