// Owns documents: rows that are objects of a library, with fields, with methods that do not show in JSON, and with a JSON of their own.
// It must not know any one library: each says what its documents do.

import { classMember } from '../classes.ts';
import type { Machine } from '../machine.ts';
import { shapeOfValue } from '../serialise.ts';
import type { CallSite, Cell, Model, NativeValue, Value } from '../value.ts';

/** What the documents of one library, or of one model of it, do. */
export interface DocumentKind {
  /** The class of the workspace that the documents are instances of. */
  readonly cls?: Value;
  /** A member that is no field: a virtual, an internal. */
  member?(m: Machine, self: NativeValue, key: string): Value | undefined;
  method?(m: Machine, self: NativeValue, key: string, site: CallSite): Value | undefined;
  /** The plain value that the document becomes in JSON. */
  json(m: Machine, self: NativeValue): Value;
}

const kindOf = (self: NativeValue) => self.data as DocumentKind;

export const documentModel: Model = {
  name: 'document',
  holds: (self) => [...self.props.values()].flatMap((cell) => cell.value ?? []),
  get(m, self, key) {
    const kind = kindOf(self);
    const own = kind.cls?.kind === 'class' ? classMember(m, kind.cls, key, self) : undefined;
    return own && own.kind !== 'unknown' ? own : kind.member?.(m, self, key);
  },
  method(m, self, key, site) {
    if (key === '[escape]') return { kind: 'literal', value: undefined };
    const kind = kindOf(self);
    const own = kind.cls?.kind === 'class' ? classMember(m, kind.cls, key, self) : undefined;
    if (own && own.kind !== 'unknown') return m.call(own, site, self);
    return kind.method?.(m, self, key, site);
  },
  shape: (m, self) => shapeOfValue(m, jsonOf(m, self)),
  isInstance(_m, self, target) {
    let cls = kindOf(self).cls;
    for (let hops = 0; cls && hops < 12; hops++) {
      if (cls === target) return true;
      cls = cls.kind === 'class' ? cls.parent : undefined;
    }
    return undefined;
  },
};

/** What a document becomes in JSON: what its own class says, else what the library does. */
function jsonOf(m: Machine, self: NativeValue): Value {
  const kind = kindOf(self);
  const own = kind.cls?.kind === 'class' ? classMember(m, kind.cls, 'toJSON', self) : undefined;
  if (own?.kind !== 'function') return kind.json(m, self);
  const { node, frame } = own;
  const place = { file: frame.module.file, start: node.pos, end: node.end };
  return m.call(own, { args: [], open: false, place, argPlaces: [], namePlace: place, frame }, self);
}

/** A document with the given fields. */
export function documentOf(kind: DocumentKind, fields: Map<string, Cell>, site: CallSite): NativeValue {
  return { kind: 'native', model: documentModel, data: kind, place: site.place, props: fields };
}

/** Whether a value is a document. */
export const isDocument = (value: Value | undefined): value is NativeValue =>
  value?.kind === 'native' && value.model === documentModel;

/** The fields of a document as a plain object, as they are now. */
export function plainObject(m: Machine, self: NativeValue): Value {
  return {
    kind: 'object',
    props: new Map([...self.props].map(([key, cell]) => [key, { value: m.force(cell) }])),
    places: new Map(),
    place: self.place,
    born: m.arm,
  };
}
