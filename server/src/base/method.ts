// Owns the methods that a path item names by a field of its own, in any version of the specification.
// It must not know documents.

/** The fields of a path item that are methods: OpenAPI 3.2.0 section 4.9; `trace` came with 3.0, `query` with 3.2. */
export const pathItemMethods: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
]);
