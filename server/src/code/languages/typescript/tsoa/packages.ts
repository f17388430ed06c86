// Owns the package models of tsoa: its decorators as notes, the base class of controllers, and what its generated code imports.
// It must not hold their behaviour.

import type { Place } from '../../../../base/place.ts';
import type { Machine } from '../machine.ts';
import { setMember } from '../members.ts';
import { decoratorOf, noteOf } from '../nest/notes.ts';
import { nativeFunction, objectOf, type PackageModel, undefinedValue, type Value } from '../value.ts';
import { validateError } from './errors.ts';
import { registerRoutes } from './register.ts';

/** Members of the base class `Controller`: what it is told stands on the instance and, for headers, in the answer. */
function controllerMember(key: string, self: Value, place: Place): Value | undefined {
  switch (key) {
    case 'setStatus':
      return nativeFunction(key, (m, site) => {
        const [given] = site.args;
        // Where it is set is where the answer has it from.
        const status = given?.kind === 'literal' ? { ...given, place: site.argPlaces[0] } : (given ?? undefinedValue);
        setMember(m, self, '#status', status, place);
        return undefinedValue;
      });
    case 'getStatus':
      return nativeFunction(
        key,
        () => (self.kind === 'object' ? self.props.get('#status')?.value : undefined) ?? undefinedValue,
      );
    case 'setHeader':
      return nativeFunction(key, (m, site) => {
        const response = self.kind === 'object' ? self.props.get('#response')?.value : undefined;
        return response ? m.call(m.get(response, 'setHeader', site.place), site, response) : undefinedValue;
      });
    case 'getHeader':
      return nativeFunction(key, () => undefinedValue);
    case 'getHeaders':
      return nativeFunction(key, () => objectOf({}));
    default:
      return undefined;
  }
}

/** Whether a file is one that tsoa wrote: what it registers is what the decorators say. */
function isGenerated(m: Machine, file: string): boolean {
  const read = m.files.read(file);
  return !('failure' in read) && /auto-generated with tsoa/.test(read.text.slice(0, 2_000));
}

const tsoa: PackageModel = {
  packages: ['tsoa', '@tsoa/runtime'],
  call(_m, external, site) {
    const name = external.path.at(-1) ?? '';
    return /^[A-Z]/.test(name) ? decoratorOf([noteOf(name, external.package, site)], site.place) : undefined;
  },
  construct: (_m, external, site) =>
    external.path.at(-1) === 'ValidateError' ? validateError(site.place, site.args[0], site.args[1]) : undefined,
  instanceMember: (_m: Machine, cls, key, self, place) =>
    cls.path.at(-1) === 'Controller' ? controllerMember(key, self, place) : undefined,
  generated: (m, name, from, file) =>
    name === 'RegisterRoutes' && (file === undefined || isGenerated(m, file)) ? registerRoutes(m, from) : undefined,
};

export const tsoaPackages: readonly PackageModel[] = [tsoa];
