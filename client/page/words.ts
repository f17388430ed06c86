// Owns the words of the page's labels: the language that the page carries, and English where it carries none.
// It must not know where a label stands.

const carried: unknown = JSON.parse(document.getElementById('words')?.textContent ?? '{}');
const words = (typeof carried === 'object' && carried !== null ? carried : {}) as Readonly<Record<string, unknown>>;

/** A label as the page's reader has it; `{0}` stands for what is filled in. */
export function label(english: string, ...filled: readonly (string | number)[]): string {
  const known = Object.hasOwn(words, english) ? words[english] : undefined;
  const text = typeof known === 'string' ? known : english;
  return text.replace(/\{(\d)\}/g, (_, at: string) => String(filled[Number(at)] ?? ''));
}
