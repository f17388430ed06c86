// Owns dependency injection: which value a token stands for in a module, and instances with what their constructors ask for.
// It must not know routes. What no provider of the workspace explains is unknown for the reason `dependency-injection`.

import ts from 'typescript';
import type { Place } from '../../../../base/place.ts';
import { abstractInstance, initialise } from '../classes.ts';
import type { Machine } from '../machine.ts';
import { placeOf } from '../module.ts';
import { resolveName } from '../type-names.ts';
import { typedValue } from '../typed-values.ts';
import {
  type CallSite,
  type Cell,
  type ClassValue,
  type Frame,
  isEmpty,
  type ObjectValue,
  undefinedValue,
  unknown,
  type Value,
} from '../value.ts';
import { busOf } from './buses.ts';
import type { ModuleNode } from './module-graph.ts';
import { lastNote, notesOf } from './notes.ts';
import { createReflector } from './reflector.ts';
import { resolveForwardRef, tokenKey } from './tokens.ts';

interface Provided {
  readonly provider: Value;
  readonly module: ModuleNode;
}

/** Providers are made once, in the module that provides them. */
export class Injector {
  /** By the frame, too: a class that a function makes is another one with each call of the function. */
  private readonly instances = new Map<ts.Node, Map<Frame, Map<ModuleNode | undefined, ObjectValue>>>();
  private readonly made = new Map<Value, Value>();
  private readonly found = new Map<ModuleNode | undefined, Map<string, Provided | undefined>>();
  private depth = 0;

  constructor(
    private readonly m: Machine,
    /** Every module of the app, in the order of registration. */
    readonly modules: () => readonly ModuleNode[],
  ) {}

  /** The value of a token as seen from a module; undefined when no provider is known. */
  resolve(token: Value, home: ModuleNode | undefined): Value | undefined {
    const target = resolveForwardRef(this.m, token);
    const key = tokenKey(target);
    const found = key === undefined ? undefined : this.provider(key, home);
    if (found) return this.provide(found.provider, target, found.module);
    if (target.kind === 'class') return this.instantiate(target, home);
    return undefined;
  }

  /** An instance of a class with its dependencies; one for each module that asks. */
  instantiate(cls: ClassValue, home: ModuleNode | undefined): Value {
    const byModule = entryOf(
      entryOf(this.instances, cls.node, () => new Map<Frame, Map<ModuleNode | undefined, ObjectValue>>()),
      cls.frame,
      () => new Map<ModuleNode | undefined, ObjectValue>(),
    );
    const known = byModule.get(home);
    if (known) return known;
    if (this.depth > 40) return abstractInstance(this.m, cls);
    const place = placeOf(cls.node.name ?? cls.node);
    const instance: ObjectValue = { kind: 'object', props: new Map(), places: new Map(), cls, place, born: 0 };
    // Whoever needs it while it is made gets it as it is: that is how circular dependencies end.
    byModule.set(home, instance);
    this.aside(cls.frame.module.file, () => {
      this.construct(cls, instance, home, place);
      return instance;
    });
    return instance;
  }

  private construct(cls: ClassValue, instance: ObjectValue, home: ModuleNode | undefined, place: Place): void {
    const owner = ownerOfConstructor(cls);
    const construction = owner && constructorOf(owner);
    const parameters = construction?.parameters ?? [];
    const lazy = (construction?.body?.statements.length ?? 0) === 0;
    const inject = (): void => {
      for (const parameter of parameters) {
        if (!ts.isIdentifier(parameter.name) || !ts.isParameterPropertyDeclaration(parameter, parameter.parent))
          continue;
        instance.props.set(
          parameter.name.text,
          this.cell(() => this.argument(parameter, owner!, home)),
        );
      }
      this.injectProperties(cls, instance, home);
    };
    // Fields may look at what is injected before the constructor's own statements run.
    inject();
    const args = parameters.map((parameter) =>
      lazy ? unknown('dependency-injection', placeOf(parameter)) : this.argument(parameter, owner!, home),
    );
    initialise(this.m, cls, instance, {
      args,
      open: false,
      place,
      argPlaces: args.map(() => place),
      namePlace: place,
      frame: cls.frame,
    });
    if (lazy) inject();
  }

  /** A field that is resolved when somebody looks at it, and that says from which files its value comes. */
  private cell(resolve: () => Value): Cell {
    const cell: Cell = { value: undefined };
    cell.lazy = () => {
      const outer = this.m.touched;
      this.m.touched = new Set();
      try {
        return resolve();
      } finally {
        cell.sources = [...this.m.touched];
        for (const file of this.m.touched) outer.add(file);
        this.m.touched = outer;
      }
    };
    return cell;
  }

  /** Work that belongs to no request: it has a budget of its own, and nothing of it is undone with a branch. */
  private aside(file: string, work: () => Value): Value | undefined {
    let result: Value | undefined;
    this.depth++;
    try {
      this.m.bounded(file, () => {
        result = work();
      });
    } finally {
      this.depth--;
    }
    return result;
  }

  /** What a constructor's parameter is given: a stand-in that is resolved when somebody looks at it. */
  private argument(parameter: ts.ParameterDeclaration, owner: ClassValue, home: ModuleNode | undefined): Value {
    const inject = lastNote(notesOf(this.m, parameter, owner.frame), 'Inject');
    const token = inject?.args[0];
    const given = this.dependency(token, parameter.type, owner.frame, home, placeOf(parameter));
    // What nobody provides is what the constructor itself falls back on.
    const missing = given.kind === 'unknown' && given.reason === 'dependency-injection' && !token;
    return missing && parameter.initializer ? this.m.evaluate(parameter.initializer, owner.frame) : given;
  }

  private dependency(
    token: Value | undefined,
    type: ts.TypeNode | undefined,
    frame: Frame,
    home: ModuleNode | undefined,
    place: Place,
  ): Value {
    if (token && !isEmpty(token)) {
      const resolved = this.resolve(token, home);
      if (resolved) return resolved;
    } else if (type && ts.isTypeReferenceNode(type)) {
      const named = resolveName(this.m, type.typeName, frame);
      if (named?.kind === 'class') {
        const resolved = this.resolve(named.cls, home);
        if (resolved) return resolved;
      }
      if (named?.kind === 'package') {
        const own = this.ofPackage(named.package, named.path.at(-1) ?? '', home);
        if (own) return own;
        const provided = this.provider(`e:${named.package}/${named.path.join('/')}`, home);
        if (provided) return this.provide(provided.provider, undefinedValue, provided.module);
      }
    }
    return (type && typedValue(this.m, { node: type, frame })) ?? unknown('dependency-injection', place);
  }

  private ofPackage(packageName: string, name: string, home: ModuleNode | undefined): Value | undefined {
    if (packageName === '@nestjs/core' && name === 'Reflector') return createReflector();
    if (packageName === '@nestjs/core' && name === 'ModuleRef') return this.moduleRef(home);
    if (packageName === '@nestjs/cqrs') return busOf(this.m, name, this);
    return undefined;
  }

  /** `ModuleRef` and the app itself: `get(token)`. */
  moduleRef(home: ModuleNode | undefined): Value {
    return {
      kind: 'native',
      data: undefined,
      props: new Map(),
      model: {
        name: 'module reference',
        method: (_m, _self, key, site) => {
          // What is made for one request is given it to hold on to, and reads nothing of it there.
          if (key === 'registerRequestByContextId') return undefinedValue;
          if (key !== 'get' && key !== 'resolve' && key !== 'create') return undefined;
          const [token] = site.args;
          return (token && this.resolve(token, home)) ?? unknown('dependency-injection', site.place);
        },
      },
    };
  }

  /** `@Inject()` on properties. */
  private injectProperties(cls: ClassValue, self: ObjectValue, home: ModuleNode | undefined): void {
    for (let current: Value | undefined = cls, hops = 0; current?.kind === 'class' && hops < 12; hops++) {
      const { frame, node } = current;
      for (const member of node.members) {
        if (!ts.isPropertyDeclaration(member) || !ts.isIdentifier(member.name)) continue;
        const inject = lastNote(notesOf(this.m, member, frame), 'Inject');
        if (!inject) continue;
        self.props.set(
          member.name.text,
          this.cell(() => this.dependency(inject.args[0], member.type, frame, home, placeOf(member))),
        );
      }
      current = current.parent;
    }
  }

  /** The provider of a token: of the module itself, of what it imports, else of any module of the app. */
  private provider(key: string, home: ModuleNode | undefined): Provided | undefined {
    const known = this.found.get(home) ?? new Map<string, Provided | undefined>();
    this.found.set(home, known);
    if (!known.has(key)) known.set(key, this.search(key, home));
    return known.get(key);
  }

  private search(key: string, home: ModuleNode | undefined): Provided | undefined {
    const seen = new Set<ModuleNode>();
    const queue = home ? [home] : [];
    for (let module = queue.shift(); module; module = queue.shift()) {
      if (seen.has(module)) continue;
      seen.add(module);
      const provider = module.providers.get(key);
      if (provider) return { provider, module };
      queue.push(...module.imports);
    }
    for (const module of this.modules()) {
      const provider = seen.has(module) ? undefined : module.providers.get(key);
      if (provider) return { provider, module };
    }
    return undefined;
  }

  /** What a provider written as an object gives. */
  fromProvider(provider: Value, module: ModuleNode): Value {
    return this.provide(provider, unknown('dependency-injection'), module);
  }

  private provide(provider: Value, token: Value, module: ModuleNode): Value {
    if (provider.kind === 'class') return this.instantiate(provider, module);
    if (provider.kind !== 'object')
      return unknown('dependency-injection', provider.kind === 'unknown' ? provider.place : undefined);
    const known = this.made.get(provider);
    if (known) return known;
    const value = this.custom(provider, token, module);
    this.made.set(provider, value);
    return value;
  }

  private custom(provider: ObjectValue, token: Value, module: ModuleNode): Value {
    const { m } = this;
    const place = provider.place ?? { file: '', start: 0, end: 0 };
    const field = (key: string): Value => m.get(provider, key, place);
    const cls = resolveForwardRef(m, field('useClass'));
    if (cls.kind === 'class') return this.instantiate(cls, module);
    const value = provider.props.has('useValue') ? field('useValue') : undefined;
    if (value) return value;
    const existing = field('useExisting');
    if (!isEmpty(existing)) return this.resolve(existing, module) ?? unknown('dependency-injection', place);
    const factory = field('useFactory');
    if (factory.kind === 'function') return this.fromFactory(factory, field('inject'), module, place);
    return token.kind === 'class' ? abstractInstance(m, token) : unknown('dependency-injection', place);
  }

  private fromFactory(factory: Value, inject: Value, module: ModuleNode, place: Place): Value {
    const tokens = inject.kind === 'array' ? inject.items : [];
    const args = tokens.map((one) => {
      const token = one.kind === 'object' ? this.m.get(one, 'token', place) : one;
      return this.resolve(token, module) ?? unknown('dependency-injection', place);
    });
    const site: CallSite = {
      args,
      open: inject.kind === 'array' && inject.rest !== undefined,
      place,
      argPlaces: args.map(() => place),
      namePlace: place,
      frame: this.m.globals,
    };
    return this.aside(place.file, () => this.m.call(factory, site)) ?? unknown('dependency-injection', place);
  }
}

function constructorOf(cls: ClassValue): ts.ConstructorDeclaration | undefined {
  return cls.node.members.find(
    (member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && !!member.body,
  );
}

function ownerOfConstructor(cls: ClassValue): ClassValue | undefined {
  for (let current: Value | undefined = cls, hops = 0; current?.kind === 'class' && hops < 12; hops++) {
    if (current.node.members.some((member) => ts.isConstructorDeclaration(member) && member.body)) return current;
    current = current.parent;
  }
  return undefined;
}

function entryOf<Key, Entry>(map: Map<Key, Entry>, key: Key, make: () => Entry): Entry {
  const entry = map.get(key) ?? make();
  map.set(key, entry);
  return entry;
}
