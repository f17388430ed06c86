// Owns method calls by the kind of their receiver: natives, lists, texts, inputs and functions.
// It must not know frameworks; their receivers answer through models.

import { callArrayMethod } from './builtins/arrays.ts';
import { callTextMethod } from './builtins/text.ts';
import { callValue } from './calls.ts';
import { hasOwn } from './containment.ts';
import { textOfError } from './error-class.ts';
import { callFunction } from './functions.ts';
import { evaluateArrayItems } from './literals.ts';
import { elementOf } from './loops.ts';
import type { Machine } from './machine.ts';
import { getMember, isWritten } from './members.ts';
import { refuseMissing } from './rows/refusals.ts';
import { callUnknown } from './unknown-calls.ts';
import { lacksMethod, unseenException } from './unseen.ts';
import type { ArrayValue, CallSite, FunctionValue, InputValue, UnknownValue, Value } from './value.ts';
import { isEmpty, undefinedValue } from './value.ts';

/** `receiver.name(…)`. */
export function callMethod(m: Machine, receiver: Value, name: string, site: CallSite): Value {
  if (m.tested && (name === 'includes' || name === 'has')) noteMembership(m, m.tested, receiver, site);
  switch (receiver.kind) {
    case 'union': {
      const present = receiver.members.filter((value) => !isEmpty(value));
      if (present.length === 1) return callMethod(m, present[0]!, name, site);
      return m.choose(present.map((member) => () => callMethod(m, member, name, site)));
    }
    case 'native': {
      const own = receiver.props.get(name);
      if (own && isWritten(own)) return callValue(m, m.force(own), site, receiver);
      const answer = receiver.model.method?.(m, receiver, name, site);
      if (answer) return answer;
      if (receiver.model.call && (name === 'call' || name === 'apply' || name === 'bind'))
        return callNativeFunction(m, receiver, name, site);
      const member = receiver.model.get?.(m, receiver, name, site.namePlace);
      return member ? callValue(m, member, site, receiver) : callUnknown(m, site, receiver);
    }
    case 'array': {
      const answer = callArrayMethod(m, receiver, name, site);
      return answer ?? callUnknown(m, site);
    }
    case 'literal':
    case 'template':
      return callTextMethod(m, receiver, name, site) ?? callUnknown(m, site);
    case 'input':
      return callInputMethod(m, receiver, name, site);
    case 'function':
      return callFunctionMethod(m, receiver, name, site);
    case 'unknown':
      if (lacksMethod(m, receiver, name, site.namePlace)) {
        m.throwValue(unseenException(site.place, []), site.place);
        return undefinedValue;
      }
      if (receiver.shape?.kind === 'array') {
        const items: ArrayValue = {
          kind: 'array',
          items: [],
          rest: elementOf(m, receiver, site.node ?? site.frame.module.source),
        };
        const answer = callArrayMethod(m, items, name, site);
        // That there is a list at all is only what the type says.
        if (answer?.kind === 'array' && receiver.shape.stated === 'type') return { ...answer, stated: 'type' };
        if (answer) return answer;
      }
      return (
        callTextMethod(m, receiver, name, site) ??
        refuseMissing(m, receiver, name, site) ??
        ofUnseen(receiver, made(name, callUnknown(m, site, receiver)))
      );
    case 'typed': {
      const items = m.typeMembers.element(receiver);
      if (items) {
        const answer = callArrayMethod(m, { kind: 'array', items: [], rest: items }, name, site);
        if (answer) return answer;
      }
      const member = getMember(m, receiver, name, site.namePlace);
      return made(name, callValue(m, member, site, receiver));
    }
    case 'external': {
      const refused = refuseMissing(m, receiver, name, site);
      if (refused) return refused;
      const member = m.modules.external({
        kind: 'external',
        package: receiver.package,
        path: [...receiver.path, name],
        place: site.place,
      });
      return callValue(m, member, site, receiver);
    }
    default: {
      const member = getMember(m, receiver, name, site.namePlace);
      const text = name === 'toString' && receiver.kind === 'object' ? textOfError(m, receiver, site) : undefined;
      return text !== undefined && member.kind !== 'function' ? text : callValue(m, member, site, receiver);
    }
  }
}

/** What `map` and `filter` give of whatever has them is a thing of its own, and never false. */
function made(name: string, result: Value): Value {
  const makes = name === 'map' || name === 'filter' || name === 'flatMap';
  return makes && result.kind === 'unknown' && !result.shape ? { ...result, truthy: true } : result;
}

/** What a method of an exception that nobody saw gives tells of that exception: the status in it is one of a package's failures. */
function ofUnseen(receiver: UnknownValue, result: Value): Value {
  return receiver.caught && !receiver.instanceOf && result.kind === 'unknown' ? { ...result, ofUnseen: true } : result;
}

/** `scopes.includes('orders:read')`: which constant is looked for. Texts are no lists. */
function noteMembership(m: Machine, tested: string[], receiver: Value, site: CallSite): void {
  const [wanted] = site.args;
  if (receiver.kind === 'literal' || receiver.kind === 'template' || receiver.kind === 'input') return;
  if (wanted?.kind !== 'literal' || typeof wanted.value !== 'string') return;
  tested.push(wanted.value);
  // The next middleware that asks has to be heard as well.
  m.particular++;
}

/** `call`, `apply` and `bind` of a native function, which knows its own receiver. */
function callNativeFunction(m: Machine, receiver: Value, name: string, site: CallSite): Value {
  if (name === 'bind') return receiver;
  if (name === 'call')
    return callValue(m, receiver, { ...site, args: site.args.slice(1), argPlaces: site.argPlaces.slice(1) });
  const items = site.args[1] ? evaluateArrayItems(m, site.args[1]) : undefined;
  return callValue(m, receiver, {
    ...site,
    args: items?.items ?? [],
    argPlaces: items?.items.map(() => site.place) ?? [],
    open: !items,
  });
}

function callFunctionMethod(m: Machine, receiver: FunctionValue, name: string, site: CallSite): Value {
  if (name === 'bind')
    return {
      ...receiver,
      self: site.args[0] ?? receiver.self,
      bound: [...(receiver.bound ?? []), ...site.args.slice(1)],
    };
  if (name === 'call')
    return callFunction(m, receiver, site.args[0], {
      ...site,
      args: site.args.slice(1),
      argPlaces: site.argPlaces.slice(1),
    });
  if (name === 'apply') {
    const items = site.args[1] ? evaluateArrayItems(m, site.args[1]) : undefined;
    return callFunction(m, receiver, site.args[0], { ...site, args: items?.items ?? [], argPlaces: [], open: !items });
  }
  return callValue(m, getMember(m, receiver, name, site.namePlace), site, receiver);
}

/** Methods of a part of the request: of arrays for body lists, of texts otherwise. */
/** `header.startsWith('Bearer ')`, `header.match(/^Basic (.+)$/)`: which kind of credentials the code expects. */
function recogniseScheme(receiver: InputValue, site: CallSite): void {
  const [wanted] = site.args;
  const text =
    wanted?.kind === 'external' && wanted.package === ':regexp'
      ? (wanted.path[0] ?? '')
      : wanted?.kind === 'literal'
        ? String(wanted.value)
        : '';
  const [scheme] = /bearer|basic/i.exec(text) ?? [];
  if (scheme) receiver.sink.recognise?.(receiver, scheme.toLowerCase() === 'basic' ? 'basic' : 'bearer');
}

function callInputMethod(m: Machine, receiver: Value & { kind: 'input' }, name: string, site: CallSite): Value {
  if (name === 'hasOwnProperty') return hasOwn(m, receiver, site.args[0], site);
  if (receiver.in === 'header' && receiver.name === 'authorization') recogniseScheme(receiver, site);
  const listLike = ['map', 'forEach', 'filter', 'some', 'every', 'find', 'reduce', 'flatMap'].includes(name);
  if (listLike) {
    const element = elementOf(m, receiver, site.node ?? site.frame.module.source);
    const answer = callArrayMethod(m, { kind: 'array', items: [], rest: element }, name, site);
    if (answer) return answer;
  }
  return callTextMethod(m, receiver, name, site) ?? callUnknown(m, site);
}
