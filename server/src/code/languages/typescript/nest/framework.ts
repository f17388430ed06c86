// Owns Nest as the front-end sees it: apps that `NestFactory` makes, and controllers that no app is seen to have.
// It must not know how routes are made of them.

import ts from 'typescript';
import type { App } from '../../../model.ts';
import type { Framework } from '../framework.ts';
import { callFunction } from '../functions.ts';
import type { Machine } from '../machine.ts';
import type { Module } from '../module.ts';
import { isCandidatePath } from '../scan.ts';
import { type ClassValue, type FunctionNode, unknown } from '../value.ts';
import { type AppState, appsOf } from './application.ts';
import { controllerNote } from './endpoints.ts';
import { serveApp, serveLoose } from './serve.ts';

const mentioned = /['"]@nestjs\/(common|core)['"]/;
const makesApp = /NestFactory/;
const declaresController = /\bController\b/;

export const nest: Framework = {
  name: 'nest',
  wire(m, { sources, says }) {
    for (const file of sources) {
      if (!says(file, makesApp)) continue;
      const module = m.modules.module(file);
      if (module) reachApps(m, module);
    }
  },
  apps(m, surroundings) {
    const found: App[] = [];
    const owned = new Set<ts.Node>();
    for (const app of servingApps(appsOf(m), surroundings.folderOf)) {
      const served = serveApp(m, app);
      for (const module of app.graph().modules) for (const { cls } of module.controllers) owned.add(cls.node);
      if (served.routes.length === 0) continue;
      found.push(
        surroundings.app({
          framework: 'nest',
          place: app.place,
          folder: surroundings.folderOf(app.place.file),
          ...served,
        }),
      );
    }
    const loose = new Map<string, ClassValue[]>();
    for (const file of surroundings.sources) {
      if (!isCandidatePath(file, surroundings.files.roots)) continue;
      if (!surroundings.says(file, mentioned) || !surroundings.says(file, declaresController)) continue;
      const module = m.modules.module(file);
      if (!module) continue;
      for (const cls of controllersIn(m, module)) {
        if (owned.has(cls.node)) continue;
        const folder = surroundings.folderOf(file);
        loose.set(folder, [...(loose.get(folder) ?? []), cls]);
      }
    }
    for (const [folder, controllers] of loose) {
      const { node } = controllers[0]!;
      const place = { file: node.getSourceFile().fileName, start: node.getStart(), end: node.end };
      const served = serveLoose(m, controllers, `${folder}#nest`, place);
      if (served.routes.length > 0) found.push(surroundings.app({ framework: 'nest', place, folder, ...served }));
    }
    return found;
  },
};

/** Apps that listen; where none of a package is seen to, the first that it makes, since another file may start that one. */
function servingApps(apps: readonly AppState[], folderOf: (file: string) => string): readonly AppState[] {
  const chosen: AppState[] = [];
  for (const folder of new Set(apps.map((app) => folderOf(app.place.file)))) {
    const all = apps.filter((app) => folderOf(app.place.file) === folder);
    // Two branches may make the same app in two ways; what is done to it afterwards is done to both.
    const own = all.filter((app, index) => all.findIndex((other) => sameApp(other, app)) === index);
    const listening = own.filter((app) => app.listens);
    const [first] = own.filter(
      (app) => !/(^|\/)(scripts?|migrations?|seeds?|seeders?|tools|cli)\//.test(app.place.file.slice(folder.length)),
    );
    chosen.push(...(listening.length > 0 ? listening : first ? [first] : []));
  }
  return chosen;
}

function sameApp(a: AppState, b: AppState): boolean {
  if (a === b) return true;
  const sameRoot =
    a.root === b.root || (a.root.kind === 'class' && b.root.kind === 'class' && a.root.node === b.root.node);
  return sameRoot && a.place.file === b.place.file && a.listens === b.listens;
}

/** The controllers that a module declares. Classes that others extend are none unless they say so. */
function controllersIn(m: Machine, module: Module): ClassValue[] {
  const found: ClassValue[] = [];
  for (const statement of module.source.statements) {
    if (!ts.isClassDeclaration(statement) || !statement.name) continue;
    if (statement.modifiers?.some((flag) => flag.kind === ts.SyntaxKind.AbstractKeyword)) continue;
    if (!ts.getDecorators(statement)) continue;
    const cell = module.frame!.cells.get(statement.name.text);
    const value = cell && m.force(cell);
    if (value?.kind === 'class' && controllerNote(m, value)) found.push(value);
  }
  return found;
}

/** Calls the functions that make an app and that nobody seen calls. */
function reachApps(m: Machine, module: Module): void {
  const owners = new Set<FunctionNode>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isCreation(node) && !m.reached.has(node)) {
      const owner = outermost(node);
      if (owner) owners.add(owner);
    }
    ts.forEachChild(node, visit);
  };
  visit(module.source);
  for (const node of owners) {
    const args = node.parameters.map((parameter) =>
      unknown('dependency-injection', { file: module.file, start: parameter.pos, end: parameter.end }),
    );
    const place = { file: module.file, start: node.getStart(), end: node.end };
    m.bounded(module.file, () => {
      callFunction(m, { kind: 'function', node, frame: module.frame! }, undefined, {
        args,
        open: false,
        place,
        argPlaces: args.map(() => place),
        namePlace: place,
        frame: module.frame!,
      });
    });
  }
}

function isCreation(node: ts.CallExpression): boolean {
  const { expression } = node;
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === 'create' &&
    ts.isIdentifier(expression.expression) &&
    expression.expression.text === 'NestFactory'
  );
}

function outermost(node: ts.Node): FunctionNode | undefined {
  let owner: FunctionNode | undefined;
  for (let current: ts.Node | undefined = node.parent; current; current = current.parent)
    if (
      ts.isFunctionDeclaration(current) ||
      ts.isFunctionExpression(current) ||
      ts.isArrowFunction(current) ||
      ts.isMethodDeclaration(current)
    )
      owner = current;
  return owner;
}
