// Owns the second look at registrations that running the modules did not reach: functions that nobody seen calls, classes that a
// container builds.
// It must not invent routes: a registration counts only when its receiver turns out to be an app or a router.

import ts from 'typescript';
import { abstractInstance, createClass } from './classes.ts';
import { createRouter, methods, routerOf } from './express/routers.ts';
import { createLooseInstance, instanceOf, isFastifyPackage, isLeftOut, looksLikeFastify } from './fastify/instances.ts';
import { callFunction } from './functions.ts';
import { createServer, isHapiPackage } from './hapi/servers.ts';
import type { Machine } from './machine.ts';
import { type Module, placeOf } from './module.ts';
import { typedValue } from './typed-values.ts';
import { type FunctionNode, type FunctionValue, unknown, type Value } from './value.ts';

const verbs = new Set<string>([...methods, 'del', 'route', 'use', 'register']);
const receivers = /^(app|router|routers?|server|api|routes?|fastify|instance|expressApp|application|r|web|svr|srv|f)$/i;

/** Says of a node whether it is worth running the function around it. */
type Wanted = (m: Machine, module: Module, node: ts.Node) => boolean;

/**
 * Calls the functions that hold unreached registrations, with what their parameters' types and names say. Apps come before routers:
 * who makes an app mounts the routers of others, which would stand alone otherwise.
 */
export function reachRegistrations(m: Machine, module: Module, what: 'apps' | 'all'): void {
  if (isLeftOut(m, module.file)) return;
  const wanted: Wanted = what === 'apps' ? startsApp : mayRegister;
  const owners = new Set<ts.Node>();
  for (const node of makingsOf(module.source)) {
    if (m.reached.has(node) || !wanted(m, module, node)) continue;
    const owner = ownerOf(node);
    if (owner) owners.add(owner);
  }
  for (const owner of owners) {
    m.bounded(module.file, () =>
      ts.isClassLike(owner) ? buildInstance(m, module, owner, wanted) : call(m, module, owner as FunctionNode),
    );
  }
}

const makings = new WeakMap<ts.SourceFile, readonly ts.Node[]>();

/** The calls and constructions of a tree inside of functions and classes, in the order of the text: nothing else registers or makes. */
function makingsOf(source: ts.SourceFile): readonly ts.Node[] {
  const known = makings.get(source);
  if (known) return known;
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ownerOf(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  makings.set(source, found);
  return found;
}

const mayRegister: Wanted = (m, module, node) => registers(node) || isTaught(m, node) || startsApp(m, module, node);

/** Whether a node makes an app, or hands the module's own app to a function that can register its routes. */
const startsApp: Wanted = (m, module, node) => {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return false;
  if (node.arguments.length === 0) return node.expression.text === 'express' && importsExpress(module);
  return node.arguments.some((argument) => ts.isIdentifier(argument) && isOwnApp(m, module, argument));
};

function importsExpress(module: Module): boolean {
  return /['"](express|ultimate-express|hyper-express)['"]/.test(module.source.text);
}

/** Whether a name is a variable of the module that holds an app. */
function isOwnApp(m: Machine, module: Module, name: ts.Identifier): boolean {
  const cell = module.frame?.cells.get(name.text);
  return cell !== undefined && cell.lazy === undefined && routerOf(m.force(cell))?.kind === 'app';
}

/** Whether a node registers routes, or makes an app that others register them for. */
function registers(node: ts.Node): boolean {
  if (makesServer(node)) return true;
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && makers.has(node.expression.text);
  return ts.isCallExpression(node) && isRegistration(node);
}

/** Whether a node calls a function that the project has taught as a registrar. */
function isTaught(m: Machine, node: ts.Node): boolean {
  if (!m.taught || !ts.isCallExpression(node)) return false;
  const { expression } = node;
  if (ts.isPropertyAccessExpression(expression)) return m.taught.has(expression.name.text);
  return ts.isIdentifier(expression) && m.taught.has(expression.text);
}

/** Whether a node makes a server of hapi or restify: `new Hapi.Server(…)`, `Hapi.server(…)`, `restify.createServer(…)`. */
function makesServer(node: ts.Node): boolean {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return false;
  const [from, name] = [expression.expression.text.toLowerCase(), expression.name.text];
  return from === 'hapi' ? /^[sS]erver$/.test(name) : from === 'restify' && name === 'createServer';
}

const makers = new Set(['Koa', 'Hono', 'OpenAPIHono']);

function isRegistration(node: ts.CallExpression): boolean {
  // A function that makes an app registers through others.
  if (ts.isIdentifier(node.expression)) return /^fastify$/i.test(node.expression.text);
  if (!ts.isPropertyAccessExpression(node.expression) || !verbs.has(node.expression.name.text)) return false;
  const [first] = node.arguments;
  if (!first) return false;
  // A plugin's registration: `register(routes)`, `register(import('./routes'))`.
  if (node.expression.name.text === 'register')
    return !ts.isStringLiteralLike(first) && /fastify/i.test(node.getSourceFile().text);
  if (ts.isStringLiteralLike(first)) return first.text.startsWith('/') && node.arguments.length > 1;
  if (ts.isTemplateExpression(first)) return node.arguments.length > 1;
  return node.expression.name.text === 'route' && ts.isObjectLiteralExpression(first);
}

/** The outermost function around a node, or the class when the function is one of its members. */
function ownerOf(node: ts.Node): ts.Node | undefined {
  let owner: ts.Node | undefined;
  for (let current: ts.Node | undefined = node.parent; current; current = current.parent) {
    if (ts.isFunctionDeclaration(current) || ts.isFunctionExpression(current) || ts.isArrowFunction(current))
      owner = current;
    if (ts.isClassLike(current)) owner = current;
  }
  return owner;
}

function call(m: Machine, module: Module, node: FunctionNode): void {
  const fn: FunctionValue = { kind: 'function', node, frame: module.frame! };
  const args = node.parameters.map((parameter) => argumentFor(m, module, parameter));
  // The options of a plugin are what its caller gives; nothing that they may hold is known.
  if (instanceOf(args[0]) && args[1]?.kind === 'unknown')
    args[1] = {
      kind: 'object',
      props: new Map(),
      open: { reason: 'dependency-injection', place: placeOf(node.parameters[1]!) },
    };
  const place = placeOf(node.name ?? node);
  m.apart(() =>
    callFunction(m, fn, undefined, {
      args,
      open: false,
      place,
      argPlaces: args.map(() => place),
      namePlace: place,
      frame: module.frame!,
    }),
  );
}

function argumentFor(m: Machine, module: Module, parameter: ts.ParameterDeclaration): Value {
  const place = placeOf(parameter);
  if (parameter.type) {
    const typed = typedValue(m, { node: parameter.type, frame: module.frame! });
    if (typed && typed.kind !== 'unknown') return typed;
  }
  if (ts.isIdentifier(parameter.name) && receivers.test(parameter.name.text)) {
    if (isHapiPackage(m, module.file)) return createServer(m, undefined, place, true);
    const fastify = looksLikeFastify(module.source.text, parameter.name.text) || isFastifyPackage(m, module.file);
    return fastify ? createLooseInstance(m, place) : createRouter(m, 'router', place);
  }
  return unknown('dependency-injection', place);
}

/** Builds an instance as a container would and calls the members that register. */
function buildInstance(m: Machine, module: Module, node: ts.ClassLikeDeclaration, wanted: Wanted): void {
  const cell = node.name ? module.frame!.cells.get(node.name.text) : undefined;
  const cls = cell ? m.force(cell) : createClass(m, node, module.frame!);
  if (cls.kind !== 'class') return;
  const self = abstractInstance(m, cls);
  for (const member of node.members) {
    const name = memberThatRuns(member);
    if (!name || !holdsUnreached(m, module, member, wanted)) continue;
    const method = m.get(self, name.text, placeOf(name));
    if (method.kind !== 'function') continue;
    const args = method.node.parameters.map((parameter) => argumentFor(m, module, parameter));
    const place = placeOf(name);
    m.apart(() =>
      callFunction(m, method, self, {
        args,
        open: false,
        place,
        argPlaces: args.map(() => place),
        namePlace: place,
        frame: module.frame!,
      }),
    );
  }
}

/** The name of a method, or of a field that holds a function. */
function memberThatRuns(member: ts.ClassElement): ts.Identifier | ts.PrivateIdentifier | undefined {
  const runs =
    (ts.isMethodDeclaration(member) && member.body) ||
    (ts.isPropertyDeclaration(member) && member.initializer && ts.isArrowFunction(member.initializer));
  const { name } = member;
  return runs && name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name : undefined;
}

function holdsUnreached(m: Machine, module: Module, node: ts.Node, wanted: Wanted): boolean {
  let found = false;
  const visit = (inner: ts.Node): void => {
    if (wanted(m, module, inner) && !m.reached.has(inner)) found = true;
    if (!found) ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}
