// Owns the making of elements: text becomes text and never markup. It must not know what is shown.

type Child = Node | string | undefined;

/** An element with attributes and children; attributes without a value are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.flatMap((child) => (child === undefined ? [] : [child])));
  return made;
}

/** Text as it can be shown: what would steer a reader's eye from within becomes a dot. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (char) => (char === '\t' || char === '\n' ? char : '\u00b7'));
}

/** A message: back-quotes in it mark code. */
export function rich(text: string): Node[] {
  return visible(text)
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? element('code', {}, part) : document.createTextNode(part)));
}

/** Text that is heard and not seen. */
export const spoken = (text: string): HTMLElement => element('span', { class: 'sr' }, text);
