// Owns contracts that are put together at run time: several documents that each describe a few paths and name no version.
// It must not know how files are cached or found.

import type { Contract, ContractProblem, Operation, SecurityScheme } from '../model.ts';
import type { ContractNode } from './contract-node.ts';
import type { Specification } from './discovery.ts';
import type { ContractDocument } from './document.ts';
import { lazily } from './lazily.ts';
import { LoadedContract } from './loaded-contract.ts';
import type { References } from './references.ts';

/** Whether a root is a part of a contract: it has paths, and no version of the specification of its own. */
export const isPart = (root: ContractNode): boolean =>
  root.kind === 'map' && root.get('paths')?.kind === 'map' && !root.get('openapi') && !root.get('swagger');

/** What parts say of themselves decides the version: bodies among the parameters and a list of media types are 2.0's. */
function specificationOf(documents: readonly ContractDocument[]): Specification {
  const swagger = documents.some((document) =>
    ['definitions', 'securityDefinitions', 'consumes', 'produces', 'basePath'].some((key) => document.root.get(key)),
  );
  return swagger
    ? { format: 'swagger', version: '2.0', written: '' }
    : { format: 'openapi', version: '3.0', written: '' };
}

/** One contract of all parts, in their order. `referencesOf` makes the references of one part, given the others. */
export function mergeParts(
  documents: readonly ContractDocument[],
  referencesOf: (siblings: readonly ContractDocument[]) => References,
): Contract {
  const specification = specificationOf(documents);
  const parts = documents.map((document) => {
    const others = documents.filter((other) => other !== document);
    return new LoadedContract(document, specification, referencesOf(others), undefined);
  });
  return new MergedContract(parts);
}

class MergedContract implements Contract {
  readonly partial = true;
  private readonly first: LoadedContract;
  private readonly knownOperations = lazily(() => this.mergeOperations());
  private readonly leavesOut = lazily(() => isSupplement(this.knownOperations()));

  constructor(private readonly parts: readonly LoadedContract[]) {
    this.first = parts[0]!;
  }

  get file(): string {
    return this.first.file;
  }

  get specification(): Contract['specification'] {
    return this.first.specification;
  }

  get specVersion(): string {
    return this.first.specVersion;
  }

  get format(): Contract['format'] {
    return this.first.format;
  }

  get title(): string {
    return this.parts.find((part) => part.title !== '')?.title ?? '';
  }

  get version(): string {
    return this.parts.find((part) => part.version !== '')?.version ?? '';
  }

  get versionPlace(): Contract['versionPlace'] {
    return (this.parts.find((part) => part.version !== '') ?? this.first).versionPlace;
  }

  get servers(): Contract['servers'] {
    return this.parts.find((part) => part.servers.length > 0)?.servers ?? [];
  }

  get operations(): readonly Operation[] {
    return this.knownOperations();
  }

  get supplement(): boolean {
    return this.leavesOut();
  }

  get securitySchemes(): ReadonlyMap<string, SecurityScheme> {
    return new Map(this.parts.flatMap((part) => [...part.securitySchemes]));
  }

  get files(): readonly string[] {
    return [...new Set(this.parts.flatMap((part) => part.files))];
  }

  get problems(): readonly ContractProblem[] {
    const seen = new Set<string>();
    return this.parts
      .flatMap((part) => part.problems)
      .filter(({ place, message }) => {
        const key = `${place.file}:${place.start}:${message}`;
        return !seen.has(key) && seen.add(key);
      });
  }

  get incomplete(): boolean {
    return this.parts.some((part) => part.incomplete);
  }

  get extensions(): Contract['extensions'] {
    return new Map(this.parts.flatMap((part) => [...part.extensions]));
  }

  get events(): Contract['events'] {
    return this.parts.flatMap((part) => part.events);
  }

  get tags(): Contract['tags'] {
    return this.parts.flatMap((part) => part.tags);
  }

  readonly wayTo = (file: string) => this.parts.map((part) => part.wayTo(file)).find((way) => way.length > 0) ?? [];

  readonly section = (file: string, pointer: string) => {
    for (const part of this.parts) {
      const found = part.section(file, pointer);
      if (found) return found;
    }
    return undefined;
  };

  readonly examples = () => this.parts.flatMap((part) => part.examples());

  /** Of two parts with one method and path the last stands, as for any key that stands twice. */
  private mergeOperations(): readonly Operation[] {
    const operations = new Map<string, Operation>();
    for (const operation of this.parts.flatMap((part) => part.operations)) {
      operations.delete(operation.key);
      operations.set(operation.key, operation);
    }
    return [...operations.values()];
  }
}

/** Whether most operations with parameters in their path declare none of them, which no contract may leave out that stands alone. */
function isSupplement(operations: readonly Operation[]): boolean {
  const templated = operations.filter(({ path }) => path.includes('{'));
  const bare = templated.filter(({ parameters }) => parameters.every((parameter) => parameter.in !== 'path'));
  return bare.length * 2 > templated.length;
}
