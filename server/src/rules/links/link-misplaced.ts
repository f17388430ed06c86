// Owns the rule link-misplaced: a contract tag says one operation, and the route below it serves another.

import type { Route } from '../../code/model.ts';
import type { Operation } from '../../contract/model.ts';
import { describesRoute } from '../../links/attach.ts';
import { type ContractLink, placeIn } from '../../links/model.ts';
import type { WorkspaceModel } from '../../workspace/model.ts';
import { targetOffer } from '../evidence/link-offers.ts';
import { code, operationName } from '../evidence/wording.ts';
import type { LinkRule } from '../rule.ts';

export const linkMisplaced: LinkRule = {
  id: 'link-misplaced',
  family: 'links',
  polarity: 'mismatch',
  summary: 'A contract tag names one operation, and the route that it describes serves another.',
  scope: 'links',
  *check(index, model) {
    const routes = model.code.apps.flatMap((app) => app.routes);
    for (const link of index.links) {
      const { resolution } = link;
      if (resolution.kind !== 'found' || !resolution.operation) continue;
      const served = routes.filter((route) => describesRoute(link, route));
      const operations = operationsOf(served, resolution.contract.file, model);
      const first = operations[0];
      if (!first || operations.length !== served.length) continue;
      // One of several tags of a comment may speak of something else.
      const said = besides(link, index.in(link.file)).map((one) => operationOf(one)?.key);
      if (operations.some(({ operation }) => said.includes(operation.key))) continue;
      const { route, operation } = first;
      const target = index.targetFor(resolution.contract, operation, link.file);
      yield {
        operation,
        subject: link.tag.target,
        message: `The tag says ${operationName(resolution.operation)}, but the route below it serves ${operationName(operation)}.`,
        contract: operation.place,
        code: placeIn(link, link.tag.targetSpan),
        related: [
          { place: route.pathPlace, message: `${code(operation.key)} is served here` },
          { place: resolution.section.keyPlace, message: 'The tag names this section' },
        ],
        confidence: route.completeness.closed ? 'proved' : 'likely',
        breaking: false,
        fixes: [targetOffer(link, target, `Link to ${target}`)],
      };
    }
  },
};

function operationsOf(
  routes: readonly Route[],
  contract: string,
  model: WorkspaceModel,
): { readonly route: Route; readonly operation: Operation }[] {
  return routes.flatMap((route) => {
    const binding = model.bindingOfRoute.get(route.id);
    return binding?.contract.file === contract ? [{ route, operation: binding.operation }] : [];
  });
}

/** The links that describe the same code, the given one among them. */
function besides(link: ContractLink, all: readonly ContractLink[]): readonly ContractLink[] {
  const { subject } = link.tag;
  return all.filter((one) => one === link || (subject !== undefined && one.tag.subject?.start === subject.start));
}

function operationOf({ resolution }: ContractLink): Operation | undefined {
  return resolution.kind === 'found' ? resolution.operation : undefined;
}
