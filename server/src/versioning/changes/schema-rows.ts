// Owns the kinds of change of schemas: each stands once for what a client sends and once for what it receives.
// It must not know how they are found.

import type { ChangeRow, Convention, Effect, Family, Polarity } from './row.ts';

type Conventions = Partial<Readonly<Record<Polarity, Convention>>>;
/** `only`: the fact is told apart for values that travel this way alone. */
type Fact = readonly [name: string, effect: Effect, says: string, conventions?: Conventions, only?: Polarity];

const unread: Convention = {
  level: 'risky',
  because: 'clients go on sending it, and the definition does not say whether it is still acted upon',
};
const unsent: Convention = {
  level: 'compatible',
  because: 'no client that keeps to the contract sends a property that the contract did not name',
};
const strictReader: Convention = {
  level: 'risky',
  because: 'only a client that refuses unknown properties, as the contract told it to, notices',
};
const tolerantReader: Convention = {
  level: 'compatible',
  because:
    'all that the contract named before is still there; a client that refuses what it does not know takes the new contract with the minor version',
};
const missed: Convention = {
  level: 'breaking',
  because: 'a client reads what the contract names; that the object was closed does not help it',
};
const unhandled: Convention = {
  level: 'risky',
  because:
    'clients that handle every value break, clients that expect more values do not, and the definition does not say which they are',
};
const announced: Convention = {
  level: 'compatible',
  because: 'the list was declared as one that may grow',
};
const assumed: Convention = {
  level: 'risky',
  because: 'the same request is accepted and now means something else',
};
const demandedAnyway: Convention = {
  level: 'breaking',
  because: 'a default in the schema does not say that the server fills it in when a required property is absent',
};
const ignoredOnWrite: Convention = {
  level: 'risky',
  because: 'clients that send it are no longer listened to',
};
const noLongerSent: Convention = { level: 'breaking', because: 'it is absent from every response from now on' };
const nowSent: Convention = { level: 'compatible', because: 'it joins the responses as any new property does' };
const nowWritable: Convention = { level: 'compatible', because: 'clients may send it from now on' };
const choosesBranch: Convention = {
  level: 'risky',
  because: 'the values are the same, but what tells the alternatives apart for generated clients is not',
};
const deprecates: Convention = {
  level: 'compatible',
  because: 'semantic versioning asks for a minor version when something becomes deprecated',
};

const properties: readonly Fact[] = [
  ['property-added', 'narrows', 'The optional property `{name}` was added', { request: unsent }],
  ['required-property-added', 'narrows', 'The required property `{name}` was added'],
  [
    'required-property-added-with-default',
    'narrows',
    'The required property `{name}` was added with the default {after}',
    { request: demandedAnyway },
  ],
  [
    'property-added-to-closed',
    'widens',
    'The property `{name}` was added to a closed object',
    { response: tolerantReader },
  ],
  ['property-removed', 'widens', 'The property `{name}` was removed', { request: unread }],
  [
    'property-removed-from-closed',
    'narrows',
    'The property `{name}` was removed from a closed object',
    { response: missed },
  ],
  ['property-became-required', 'narrows', 'The property `{name}` became required'],
  [
    'property-became-required-with-default',
    'narrows',
    'The property `{name}`, which has the default {after}, became required',
    { request: demandedAnyway },
  ],
  ['property-became-optional', 'widens', 'The property `{name}` became optional'],
  ['additional-properties-forbidden', 'narrows', 'Properties that are not named are no longer allowed'],
  [
    'additional-properties-allowed',
    'widens',
    'Properties that are not named are now allowed',
    { response: strictReader },
  ],
  ['additional-properties-constrained', 'narrows', 'Properties that are not named now have a schema'],
  ['additional-properties-unconstrained', 'widens', 'Properties that are not named no longer have a schema'],
  ['pattern-property-added', 'narrows', 'Properties that match `{name}` now have a schema of their own'],
  ['pattern-property-removed', 'widens', 'Properties that match `{name}` no longer have a schema of their own'],
  ['property-names-constrained', 'narrows', 'Property names now have a schema'],
  ['property-names-unconstrained', 'widens', 'Property names no longer have a schema'],
  ['unevaluated-properties-constrained', 'narrows', 'Unevaluated properties are now constrained'],
  ['unevaluated-properties-unconstrained', 'widens', 'Unevaluated properties are no longer constrained'],
  ['dependent-required-added', 'narrows', 'With `{name}`, {after} is now required too'],
  ['dependent-required-removed', 'widens', 'With `{name}`, {before} is no longer required'],
  ['dependent-schema-added', 'narrows', 'With `{name}`, a further schema now holds'],
  ['dependent-schema-removed', 'widens', 'With `{name}`, no further schema holds any more'],
];

const types: readonly Fact[] = [
  ['type-widened', 'widens', 'The type {before} became {after}'],
  ['type-narrowed', 'narrows', 'The type {before} became {after}'],
  ['type-changed', 'disjoint', 'The type {before} became {after}'],
  ['became-nullable', 'widens', 'The value may now be null'],
  ['became-not-nullable', 'narrows', 'The value may no longer be null'],
  ['type-stated', 'annotation', 'The type {after} is now written down, as the other keywords implied'],
  ['schema-forbidden', 'narrows', 'No value is accepted any more'],
  ['schema-allowed', 'widens', 'Values are accepted where none was'],
];

const values: readonly Fact[] = [
  ['enum-added', 'narrows', 'The values are now limited to {after}'],
  ['enum-removed', 'widens', 'The values are no longer limited to {before}'],
  ['enum-value-added', 'widens', '{after} joined the allowed values', { response: unhandled }],
  ['enum-value-removed', 'narrows', '{before} left the allowed values'],
  ['enum-replaced', 'disjoint', 'The allowed values {before} became {after}'],
  ['const-changed', 'disjoint', 'The constant {before} became {after}'],
  [
    'extensible-enum-value-added',
    'annotation',
    '{after} joined the values of an extensible list',
    { response: announced, request: announced },
  ],
  ['extensible-enum-value-removed', 'unknown', '{before} left the values of an extensible list'],
  ['format-added', 'narrows', 'The format {after} is now demanded'],
  ['format-removed', 'widens', 'The format {before} is no longer promised'],
  ['format-widened', 'widens', 'The format {before} became {after}'],
  ['format-narrowed', 'narrows', 'The format {before} became {after}'],
  ['format-changed', 'disjoint', 'The format {before} became {after}'],
  ['format-hint-changed', 'unknown', 'The format {before} became {after}'],
  ['format-noted', 'annotation', 'The format {before} became {after}, which refuses no value'],
  ['pattern-added', 'narrows', 'The pattern {after} now holds'],
  ['pattern-removed', 'widens', 'The pattern {before} no longer holds'],
  ['pattern-changed', 'unknown', 'The pattern {before} became {after}'],
];

/** Every bound can come and go, and move either way. */
const bounds: readonly Fact[] = (
  [
    ['minimum', 'minimum', 'lower'],
    ['min-length', 'least length', 'lower'],
    ['min-items', 'least number of items', 'lower'],
    ['min-properties', 'least number of properties', 'lower'],
    ['min-contains', 'least number of contained items', 'lower'],
    ['maximum', 'maximum', 'upper'],
    ['max-length', 'greatest length', 'upper'],
    ['max-items', 'greatest number of items', 'upper'],
    ['max-properties', 'greatest number of properties', 'upper'],
    ['max-contains', 'greatest number of contained items', 'upper'],
  ] as const
).flatMap(([id, noun, side]): Fact[] => {
  const up: Effect = side === 'lower' ? 'narrows' : 'widens';
  const down: Effect = side === 'lower' ? 'widens' : 'narrows';
  return [
    [`${id}-added`, 'narrows', `The ${noun} is now {after}`],
    [`${id}-removed`, 'widens', `The ${noun} {before} no longer holds`],
    [`${id}-increased`, up, `The ${noun} rose from {before} to {after}`],
    [`${id}-decreased`, down, `The ${noun} fell from {before} to {after}`],
  ];
});

const constraints: readonly Fact[] = [
  ...bounds,
  ['multiple-of-added', 'narrows', 'The value must now be a multiple of {after}'],
  ['multiple-of-removed', 'widens', 'The value need no longer be a multiple of {before}'],
  ['multiple-of-narrowed', 'narrows', 'The value must now be a multiple of {after}, where {before} was enough'],
  ['multiple-of-widened', 'widens', 'The value need only be a multiple of {after}, not of {before}'],
  ['multiple-of-changed', 'unknown', 'The value must be a multiple of {after}, no longer of {before}'],
];

const arrays: readonly Fact[] = [
  ['unique-items-added', 'narrows', 'The items must now be unique'],
  ['unique-items-removed', 'widens', 'The items need no longer be unique'],
  ['items-constrained', 'narrows', 'The items now have a schema'],
  ['items-unconstrained', 'widens', 'The items no longer have a schema'],
  ['prefix-item-added', 'narrows', 'The item at position {name} now has a schema of its own'],
  ['prefix-item-removed', 'widens', 'The item at position {name} no longer has a schema of its own'],
  ['contains-added', 'narrows', 'The array must now contain a certain item'],
  ['contains-removed', 'widens', 'The array need no longer contain a certain item'],
  ['unevaluated-items-constrained', 'narrows', 'Unevaluated items are now constrained'],
  ['unevaluated-items-unconstrained', 'widens', 'Unevaluated items are no longer constrained'],
];

const composition: readonly Fact[] = [
  ['alternative-added', 'widens', 'The alternative {after} was added'],
  ['alternative-removed', 'narrows', 'The alternative {before} was removed'],
  ['alternatives-replaced', 'disjoint', 'The alternatives {before} became {after}'],
  ['alternatives-demanded', 'narrows', 'One of several alternatives must now hold'],
  ['alternatives-dropped', 'widens', 'None of several alternatives need hold any more'],
  ['one-of-became-any-of', 'widens', 'Several alternatives may now hold at once'],
  ['any-of-became-one-of', 'narrows', 'Only one of the alternatives may hold'],
  ['not-added', 'narrows', 'Certain values are now excluded'],
  ['not-removed', 'widens', 'Certain values are no longer excluded'],
  ['not-narrowed', 'widens', 'Fewer values are excluded'],
  ['not-widened', 'narrows', 'More values are excluded'],
  ['not-changed', 'unknown', 'Other values are excluded'],
  ['condition-added', 'narrows', 'A condition now holds'],
  ['condition-removed', 'widens', 'A condition no longer holds'],
  ['condition-changed', 'unknown', 'A condition depends on something else'],
  [
    'discriminator-added',
    'annotation',
    'The property `{after}` now tells the alternatives apart',
    { request: choosesBranch, response: choosesBranch },
  ],
  [
    'discriminator-removed',
    'annotation',
    'The property `{before}` no longer tells the alternatives apart',
    { request: choosesBranch, response: choosesBranch },
  ],
  ['discriminator-changed', 'disjoint', 'The property `{after}` tells the alternatives apart, no longer `{before}`'],
  ['discriminator-mapping-added', 'widens', 'The discriminator knows the value {after}', { response: unhandled }],
  ['discriminator-mapping-removed', 'narrows', 'The discriminator no longer knows the value {before}'],
  ['discriminator-mapping-changed', 'disjoint', 'The discriminator value {name} means another schema'],
];

const annotations: readonly Fact[] = [
  ['read-only-added', 'annotation', 'The property `{name}` became read-only', { request: ignoredOnWrite }],
  ['read-only-removed', 'annotation', 'The property `{name}` is no longer read-only', { request: nowWritable }],
  ['required-read-only-removed', 'narrows', 'The required property `{name}` is no longer read-only', {}, 'request'],
  ['write-only-added', 'annotation', 'The property `{name}` became write-only', { response: noLongerSent }],
  ['write-only-removed', 'annotation', 'The property `{name}` is no longer write-only', { response: nowSent }],
  [
    'default-added',
    'annotation',
    'The default {after} was added',
    { request: { ...assumed, level: 'compatible', because: 'what an absent value means is now said' } },
  ],
  ['default-removed', 'annotation', 'The default {before} was removed', { request: assumed }],
  ['default-changed', 'annotation', 'The default {before} became {after}', { request: assumed }],
  ['deprecated', 'annotation', 'The value became deprecated', { request: deprecates, response: deprecates }],
  ['undeprecated', 'annotation', 'The value is no longer deprecated'],
  ['schema-sunset-changed', 'annotation', 'The sunset date {before} became {after}'],
  ['schema-stability-changed', 'annotation', 'The stability level {before} became {after}'],
  ['schema-documentation-changed', 'annotation', 'The documentation changed ({name})'],
  ['schema-extension-changed', 'annotation', 'The extension `{name}` changed'],
];

const families: readonly (readonly [Family, readonly Fact[]])[] = [
  ['properties', properties],
  ['types', types],
  ['values', values],
  ['constraints', constraints],
  ['arrays', arrays],
  ['composition', composition],
  ['annotations', annotations],
];

const polarities: readonly Polarity[] = ['request', 'response'];

/** Every kind of change of a schema, in both directions. */
export const schemaRows: readonly ChangeRow[] = families.flatMap(([family, facts]) =>
  facts.flatMap(([name, effect, says, conventions, only]) =>
    (only ? [only] : polarities).map((polarity): ChangeRow => {
      const convention = conventions?.[polarity];
      return { id: `${polarity}-${name}`, effect, polarity, says, family, ...(convention && { convention }) };
    }),
  ),
);
