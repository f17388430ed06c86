// Owns the model of one contract, every part on first use. It must not know how files are cached or found.

import { invalidExamples } from '../lint/examples.ts';
import { findInvalidParts } from '../lint/validity.ts';
import { findCollisions, findSchemaFaults, findUnusedComponents } from '../lint/violations.ts';
import type {
  Contract,
  ContractPlace,
  ContractProblem,
  ContractSection,
  Extensions,
  IncomingEvent,
  InvalidExample,
  Operation,
  SecurityScheme,
  Server,
  SpecificationVersion,
  Tag,
  Violation,
} from '../model.ts';
import { Shapes } from '../schema/shapes.ts';
import { findSymbols } from '../symbols/find-symbols.ts';
import type { ContractSymbols, OutlineSymbol } from '../symbols/model.ts';
import { outlineSymbols } from '../symbols/outline-symbols.ts';
import type { Specification } from './discovery.ts';
import type { ContractDocument } from './document.ts';
import { findEvents } from './events.ts';
import { readExtensions } from './extensions.ts';
import { lazily } from './lazily.ts';
import type { ModelContext } from './model-context.ts';
import { findOperations } from './operations.ts';
import { findReferenceProblems, reachedDocuments, wayTo } from './reference-problems.ts';
import type { References } from './references.ts';
import { findSection } from './section.ts';
import { readSecuritySchemes } from './security.ts';
import { readServers, readSwaggerServers } from './servers.ts';
import { readTags } from './tags.ts';

/** A file with more faults than this is no contract that somebody is writing. */
const mostFaults = 200;

export class LoadedContract implements Contract {
  readonly file: string;
  readonly specification: SpecificationVersion;
  readonly specVersion: string;
  readonly format: Contract['format'];
  private readonly context: ModelContext;
  private readonly found = lazily(() => findOperations(this.context));
  private readonly knownOperations = lazily(() => this.found().operations.map((found) => found.operation));
  private readonly knownExamples = lazily(() => invalidExamples(this.found().operations, this.context, this.document));
  private readonly knownViolations = lazily(() => this.findViolations());
  private readonly reached = lazily(() => reachedDocuments(this.document, this.references, this.overlaid?.documents));
  private readonly knownProblems = lazily(() => this.findProblems());
  private readonly knownSchemes = lazily(() => readSecuritySchemes(this.context));
  private readonly knownServers = lazily(() => this.readServers());
  private readonly knownEvents = lazily(() => findEvents(this.context));
  private readonly knownSymbols = lazily(() =>
    findSymbols({
      root: this.document,
      documents: this.reached().map(({ document }) => document),
      operations: this.found().operations,
      references: this.references,
    }),
  );
  private readonly knownTags = lazily(() => readTags(this.document.root));
  private readonly knownExtensions = lazily(() => readExtensions(this.document.root));

  constructor(
    private readonly document: ContractDocument,
    specification: Specification,
    private readonly references: References,
    readonly hint: Contract['hint'],
    /** The overlays that the document was changed by, and what of them could not be followed. */
    private readonly overlaid?: {
      readonly documents: readonly ContractDocument[];
      readonly problems: readonly ContractProblem[];
    },
  ) {
    this.file = document.file;
    this.specification = specification.version;
    this.specVersion = specification.written;
    this.format = specification.format;
    const shapes = new Shapes(specification.version, references);
    const sound = (): boolean => this.problems.length === 0;
    this.context = { specification: specification.version, root: document.root, references, shapes, sound };
  }

  get title(): string {
    return this.document.root.get('info')?.get('title')?.text ?? '';
  }

  get version(): string {
    return this.document.root.get('info')?.get('version')?.text ?? '';
  }

  get versionPlace(): ContractPlace {
    const info = this.document.root.get('info');
    return info?.get('version')?.place ?? info?.keyPlace ?? this.document.root.place;
  }

  get servers(): readonly Server[] {
    return this.knownServers();
  }

  get operations(): readonly Operation[] {
    return this.knownOperations();
  }

  get securitySchemes(): ReadonlyMap<string, SecurityScheme> {
    return this.knownSchemes();
  }

  get files(): readonly string[] {
    return this.reached().map(({ document }) => document.file);
  }

  get problems(): readonly ContractProblem[] {
    return this.knownProblems();
  }

  get overlays(): readonly string[] {
    return this.overlaid?.documents.map(({ file }) => file) ?? [];
  }

  get incomplete(): boolean {
    return this.found().incomplete;
  }

  get events(): readonly IncomingEvent[] {
    return this.knownEvents();
  }

  get tags(): readonly Tag[] {
    return this.knownTags();
  }

  get extensions(): Extensions {
    return this.knownExtensions();
  }

  readonly violations = (): readonly Violation[] => this.knownViolations();

  readonly wayTo = (file: string): readonly ContractPlace[] => wayTo(file, this.reached());

  readonly symbols = (): ContractSymbols => this.knownSymbols();

  readonly outline = (file: string): readonly OutlineSymbol[] | undefined => {
    const found = this.reached().find(({ document }) => document.file === file);
    return found && outlineSymbols(found.document);
  };

  readonly pointerAt = (file: string, offset: number): string | undefined =>
    this.reached()
      .find(({ document }) => document.file === file)
      ?.document.nodeAt(offset).pointer;

  readonly examples = (): readonly InvalidExample[] => this.knownExamples();

  readonly section = (file: string, pointer: string): ContractSection | undefined => {
    const found = this.reached().find(({ document }) => document.file === file);
    return found && findSection(found.document, pointer, this.references);
  };

  private findViolations(): readonly Violation[] {
    const documents = this.reached().map(({ document }) => document);
    const callbacks = this.operations.flatMap((operation) => operation.callbacks ?? []);
    const sent = [...this.events, ...callbacks].flatMap((event) => event.operation ?? []);
    return [
      ...findInvalidParts(this.context),
      ...findCollisions(this.context),
      ...findSchemaFaults(this.context),
      ...findUnusedComponents(this.context, documents, [...this.operations, ...sent]),
    ];
  }

  private readServers(): Server[] {
    const { root } = this.document;
    return this.specification === '2.0' ? readSwaggerServers(root) : readServers(root);
  }

  private findProblems(): ContractProblem[] {
    const found = this.reached().flatMap(({ document }) => {
      const faults = document
        .faults()
        .slice(0, mostFaults)
        .map((fault): ContractProblem => {
          const pointer = document.nodeAt(fault.start).pointer;
          return {
            kind: fault.kind,
            message: fault.message,
            place: { file: document.file, start: fault.start, end: fault.end, pointer },
          };
        });
      return [...faults, ...findReferenceProblems(document, this.references)];
    });
    return [...found, ...(this.overlaid?.problems ?? [])];
  }
}
