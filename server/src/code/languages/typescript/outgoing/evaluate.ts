// Owns the looking up of what an expression is, through names, imports, members and calls of functions of the workspace.
// It runs nothing: what is not written down as one value is unknown. It must not know contracts.

import ts from 'typescript';
import { exportedBy, injectionChain, platformFetch } from './clients.ts';
import { made, typedValue } from './making.ts';
import { enclosingClass, memberOfClass, memberOfEnum, memberOfObject } from './members.ts';
import type { Modules } from './modules.ts';
import { returnsOf } from './result.ts';
import type { Named } from './scopes.ts';
import { behind, type Given, hole, joined, text, used, type Value, written } from './values.ts';

const DEEPEST = 40;
/** Looks at expressions for one file; no text that a hand wrote comes near. */
const STEPS = 50_000;

/** Evaluates expressions of the modules of one snapshot. */
export class Evaluator {
  private readonly known = new Map<ts.Node, Value | undefined>();
  private steps = STEPS;
  private depth = 0;

  constructor(readonly modules: Modules) {}

  /** Begins with another file: what was found for one is not kept for the next, so that their order does not matter. */
  begin(): void {
    this.known.clear();
    this.steps = STEPS;
  }

  /** What an expression is; undefined when that is not written down. */
  evaluate(node: ts.Expression, given?: Given): Value | undefined {
    if (this.depth >= DEEPEST || this.steps-- <= 0) return undefined;
    if (!given && this.known.has(node)) return this.known.get(node);
    // Whoever needs himself is not known.
    if (!given) this.known.set(node, undefined);
    this.depth++;
    const value = this.find(node, given);
    this.depth--;
    if (!given) this.known.set(node, value);
    return value;
  }

  private find(node: ts.Expression, given: Given | undefined): Value | undefined {
    if (ts.isStringLiteralLike(node)) return text(node.text);
    if (ts.isNumericLiteral(node)) return { kind: 'text', text: node.text, counts: true };
    if (ts.isTemplateExpression(node)) {
      const parts = node.templateSpans.flatMap(({ expression, literal }) => [
        written(this.evaluate(expression, given)),
        literal.text,
      ]);
      return text(joined([node.head.text, ...parts]));
    }
    if (ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node) || isAssertion(node))
      return this.evaluate(node.expression, given);
    if (ts.isBinaryExpression(node)) return this.binary(node, given);
    if (ts.isIdentifier(node)) return this.named(node, given);
    if (ts.isPropertyAccessExpression(node)) return this.property(node, node.expression, node.name.text, given);
    if (ts.isElementAccessExpression(node)) {
      const name = this.evaluate(node.argumentExpression, given);
      return name?.kind === 'text' ? this.property(node, node.expression, name.text, given) : undefined;
    }
    if (ts.isCallExpression(node)) return this.call(node, given);
    if (ts.isNewExpression(node)) return this.construct(node, given);
    if (ts.isObjectLiteralExpression(node)) return { kind: 'object', node, given };
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return { kind: 'function', node, given };
    if (ts.isClassExpression(node)) return { kind: 'class', node };
    return undefined;
  }

  private binary({ left, right, operatorToken }: ts.BinaryExpression, given: Given | undefined): Value | undefined {
    const { PlusToken, BarBarToken, QuestionQuestionToken, EqualsToken } = ts.SyntaxKind;
    switch (operatorToken.kind) {
      case PlusToken: {
        const sides = [this.evaluate(left, given), this.evaluate(right, given)];
        return sides.some((side) => side?.kind === 'text' && !side.counts)
          ? text(joined(sides.map(written)))
          : undefined;
      }
      case BarBarToken:
      case QuestionQuestionToken: {
        const first = this.evaluate(left, given);
        // What the environment may say otherwise is not known; a text of one's own is never absent.
        return first?.kind === 'text' && first.text !== '' ? first : undefined;
      }
      case EqualsToken:
        return this.evaluate(right, given);
      default:
        return undefined;
    }
  }

  private named(node: ts.Identifier, given: Given | undefined): Value | undefined {
    const { fileName } = node.getSourceFile();
    const named = this.modules.scopesOf(fileName)?.lookup(node.text, node);
    if (!named) return node.text === 'fetch' ? used(platformFetch) : undefined;
    return this.meant(named, fileName, given);
  }

  /** What a declaration gives its name. */
  private meant(named: Named, file: string, given: Given | undefined): Value | undefined {
    switch (named.kind) {
      case 'import':
        return this.imported(named.specifier, named.name, file);
      case 'function':
        return { kind: 'function', node: named.node, given };
      case 'class':
        return { kind: 'class', node: named.node };
      case 'enum':
        return { kind: 'enum', node: named.node };
      case 'parameter': {
        const { declaration, path } = named;
        const value = given?.get(declaration) ?? typedValue(this, declaration.type) ?? this.fixture(declaration);
        return this.taken(value, path);
      }
      case 'variable': {
        const value = this.modules.scopesOf(file)?.valueOf(named);
        const found = value && this.evaluate(value, given);
        return this.taken(found ?? typedValue(this, named.declaration.type), named.path);
      }
    }
  }

  /** What a function of a test is handed by the one that runs it. */
  private fixture({ parent }: ts.ParameterDeclaration): Value | undefined {
    const isArgument = ts.isCallExpression(parent.parent) && ts.isFunctionLike(parent) && parent.parameters.length > 0;
    if (!isArgument || !ts.isCallExpression(parent.parent)) return undefined;
    let callee: ts.Expression = parent.parent.expression;
    while (ts.isPropertyAccessExpression(callee)) callee = callee.expression;
    const caller = this.evaluate(callee);
    if (caller?.kind !== 'exported' || caller.exported.kind !== 'fixtures') return undefined;
    return { kind: 'exported', exported: { kind: 'group', members: caller.exported.members } };
  }

  private taken(value: Value | undefined, path: readonly string[]): Value | undefined {
    return path.reduce<Value | undefined>((whole, name) => whole && this.member(whole, name), value);
  }

  /** What an import of a module gives; `null` for the module as a whole. */
  imported(specifier: string, name: string | null, from: string): Value | undefined {
    const resolution = this.modules.resolver.resolve(specifier, from);
    if (resolution.kind === 'package') {
      const whole = resolution.subpath === '' ? resolution.name : `${resolution.name}/${resolution.subpath}`;
      const exported = exportedBy(whole, name);
      return exported && used(exported);
    }
    if (resolution.kind === 'missing') return undefined;
    if (name === null || name === '=') {
      const assigned = name === '=' ? this.modules.module(resolution.file)?.scopes.exported.get('=') : undefined;
      return assigned ? this.evaluate(assigned) : { kind: 'module', file: resolution.file };
    }
    return this.exportOf(resolution.file, name);
  }

  /** What a module of the workspace exports under a name. */
  private exportOf(file: string, name: string, seen: ReadonlySet<string> = new Set()): Value | undefined {
    const read = this.modules.module(file);
    if (!read || seen.has(file)) return undefined;
    const { module, scopes } = read;
    const entry = module.exports.get(name);
    const through = new Set([...seen, file]);
    if (entry?.kind === 'local') {
      const named = scopes.lookup(entry.name, module.source);
      return named && this.meant(named, file, undefined);
    }
    if (entry?.kind === 'expression') return this.evaluate(entry.node);
    if (entry?.kind === 'reexport') return this.imported(entry.specifier, entry.name, file);
    if (entry?.kind === 'namespace') return this.imported(entry.specifier, null, file);
    const assigned = scopes.exported.get(name) ?? (name === 'default' ? scopes.exported.get('=') : undefined);
    if (assigned) return this.evaluate(assigned);
    const whole = scopes.exported.get('=');
    if (whole) {
      const value = this.evaluate(whole);
      return value && this.member(value, name);
    }
    for (const specifier of module.starExports) {
      const resolution = this.modules.resolver.resolve(specifier, file);
      const found = resolution.kind === 'file' ? this.exportOf(resolution.file, name, through) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  private property(
    node: ts.Expression,
    holder: ts.Expression,
    name: string,
    given: Given | undefined,
  ): Value | undefined {
    if (holder.kind === ts.SyntaxKind.ThisKeyword) {
      const around = enclosingClass(node);
      return around && memberOfClass(this, around, name, false);
    }
    if (name === 'fetch' && ts.isIdentifier(holder) && /^(?:globalThis|window|self|global)$/.test(holder.text)) {
      const shadowed = this.modules.scopesOf(holder.getSourceFile().fileName)?.lookup(holder.text, holder);
      if (!shadowed) return used(platformFetch);
    }
    const whole = this.evaluate(holder, given);
    return whole && this.member(whole, name);
  }

  /** A member of a value that is not called. */
  member(whole: Value, name: string): Value | undefined {
    switch (whole.kind) {
      case 'object':
        return memberOfObject(this, whole, name);
      case 'enum':
        return memberOfEnum(this, whole.node, name);
      case 'class':
      case 'instance':
        return memberOfClass(this, whole.node, name, whole.kind === 'class');
      case 'module':
        return this.exportOf(whole.file, name);
      case 'text':
        // Of an address that is kept as an object.
        return name === 'href' ? whole : undefined;
      case 'client':
        if (name === 'default') return whole;
        // What HTTP modules of frameworks wrap.
        return name === 'axiosRef' ? whole : undefined;
      case 'exported': {
        const { exported } = whole;
        if (name === 'default') return whole;
        const members = 'members' in exported ? exported.members : undefined;
        const found = members && Object.hasOwn(members, name) ? members[name] : undefined;
        return found && used(found);
      }
      default:
        return undefined;
    }
  }

  private call(node: ts.CallExpression, given: Given | undefined): Value | undefined {
    const { expression: callee, arguments: args } = node;
    if (ts.isIdentifier(callee) && callee.text === 'require' && args[0] && ts.isStringLiteralLike(args[0]))
      return this.imported(args[0].text, '=', node.getSourceFile().fileName);
    if (ts.isPropertyAccessExpression(callee)) {
      const { name } = callee;
      const holder = this.evaluate(callee.expression, given);
      if (holder?.kind === 'text' && /^(?:toString|trim|valueOf)$/.test(name.text)) return holder;
      if (holder?.kind === 'client') {
        const base = holder.client.makers?.get(name.text);
        if (base) return made(this, holder.client, base, args, given, holder.prefix);
        if (name.text === 'inject' && args.length === 0 && holder.client.senders?.includes('inject'))
          return { kind: 'client', client: injectionChain, prefix: { text: '', inProcess: true } };
        return undefined;
      }
    }
    if (ts.isIdentifier(callee) && callee.text === 'String' && args[0]) return this.evaluate(args[0], given);
    const value = this.evaluate(callee, given);
    if (value?.kind === 'function') return this.returned(value, args, given);
    if (value?.kind === 'exported') return this.madeBy(value.exported, args, given);
    return undefined;
  }

  private madeBy(
    exported: Extract<Value, { kind: 'exported' }>['exported'],
    args: readonly ts.Expression[],
    given: Given | undefined,
  ): Value | undefined {
    if (exported.kind === 'maker') return made(this, exported.client, exported.base, args, given);
    if (exported.kind === 'app-maker')
      return { kind: 'client', client: exported.client, prefix: { text: '', inProcess: true } };
    return undefined;
  }

  private construct(node: ts.NewExpression, given: Given | undefined): Value | undefined {
    const args = node.arguments ?? [];
    if (ts.isIdentifier(node.expression)) {
      const { text: name } = node.expression;
      const own = this.modules.scopesOf(node.getSourceFile().fileName)?.lookup(name, node.expression);
      if (!own && name === 'URL') return this.url(args, given);
      if (!own && name === 'Request') {
        const [url, options] = args;
        return {
          kind: 'request',
          url: url && this.evaluate(url, given),
          options: options ? this.evaluate(options, given) : null,
        };
      }
    }
    const value = this.evaluate(node.expression, given);
    if (value?.kind === 'class') return { kind: 'instance', node: value.node };
    return value?.kind === 'exported' ? this.madeBy(value.exported, args, given) : undefined;
  }

  private url([path, base]: readonly ts.Expression[], given: Given | undefined): Value | undefined {
    const address = path && this.evaluate(path, given);
    if (!base || address?.kind !== 'text') return address;
    const prefix = written(this.evaluate(base, given));
    // A path from the root on replaces the one of the base.
    const origin = address.text.startsWith('/') ? (/^[a-z]+:\/\/[^/]*/i.exec(prefix)?.[0] ?? hole) : prefix;
    return text(behind(origin, address.text));
  }

  /** What a function gives back for these arguments, where it has one way to. */
  private returned(
    called: Extract<Value, { kind: 'function' }>,
    args: readonly ts.Expression[],
    given: Given | undefined,
  ): Value | undefined {
    const [result, ...others] = returnsOf(called.node);
    return result && others.length === 0 ? this.evaluate(result, this.givenTo(called, args, given)) : undefined;
  }

  /** What the parameters of a function are for a call with these arguments. */
  givenTo(
    { node, given: around }: Extract<Value, { kind: 'function' }>,
    args: readonly ts.Expression[],
    given: Given | undefined,
  ): Given {
    const own = new Map<ts.ParameterDeclaration, Value | undefined>(around ?? []);
    const spread = args.some(ts.isSpreadElement);
    for (const [index, parameter] of node.parameters.entries()) {
      const argument = args[index] ?? parameter.initializer;
      if (spread || parameter.dotDotDotToken) own.set(parameter, undefined);
      else own.set(parameter, argument ? this.evaluate(argument, given) : { kind: 'nothing' });
    }
    return own;
  }
}

const isAssertion = (
  node: ts.Expression,
): node is ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression | ts.TypeAssertion =>
  ts.isAsExpression(node) ||
  ts.isSatisfiesExpression(node) ||
  ts.isNonNullExpression(node) ||
  ts.isTypeAssertionExpression(node);
