// Owns the grammar of one suppression: `<rule>[, <rule>] -- reason [until YYYY-MM-DD]`, and the forms in which a contract
// writes it under `x-fidelity-ignore`. It must not know comments, files or findings.

/** What one suppression says. */
export interface IgnoreStatement {
  readonly rules: readonly string[];
  readonly reason: string | null;
  /** The last day on which it holds, as written; null when it has no end. */
  readonly until: string | null;
}

/** Reads what follows the word `fidelity-ignore`. */
export function parseIgnoreStatement(text: string): IgnoreStatement {
  const cut = /(?:^|\s)(?:--|\u2014|\u2013)(?=\s|$)/.exec(text);
  const names = cut ? text.slice(0, cut.index) : text;
  const said = readReason(cut ? text.slice(cut.index + cut[0].length) : '');
  if (cut) return { rules: splitRules(names), ...said };
  // Without a reason an end may still follow the rules directly.
  const end = readReason(names);
  return { rules: splitRules(end.reason ?? ''), reason: null, until: end.until };
}

/**
 * Reads the value of `x-fidelity-ignore`: one statement, a list of statements, or a map from rule to reason.
 * A reason in a map is text (`reason [until …]`) or an object `{ reason, until }`.
 */
export function parseIgnoreExtension(value: unknown): readonly IgnoreStatement[] {
  if (typeof value === 'string') return [parseIgnoreStatement(value)];
  if (Array.isArray(value)) return value.flatMap((item) => parseIgnoreExtension(item));
  if (value === null || typeof value !== 'object') return [{ rules: [], reason: null, until: null }];
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return entries.map(([rule, said]) => ({ rules: splitRules(String(rule)), ...readSaid(said) }));
}

/** Whether a text is a day of the calendar in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function readSaid(said: unknown): Pick<IgnoreStatement, 'reason' | 'until'> {
  if (typeof said === 'string') return readReason(said);
  if (said === null || typeof said !== 'object') return { reason: null, until: null };
  const field = (name: string): unknown =>
    said instanceof Map ? said.get(name) : (said as Readonly<Record<string, unknown>>)[name];
  const reason = field('reason');
  const until = field('until');
  return {
    reason: typeof reason === 'string' && reason.trim() !== '' ? reason.trim() : null,
    until: until === undefined || until === null ? null : dayText(until),
  };
}

/** YAML readers give an unquoted day as a date. */
function dayText(until: unknown): string {
  return until instanceof Date ? until.toISOString().slice(0, 10) : String(until).trim();
}

function readReason(text: string): Pick<IgnoreStatement, 'reason' | 'until'> {
  const end = /(?:^|\s)[[(]?until\s+([^\s\])]+)[\])]?\s*$/i.exec(text);
  const looksLikeDay = end !== null && /\d/.test(end[1]!);
  const reason = (looksLikeDay ? text.slice(0, end.index) : text).trim().replace(/[,;]$/, '');
  return { reason: reason === '' ? null : reason, until: looksLikeDay ? end[1]! : null };
}

function splitRules(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((rule) => rule !== '');
}
