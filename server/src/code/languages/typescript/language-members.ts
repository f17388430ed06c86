// Owns the names of the methods that values of the language have. It must not know what any of them does.

/** Whatever a list, a text or another value of the language is made of, these are its own methods, as a rule. */
export const membersOfLanguage: ReadonlySet<string> = new Set(
  [Array, String, Number, Boolean, Date, RegExp, Map, Set, WeakMap, Promise, Object].flatMap((type) =>
    Object.getOwnPropertyNames(type.prototype),
  ),
);
