// Owns how contracts number their versions: telling the scheme of a version, its order, and the next number of a kind.
// It must not know changes or policies.

export type Scheme = 'semver' | 'calendar' | 'integer' | 'date_semver' | 'unknown';
export type Step = 'major' | 'minor' | 'patch' | 'none';

export const schemes: readonly Scheme[] = ['semver', 'calendar', 'integer', 'date_semver', 'unknown'];

export interface Semver {
  /** `v`, when it is written so. */
  readonly prefix: string;
  readonly numbers: readonly number[];
  readonly pre: string | undefined;
}

const semver = /^(v?)(\d+)\.(\d+)(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
const calendar = /^(\d{4})([-.])(\d{2})\2(\d{2})(?:[.-]([A-Za-z][\w.-]*))?$/;
const integer = /^(v?)(\d+)$/;
const dated = /^(\d{4}-\d{2}-\d{2})([_-])(\d+\.\d+(?:\.\d+)?\S*)$/;

/** The scheme that a version is written in. */
export function schemeOf(version: string): Scheme {
  if (dated.test(version)) return 'date_semver';
  if (calendar.test(version)) return 'calendar';
  if (integer.test(version)) return 'integer';
  return semver.test(version) ? 'semver' : 'unknown';
}

/** The step that a scheme has for a wanted one: below 1.0.0 the minor number stands for the major one, and a version of two numbers has no patch. */
export function stepIn(scheme: Scheme, version: string, wanted: Step): Step {
  if (wanted === 'none') return 'none';
  const text = scheme === 'date_semver' ? (dated.exec(version)?.[3] ?? '') : version;
  const parsed = scheme === 'semver' || scheme === 'date_semver' ? parse(text) : undefined;
  if (!parsed) return wanted;
  return wanted === 'major' && parsed.numbers[0] === 0 ? 'minor' : wanted;
}

/**
 * The version that a step asks for after `version`; undefined when the scheme has no number for it.
 * `today` is `YYYY-MM-DD`. Integers count what breaks: smaller changes keep the number.
 */
export function nextVersion(scheme: Scheme, version: string, step: Step, today: string): string | undefined {
  if (step === 'none') return undefined;
  switch (scheme) {
    case 'semver':
      return nextSemver(version, step);
    case 'calendar':
      return nextDay(version, today);
    case 'integer': {
      const [, prefix = '', number = '0'] = integer.exec(version) ?? [];
      return step === 'major' ? `${prefix}${Number(number) + 1}` : undefined;
    }
    case 'date_semver': {
      const [, , joint = '_', rest = ''] = dated.exec(version) ?? [];
      const next = nextSemver(rest, step);
      return next && `${today}${joint}${next}`;
    }
    case 'unknown':
      return undefined;
  }
}

/** Whether a version is at least another one of its scheme; undefined when the two cannot be ordered. A pre-release counts as the version that it leads to. */
export function reaches(scheme: Scheme, version: string, wanted: string): boolean | undefined {
  if (schemeOf(version) !== scheme && !(scheme === 'semver' && semver.test(version))) return undefined;
  switch (scheme) {
    case 'semver':
      return compareSemver(version, wanted);
    case 'calendar':
      return dayOf(version) >= dayOf(wanted);
    case 'integer':
      return Number(integer.exec(version)?.[2]) >= Number(integer.exec(wanted)?.[2]);
    case 'date_semver':
      return compareSemver(dated.exec(version)?.[3] ?? '', dated.exec(wanted)?.[3] ?? '');
    case 'unknown':
      return undefined;
  }
}

/** The numbers of a version of the usual kind; undefined for every other text. */
export function parse(version: string): Semver | undefined {
  const match = semver.exec(version);
  if (!match) return undefined;
  const [, prefix = '', major = '0', minor = '0', patch, pre] = match;
  const numbers = [Number(major), Number(minor), ...(patch === undefined ? [] : [Number(patch)])];
  return { prefix, numbers, pre };
}

function nextSemver(version: string, step: Step): string | undefined {
  const parsed = parse(version);
  if (!parsed) return undefined;
  const [major = 0, minor = 0, patch] = parsed.numbers;
  // A pre-release of a version that the step would lead to goes on counting.
  if (parsed.pre !== undefined && leadsTo(parsed, step))
    return `${parsed.prefix}${parsed.numbers.join('.')}-${nextPre(parsed.pre)}`;
  const write = (...numbers: number[]): string =>
    `${parsed.prefix}${numbers.slice(0, parsed.numbers.length).join('.')}`;
  if (step === 'major') return write(major + 1, 0, 0);
  if (step === 'minor' || patch === undefined) return write(major, minor + 1, 0);
  return write(major, minor, patch + 1);
}

/** `2.0.0-rc.1` may still break, `2.1.0-rc.1` may still add, every pre-release may still be put right. */
function leadsTo({ numbers }: Semver, step: Step): boolean {
  const [, minor = 0, patch = 0] = numbers;
  if (step === 'major') return minor === 0 && patch === 0;
  return step === 'minor' ? patch === 0 : true;
}

function nextPre(pre: string): string {
  const match = /^(.*?)(\d+)$/.exec(pre);
  return match ? `${match[1]}${Number(match[2]) + 1}` : `${pre}.1`;
}

function compareSemver(version: string, wanted: string): boolean | undefined {
  const [a, b] = [parse(version), parse(wanted)];
  if (!a || !b) return undefined;
  for (let index = 0; index < 3; index++) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  // Only when both are pre-releases of one version does their order count.
  if (a.pre === undefined || b.pre === undefined) return true;
  return a.pre.localeCompare(b.pre, 'en', { numeric: true }) >= 0;
}

function nextDay(version: string, today: string): string | undefined {
  const [, , joint = '-', , , suffix] = calendar.exec(version) ?? [];
  if (dayOf(version) >= today) return undefined;
  // A release's name (`2026-07-29.dahlia`) is not ours to choose; it is kept for the author to change.
  return `${today.replaceAll('-', joint)}${suffix === undefined ? '' : `.${suffix}`}`;
}

const dayOf = (version: string): string =>
  calendar
    .exec(version)
    ?.slice(1)
    .filter((_, index) => index === 0 || index === 2 || index === 3)
    .join('-') ?? version;
