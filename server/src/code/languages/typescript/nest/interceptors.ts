// Owns interceptors: those of the workspace run around the handler, those of packages are told by what they do to a request or an answer.
// It must not know which interceptors a route has, nor how an answer is sent.

import type { Place } from '../../../../base/place.ts';
import type { Stage } from '../facts.ts';
import type { Machine } from '../machine.ts';
import { plainOf } from '../packages/class-validator/plain.ts';
import {
  type CallSite,
  type Model,
  native,
  nativeFunction,
  type ObjectValue,
  objectOf,
  type PackageModel,
  textOf,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { callHandler, lastOf } from './observables.ts';
import { callOn, collectorOf, instanceFor, type Scene } from './scene.ts';
import type { Use } from './uses.ts';

/** Runs what follows inside of an interceptor and gives what comes out. */
export function intercept(scene: Scene, use: Use, next: (m: Machine) => Value): Value {
  const { m } = scene;
  const { place } = use;
  const instance = instanceFor(scene, use.value);
  if (instance.kind === 'native' && instance.model === fileModel) return next(m);
  if (instance.kind === 'native' && instance.model === serializerModel) return plainOf(m, next(m));
  if (instance.kind === 'external') {
    if (instance.path.some((part) => passing.has(part))) return next(m);
    const value = next(m);
    // A library's interceptor around every route knows no status of this one's own; without it the answer is as it is.
    const generic = use.level === 'route' ? undefined : 'request';
    collectorOf(scene).openExits('framework-unmodelled', place, instance.package, generic);
    return use.conditional ? value : unknown('custom-serializer', place);
  }
  if (instance.kind !== 'object') {
    next(m);
    collectorOf(scene).openExits('dependency-injection', place);
    return unknown('custom-serializer', place);
  }
  if (inheritsSerializer(m, instance, place)) {
    const value = lastOf(m, next(m));
    return lastOf(m, callOn(m, instance, 'serialize', [value, objectOf({})], place));
  }
  // What an interceptor of many handlers reads and refuses is no business of this one; what follows is the handler's again.
  const collector = collectorOf(scene);
  const { stage } = collector;
  const own: Stage = { kind: 'middleware', level: use.level, place };
  const inner = (machine: Machine): Value => {
    collector.stage = stage;
    try {
      return next(machine);
    } finally {
      collector.stage = own;
    }
  };
  collector.stage = own;
  try {
    return lastOf(m, callOn(m, instance, 'intercept', [scene.context, callHandler(inner)], place));
  } finally {
    collector.stage = stage;
  }
}

/** Interceptors of packages that leave the answer as it is. */
const passing = new Set(['CacheInterceptor', 'SentryInterceptor', 'NoFilesInterceptor', 'LoggerErrorInterceptor']);

const serializerModel: Model = { name: 'class serializer' };

/** `ClassSerializerInterceptor`. */
export const classSerializer = (site: CallSite): Value => native(serializerModel, undefined, site.place);

/** Whether an instance takes its `intercept` from `ClassSerializerInterceptor`, which hands what comes out to its `serialize`. */
function inheritsSerializer(m: Machine, instance: ObjectValue, place: Place): boolean {
  let current: Value | undefined = instance.cls;
  for (let hops = 0; current?.kind === 'class' && hops < 12; hops++) current = current.parent;
  return !!current && isSerializer(current) && m.get(instance, 'intercept', place).kind !== 'function';
}

/** What the methods of `ClassSerializerInterceptor` do, for those that extend it; undefined for others. */
export function serializerMember(key: string): Value | undefined {
  if (key !== 'serialize' && key !== 'transformToPlain') return undefined;
  return nativeFunction(key, (m, site) => (site.args[0] ? plainOf(m, site.args[0]) : undefinedValue));
}

export function isSerializer(value: Value): boolean {
  return (
    (value.kind === 'native' && value.model === serializerModel) ||
    (value.kind === 'external' && value.path.at(-1) === 'ClassSerializerInterceptor')
  );
}

/** Files that an interceptor takes out of a form. */
interface FileFields {
  /** Undefined: under any name. */
  readonly fields?: readonly { readonly name: string; readonly place: Place }[];
  readonly many: boolean;
}

const fileModel: Model = { name: 'file interceptor' };

const formsAndNests = ['multipart/form-data', 'application/json', 'application/x-www-form-urlencoded'];

/** Says that an interceptor reads forms, beside what Nest's own parsers read. */
export function noteForms(scene: Scene, interceptors: readonly Use[]): void {
  for (const { value, place } of interceptors)
    if (filesOf(value)) collectorOf(scene).addParser({ mediaTypes: formsAndNests, place });
}

/** `FileInterceptor('avatar')` and its kin. */
export const platformPackage: PackageModel = {
  packages: ['@nestjs/platform-express', '@nest-lab/fastify-multer', '@webundsoehne/nest-fastify-file-upload'],
  call(m, external, site) {
    const name = external.path.at(-1) ?? '';
    const [first] = site.args;
    const own = textOf(first);
    const place = site.argPlaces[0] ?? site.place;
    switch (name) {
      case 'FileInterceptor':
      case 'FilesInterceptor':
        return files(
          { many: name === 'FilesInterceptor', fields: own === undefined ? undefined : [{ name: own, place }] },
          site,
        );
      case 'FileFieldsInterceptor': {
        const items = first?.kind === 'array' && !first.rest ? first.items : undefined;
        const fields = items?.flatMap((item) => {
          const text = item.kind === 'object' ? textOf(m.get(item, 'name', place)) : undefined;
          return text === undefined
            ? []
            : [{ name: text, place: item.kind === 'object' ? (item.place ?? place) : place }];
        });
        return files({ many: true, fields: fields && fields.length === items?.length ? fields : undefined }, site);
      }
      case 'AnyFilesInterceptor':
        return files({ many: true }, site);
      case 'NoFilesInterceptor':
        return files({ many: false, fields: [] }, site);
      default:
        return undefined;
    }
  },
};

const files = (fields: FileFields, site: CallSite): Value => native(fileModel, fields, site.place);

/** The files that an interceptor takes, when it is one that does. */
export function filesOf(value: Value): FileFields | undefined {
  return value.kind === 'native' && value.model === fileModel ? (value.data as FileFields) : undefined;
}
