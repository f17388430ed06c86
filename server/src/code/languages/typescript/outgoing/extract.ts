// Owns the finding of outgoing calls in one module: every call of something that is a client by its import, its making or its type.
// It must not know contracts.

import ts from 'typescript';
import type { OutgoingCall } from '../../../calls.ts';
import { placeOf } from '../module.ts';
import { type Address, addressOf } from './address.ts';
import { type Client, injecting, type Takes } from './clients.ts';
import type { Evaluator } from './evaluate.ts';
import { partOfObject } from './members.ts';
import { addressArgument, throughFunction } from './through.ts';
import { behind, type Given, hole, type Prefix, type Value } from './values.ts';

/** More than that in one file is generated. */
const MOST = 2_000;

/** The calls of a file in the order of its text. */
export function outgoingCalls(source: ts.SourceFile, evaluator: Evaluator, test: boolean): readonly OutgoingCall[] {
  const found: OutgoingCall[] = [];
  const visit = (node: ts.Node): void => {
    if (found.length >= MOST || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node)) {
      const call = outgoing(node, evaluator, test);
      if (call) found.push(call);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((a, b) => a.place.start - b.place.start);
}

function outgoing(node: ts.CallExpression, evaluator: Evaluator, test: boolean): OutgoingCall | undefined {
  const direct = sent(node, evaluator, test);
  const sending = direct ?? throughFunction(node, evaluator, (inner, given) => sent(inner, evaluator, test, given));
  if (!sending?.told?.address) return undefined;
  const { client, told } = sending;
  return {
    place: placeOf(node),
    urlPlace: placeOf((direct ? told.at : addressArgument(node)) ?? node),
    method: told.method,
    ...sending.told.address,
    client: client.name,
    test: test || client.test === true,
  };
}

/** What a call is told. */
export interface Told {
  readonly method: string | undefined;
  readonly address: Address | undefined;
  /** The expression that names the address. */
  readonly at: ts.Node | undefined;
}

/** A call of a client; `told` is undefined where it names no address. */
export interface Sending {
  readonly client: Client;
  readonly told: Told | undefined;
}

function sent(node: ts.CallExpression, evaluator: Evaluator, test: boolean, given?: Given): Sending | undefined {
  const { expression: callee, arguments: args } = node;
  if (ts.isPropertyAccessExpression(callee)) {
    const name = callee.name.text;
    if (!mayBeMember(name)) return undefined;
    const holder = evaluator.evaluate(callee.expression, given);
    if (holder?.kind === 'client') {
      const { client, prefix } = holder;
      const method = client.verbs.get(name);
      if (method !== undefined) return { client, told: byVerb(evaluator, client, prefix, method, args, given) };
      if (client.senders?.includes(name) && client.takes)
        return { client, told: byTakes(evaluator, client, prefix, client.takes, args, given) };
    }
    if (!holder && name === 'inject' && test && isInjection(args[0]))
      return { client: injecting, told: byTakes(evaluator, injecting, inProcess, 'options', args, given) };
    // A function of the platform that is a member of its global object.
    if (name !== 'fetch') return undefined;
  } else if (!ts.isIdentifier(callee)) return undefined;
  const called = evaluator.evaluate(callee, given);
  if (called?.kind !== 'client' || !called.client.takes) return undefined;
  const { client, prefix } = called;
  return { client, told: byTakes(evaluator, client, prefix, called.client.takes, args, given) };
}

const inProcess: Prefix = { text: '', inProcess: true };
const members =
  /^(?:get|post|put|patch|delete|del|head|options|postForm|putForm|patchForm|request|stream|paginate|inject|fetch)$/i;

/** Members of clients have few names: whose others are is not worth looking up. */
const mayBeMember = (name: string): boolean => members.test(name);

/** Whether an argument names a method and an address, which is what an app is injected with and hardly anything else. */
function isInjection(argument: ts.Expression | undefined): boolean {
  if (!argument || !ts.isObjectLiteralExpression(argument)) return false;
  const names = argument.properties.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : ''));
  return names.includes('method') && (names.includes('url') || names.includes('path'));
}

/** `client.get(url, options)` */
function byVerb(
  evaluator: Evaluator,
  client: Client,
  prefix: Prefix,
  method: string,
  [url, ...rest]: readonly ts.Expression[],
  given: Given | undefined,
): Told | undefined {
  if (!url) return undefined;
  const options = rest
    .map((argument) => evaluator.evaluate(argument, given))
    .findLast((value) => value?.kind === 'object');
  const before = prefixed(evaluator, client, prefix, options);
  return { method, address: addressIn(evaluator.evaluate(url, given), before), at: url };
}

function byTakes(
  evaluator: Evaluator,
  client: Client,
  prefix: Prefix,
  takes: Takes,
  args: readonly ts.Expression[],
  given: Given | undefined,
): Told | undefined {
  const [first, second] = args;
  if (!first) return undefined;
  if (takes === 'second') return byTakes(evaluator, client, inProcess, 'options', args.slice(1), given);
  if (takes === 'method') {
    const method = evaluator.evaluate(first, given);
    if (!second) return { method: 'get', address: addressIn(method, prefix), at: first };
    const named = method?.kind === 'text' ? plainMethod(method.text) : undefined;
    return { method: named, address: addressIn(evaluator.evaluate(second, given), prefix), at: second };
  }
  const value = evaluator.evaluate(first, given);
  if (value?.kind === 'request') {
    const { url, options } = value;
    return {
      method: options === null ? 'get' : methodIn(evaluator, options),
      address: addressIn(url, prefix),
      at: first,
    };
  }
  const options = takes === 'options' && value?.kind === 'object' ? value : undefined;
  if (!options) {
    const settings = second && evaluator.evaluate(second, given);
    const before = prefixed(evaluator, client, prefix, settings);
    return { method: second ? methodIn(evaluator, settings) : 'get', address: addressIn(value, before), at: first };
  }
  const named = ['url', 'path'].map((name) => partOfObject(evaluator, options, name)).find((one) => one !== 'absent');
  if (!named) return undefined;
  const before = prefixed(evaluator, client, prefix, options);
  return { method: methodIn(evaluator, options), address: addressIn(named.value, before), at: urlIn(first) ?? first };
}

/** Where an object that is written in the call says the address. */
function urlIn(node: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) continue;
    if (property.name.text === 'url' || property.name.text === 'path') return property.initializer;
  }
  return undefined;
}

/** The method that options name; `get` where they name none, undefined where they may. */
function methodIn(evaluator: Evaluator, options: Value | undefined): string | undefined {
  if (options?.kind === 'nothing') return 'get';
  if (options?.kind !== 'object') return undefined;
  const part = partOfObject(evaluator, options, 'method');
  if (part === 'absent') return 'get';
  return part.value?.kind === 'text' ? plainMethod(part.value.text) : undefined;
}

const plainMethod = (method: string): string | undefined =>
  method.includes(hole) ? undefined : method.trim().toLowerCase();

/** What stands before an address when a single call says so itself. */
function prefixed(evaluator: Evaluator, { baseOption }: Client, prefix: Prefix, options: Value | undefined): Prefix {
  if (baseOption === undefined || options?.kind !== 'object') return prefix;
  const part = partOfObject(evaluator, options, baseOption);
  if (part === 'absent') return prefix;
  const text = part.value?.kind === 'text' ? part.value.text : hole;
  return { text: behind(prefix.text, text), inProcess: false };
}

const addressIn = (value: Value | undefined, prefix: Prefix): Address | undefined =>
  value?.kind === 'text' ? addressOf(prefix, value.text) : undefined;
