// Owns the packages class-validator, class-transformer and the mapped types of Nest: their decorators as notes, their functions as values.
// It must not know routes or pipes.

import { filledInstance } from '../../classes.ts';
import { members } from '../../join.ts';
import type { Machine } from '../../machine.ts';
import { decoratorOf, noteOf } from '../../nest/notes.ts';
import {
  type CallSite,
  type ClassValue,
  isEmpty,
  type Model,
  native,
  type PackageModel,
  someBoolean,
  textOf,
  truth,
  unknown,
  type Value,
} from '../../value.ts';
import { fieldsOf, type MappedClass, MappedClassData } from './fields.ts';
import { exposedOnly, plainOf } from './plain.ts';

const isDecorator = (name: string): boolean => /^[A-Z]/.test(name);

/** What a call of a decorator's factory gives. */
export const decorate = (name: string, packageName: string, site: CallSite): Value =>
  decoratorOf([noteOf(name, packageName, site)], site.place);

const classValidator: PackageModel = {
  packages: ['class-validator'],
  call(_m, external, site) {
    const name = external.path.at(-1) ?? '';
    if (isDecorator(name) && external.path.length === 1) return decorate(name, 'class-validator', site);
    // What registers a decorator of the workspace's own, from inside of that decorator.
    if (name === 'registerDecorator') {
      const own = decorate('registerDecorator', 'class-validator', site);
      return own.kind === 'native' ? own.model.call?.(_m, own, site) : undefined;
    }
    if (/^is[A-Z]/.test(name)) return someBoolean();
    return undefined;
  },
};

const classTransformer: PackageModel = {
  packages: ['class-transformer'],
  call(m, external, site) {
    const name = external.path.at(-1) ?? '';
    const [first, second, third] = site.args;
    if (isDecorator(name) && external.path.length === 1) return decorate(name, 'class-transformer', site);
    if (name === 'plainToInstance' || name === 'plainToClass') {
      const exposed = third?.kind === 'object' && truth(m.get(third, 'excludeExtraneousValues', site.place)) === true;
      return first?.kind === 'class' && second ? instanceOf(m, first, second, exposed, site) : undefined;
    }
    if (name === 'instanceToPlain' || name === 'classToPlain') return first ? plainOf(m, first) : undefined;
    if (name === 'instanceToInstance' || name === 'classToClass') return first;
    return undefined;
  },
};

/** `plainToInstance(X, value)`: an instance with the fields of the value, or with what the class declares. */
function instanceOf(m: Machine, cls: ClassValue, value: Value, exposed: boolean, site: CallSite): Value {
  const made = (one: Value): Value => {
    if (isEmpty(one)) return one;
    if (one.kind === 'array')
      return { ...one, items: one.items.map(made), rest: one.rest ? made(one.rest) : undefined };
    // Of what a declared type stands for, the class that is made of it says more than the constructor of its own.
    if (one.kind === 'object' && one.cls?.kind === 'class' && m.instances.get(one.cls.node) === one && !exposed)
      return filledInstance(m, cls);
    if (one.kind === 'object' && !one.open && !exposed) return { ...one, cls };
    if (one.kind === 'object' && exposed) return exposedOnly(m, cls, one);
    if (one.kind === 'input') return one;
    if (one.kind === 'typed' && m.typeMembers.element(one))
      return { kind: 'array', items: [], rest: filledInstance(m, cls) };
    if (one.kind === 'unknown' && one.shape?.kind === 'array')
      return { kind: 'array', items: [], rest: filledInstance(m, cls) };
    // Whether it is one or a list of them cannot be told from nothing.
    return one.kind === 'typed' ? filledInstance(m, cls) : unknown('spread-or-any', site.place);
  };
  const made_ = members(value).map(made);
  return made_.length === 1 ? made_[0]! : { kind: 'union', members: made_ };
}

/** A class made of other classes: a parent to extend, and a type to validate against. */
const mappedModel: Model = {
  name: 'mapped class',
  construct: () => ({ kind: 'object', props: new Map(), open: { reason: 'spread-or-any' } }),
  shape(m, self) {
    const { mapped } = self.data as MappedClassData;
    const shapes = mapped.parents.map((parent) =>
      parent.kind === 'class' ? m.types.classShape(parent) : m.types.shapeOfValue(parent),
    );
    const objects = shapes.flatMap((shape) => (shape.kind === 'object' ? [shape] : []));
    const names = fieldsOf(m, self).fields;
    const fields = new Map(
      objects
        .flatMap((shape) => [...shape.fields])
        .filter(([name]) => names.has(name))
        .map(([name, field]) => [name, mapped.how === 'partial' ? { ...field, required: false as const } : field]),
    );
    const open = objects.length < shapes.length || objects.some((shape) => shape.additional === 'unknown');
    return { kind: 'object', fields, additional: open ? 'unknown' : 'allowed', origin: self.place };
  },
};

const hows: Readonly<Record<string, MappedClass['how']>> = {
  PartialType: 'partial',
  PickType: 'pick',
  OmitType: 'omit',
  IntersectionType: 'intersection',
};

/** `PartialType(X)` and its kin; undefined for other functions. */
export function mappedType(name: string, site: CallSite): Value | undefined {
  const how = hows[name];
  if (!how) return undefined;
  const keyed = how === 'pick' || how === 'omit';
  const parents = keyed
    ? site.args.slice(0, 1)
    : site.args.filter((arg) => arg.kind === 'class' || arg.kind === 'native');
  const list = keyed ? site.args[1] : undefined;
  const texts = list?.kind === 'array' && !list.rest ? list.items.map(textOf) : undefined;
  const keys = texts?.every((text) => text !== undefined) ? (texts as string[]) : undefined;
  return native(mappedModel, new MappedClassData({ how, parents, keys }), site.place);
}

const mappedTypes: PackageModel = {
  packages: ['@nestjs/mapped-types'],
  call: (_m, external, site) => mappedType(external.path.at(-1) ?? '', site),
};

/** `createZodDto(schema)`: a class that stands for a schema. */
const zodDto: PackageModel = {
  packages: ['nestjs-zod', '@anatine/zod-nestjs'],
  call(_m, external, site) {
    const [schema] = site.args;
    if (external.path.at(-1) !== 'createZodDto' || schema?.kind !== 'native') return undefined;
    return native(
      {
        name: 'schema class',
        construct: () => ({ kind: 'object', props: new Map(), open: { reason: 'spread-or-any' } }),
        shape: (m) => m.types.shapeOfValue(schema),
        get: (_machine, _self, key) => (key === 'schema' ? schema : undefined),
        method: (machine, _self, key, inner) =>
          key === 'create' || key === 'parse'
            ? machine.call(machine.get(schema, 'parse', inner.place), inner)
            : undefined,
      },
      schema.data,
      site.place,
    );
  },
};

export const dtoPackages: readonly PackageModel[] = [classValidator, classTransformer, mappedTypes, zodDto];
