// Owns what each reason to abstain is called and how a user can help: one table for every output.
// It must not know where the reason was found.

import type { AbstainReason } from '../code/model.ts';

interface ReasonText {
  /** A clause that follows "because". */
  readonly meaning: string;
  /** One line on how to help. */
  readonly hint: string;
}

const table: Readonly<Record<AbstainReason, ReasonText>> = {
  'dynamic-path': {
    meaning: 'a path is put together at run time',
    hint: 'Write the path as a constant or a template of constants where the route is registered.',
  },
  'dynamic-method': {
    meaning: 'a method is chosen at run time',
    hint: 'Register each method by its own name, or loop over a constant list.',
  },
  'unresolved-import': {
    meaning: 'an import leads to a file that is not there',
    hint: 'Install the dependencies or check the path mapping in tsconfig.json, so that the import can be followed.',
  },
  'unresolved-prefix': {
    meaning: 'the prefix of a router is not known',
    hint: 'Mount the router with a constant path, in a file that the analysis reads.',
  },
  'environment-dependent': {
    meaning: 'it depends on the environment',
    hint: 'Give the variable a constant default, so that the usual case can be read.',
  },
  'conditional-registration': {
    meaning: 'it is registered only under a condition',
    hint: 'Register it always, or list it under `internal` in fidelity.yaml when no contract should describe it.',
  },
  'dependency-injection': {
    meaning: 'a container chooses the implementation at run time',
    hint: 'Give the injected value a declared class type, so that its methods can be found.',
  },
  'catch-all-or-proxy': {
    meaning: 'a catch-all handler or a proxy answers',
    hint: 'List what is forwarded as routes of their own, or mark the contract as consumed in fidelity.yaml.',
  },
  'generated-code': {
    meaning: 'the code is generated',
    hint: 'Point `code.include` in fidelity.yaml at the source that the generator reads, or generate again.',
  },
  'request-escapes': {
    meaning: 'the request is handed as a whole to code that cannot be followed',
    hint: 'Pass the fields that are needed instead of the request, or validate them with a schema on the route.',
  },
  'spread-or-any': {
    meaning: 'a spread or an untyped value hides the fields',
    hint: 'Name the fields, or declare the type of what is spread.',
  },
  'custom-serializer': {
    meaning: 'a serialiser of its own shapes the answer',
    hint: 'Return the object in its final form, or declare the return type of the serialiser.',
  },
  'custom-error-mapper': {
    meaning: 'an error handler maps errors to statuses in a way that cannot be read',
    hint: 'Map errors by class, by name or by a `status` property with constant values.',
  },
  'unreadable-exit': {
    meaning: 'an answer leaves with a status that is not constant',
    hint: 'Give the status as a number or a constant where the answer is sent.',
  },
  'parse-error': {
    meaning: 'a file does not parse',
    hint: 'Correct the syntax error; until then nothing is concluded from the file.',
  },
  'framework-unmodelled': {
    meaning: 'the framework or middleware has no model here',
    hint: 'Put a schema or a plain handler in front of it; until then its effect counts as unknown.',
  },
  'several-contracts': {
    meaning: 'several contracts may govern this app',
    hint: 'Say in fidelity.yaml which `code` each contract governs.',
  },
  'external-ref-unavailable': {
    meaning: 'the contract refers to something that is not in the workspace',
    hint: 'Copy the referenced document into the workspace; nothing is fetched from the network.',
  },
  budget: {
    meaning: 'the analysis stopped at its limit',
    hint: 'Narrow the code with `code.include` in fidelity.yaml, or split very large handlers.',
  },
};

/** What a reason means, as a clause that follows "because". */
export function meaningOf(reason: AbstainReason): string {
  return table[reason].meaning;
}

/** One line that tells the user how to help. */
export function hintFor(reason: AbstainReason): string {
  return table[reason].hint;
}

/** Every reason there is. */
export const reasons = Object.keys(table) as readonly AbstainReason[];
