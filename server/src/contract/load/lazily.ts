// Owns computing a value once, when it is first asked for. It must not know what is computed.

/** A function that computes on its first call and answers the same ever after. */
export function lazily<T>(compute: () => T): () => T {
  let computed: { readonly value: T } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}
