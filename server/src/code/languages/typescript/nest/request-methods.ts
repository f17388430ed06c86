// Owns the decorators that NestJS and tsoa both have for one HTTP method each. It must not know what else either has.

/** Decorators of methods, with the method that each serves. */
export const requestMethods: Readonly<Record<string, string>> = {
  Get: 'get',
  Post: 'post',
  Put: 'put',
  Patch: 'patch',
  Delete: 'delete',
  Head: 'head',
  Options: 'options',
};
