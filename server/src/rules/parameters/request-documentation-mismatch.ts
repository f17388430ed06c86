// Owns the rule request-documentation-mismatch: what decorators say of a route's parameters and body is not what it reads.

import type { DocumentedParameter, HandlerFacts, Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { isBodyClosed, looksAtBody, succeeds } from '../evidence/body-readings.ts';
import { demanded, parameterSubject, sameName } from '../evidence/parameters.ts';
import { code, codeLine, operationName } from '../evidence/wording.ts';
import type { BindingRule } from '../rule.ts';

export const requestDocumentationMismatch: BindingRule = {
  id: 'request-documentation-mismatch',
  family: 'parameters',
  polarity: 'mismatch',
  summary: "What the code's own documentation says of a route's parameters or body is not what the route reads.",
  scope: 'binding',
  *check({ operation }, route) {
    const { parameters = [], body } = route.documentation ?? {};
    if (parameters.length === 0 && !body) return;
    const facts = route.facts();
    const draft = (subject: string, message: string, place: DocumentedParameter['place']) => ({
      operation,
      subject: `documented:${subject}`,
      message,
      contract: operation.place,
      code: place,
      related: [{ place: route.pathPlace, message: `The handler of ${operation.key}` }],
      confidence: 'likely' as const,
      breaking: false,
      cap: 'information' as const,
    });
    for (const parameter of parameters) {
      const fault = faultOf(parameter, operation, route, facts);
      if (fault)
        yield {
          ...draft(parameterSubject(parameter.in, parameter.name), fault.message, parameter.place),
          ...(fault.demanded === undefined ? {} : { values: [String(fault.demanded)] }),
        };
    }
    // What the contract promises as well is told by its own rule.
    if (!body || operation.body || !isBodyClosed(facts) || looksAtBody(facts) || !succeeds(facts)) return;
    if (facts.reads.bodies.length > 0) return;
    const message = `The route is documented with a body here (${codeLine}), which it never reads and ${operationName(operation)} does not declare.`;
    yield draft('body', message, body);
  },
};

interface Fault {
  readonly message: string;
  /** Whether the code demands the parameter, where that is what is documented otherwise. */
  readonly demanded?: boolean;
}

/** What is wrong with one documented parameter, where the contract and the code agree. */
function faultOf(
  { in: location, name, required }: DocumentedParameter,
  operation: Operation,
  route: Route,
  facts: HandlerFacts,
): Fault | undefined {
  const what = `the ${location} parameter ${code(name)}`;
  if (location === 'path') {
    // A prefix that was not seen may have a parameter of that name.
    if (route.unmounted || !route.completeness.closed || route.path.includes(`{${name}}`)) return undefined;
    return {
      message: `The route is documented with ${what} here (${codeLine}), which its path ${code(route.path)} does not have.`,
    };
  }
  const declared = operation.parameters.find((one) => one.in === location && sameName(location, one.name, name));
  const reads = facts.reads.parameters.filter((read) => read.in === location && sameName(location, read.name, name));
  if (reads.length === 0) {
    if (declared || !facts.reads.completeness[location].closed || !succeeds(facts)) return undefined;
    return {
      message: `The route is documented with ${what} here (${codeLine}), which it never reads and ${operationName(operation)} does not declare.`,
    };
  }
  const demands = demanded(reads);
  // Where the contract and the code disagree, the rules of required parameters speak.
  if (!declared || required === undefined || demands === undefined || declared.required !== demands) return undefined;
  if (required === demands) return undefined;
  return {
    message: `The route is documented with ${what} as ${required ? 'required' : 'optional'} here (${codeLine}), but it is ${demands ? 'required' : 'optional'}, as ${operationName(operation)} declares.`,
    demanded: demands,
  };
}
