// Owns the putting of other people's text where an editor shows plain text: nothing in it controls, hides or turns what stands beside it.
// It must not know what the text says.

/** Names and titles that are longer than this are cut. */
const LONGEST = 300;

/** Text as one line that shows what it is; long text is cut. */
export function plainLine(text: string, longest = LONGEST): string {
  return cut(
    text
      .slice(0, longest * 4)
      .replace(/\s+/g, ' ')
      .trim(),
    longest,
  );
}

/** Text with its lines; long text is cut. */
export function plainText(text: string, longest = 2_000): string {
  return cut(text.slice(0, longest * 4), longest);
}

/** Whether a text holds nothing that an editor would not show. */
export function isPlain(text: string): boolean {
  for (const char of text) if (isHidden(char.codePointAt(0)!)) return false;
  return true;
}

function cut(text: string, longest: number): string {
  let shown = '';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (isHidden(code) && code !== 10) continue;
    if (shown.length >= longest) return `${shown.trimEnd()}…`;
    shown += char;
  }
  return shown;
}

/** Control characters, characters without a width, and those that turn the direction of text. */
function isHidden(code: number): boolean {
  if (code < 32 || (code >= 127 && code < 160)) return true;
  if (code < 0x061c) return false;
  return (
    code === 0x061c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xe0000 && code <= 0xe007f)
  );
}
