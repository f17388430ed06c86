// Owns reading one operation, every part on first use. It must not know which operations there are, nor code.

import type {
  ContractPlace,
  Extensions,
  IncomingEvent,
  Method,
  Operation,
  Parameter,
  RequestBody,
  Response,
  SecurityRequirement,
  Server,
} from '../model.ts';
import { readContent, readHeaders } from './content.ts';
import type { ContractNode } from './contract-node.ts';
import { findCallbacks } from './events.ts';
import { readExtensions } from './extensions.ts';
import { lazily } from './lazily.ts';
import type { ModelContext } from './model-context.ts';
import { Trouble } from './model-context.ts';
import { collectParameters, readParameters } from './parameters.ts';
import { readSecurity } from './security.ts';
import { readServers } from './servers.ts';
import { readSwaggerBody, readSwaggerContent } from './swagger.ts';

/** Where an operation was found. */
export interface OperationSite {
  readonly method: Method;
  readonly path: string;
  /** The path's entry below `paths`. */
  readonly pathEntry: ContractNode;
  /** The path item behind its references. */
  readonly pathItem: ContractNode;
  readonly node: ContractNode;
}

/**
 * Texts of operations of which every key below `responses` is a status: complete where nothing in the contract is broken. Kept with the
 * texts, so that an edit elsewhere need not read all operations again.
 */
const soundTexts = new WeakSet<object>();
/** Texts of operations that were complete where something else was broken, with the references that their parts follow. */
const completeTexts = new WeakMap<object, readonly string[]>();

/** The model of one operation; its parts are read when they are asked for. */
export function readOperation(site: OperationSite, context: ModelContext): Operation {
  return new LoadedOperation(site, context);
}

class LoadedOperation implements Operation {
  readonly key: string;
  readonly method: Method;
  readonly path: string;
  private readonly trouble = new Trouble();
  private readonly collected = lazily(() =>
    collectParameters(this.site.pathItem, this.site.node, this.context, this.trouble),
  );
  private readonly knownParameters = lazily(() => readParameters(this.collected(), this.context));
  private readonly knownBody = lazily(() => this.readBody());
  private readonly knownResponses = lazily(() => this.readResponses());
  private readonly knownSecurity = lazily(() => this.readSecurity());
  private readonly knownCallbacks = lazily(() =>
    this.site.node.mayHave('callbacks') ? findCallbacks(this, this.site.node, this.context) : [],
  );
  private readonly knownComplete = lazily(() => this.isComplete());
  private readonly knownExtensions = lazily(() => readExtensions(this.site.pathItem, this.site.node));

  constructor(
    private readonly site: OperationSite,
    private readonly context: ModelContext,
  ) {
    this.method = site.method;
    this.path = site.path;
    this.key = `${site.method.toUpperCase()} ${site.path}`;
  }

  get operationId(): string | undefined {
    return this.site.node.get('operationId')?.text;
  }

  get summary(): string | undefined {
    return this.site.node.get('summary')?.text;
  }

  get deprecated(): boolean {
    return this.site.node.get('deprecated')?.value === true;
  }

  get tags(): readonly string[] {
    return (
      this.site.node
        .get('tags')
        ?.items()
        .flatMap((tag) => tag.text ?? []) ?? []
    );
  }

  get place(): ContractPlace {
    return this.site.node.keyPlace;
  }

  get pathPlace(): ContractPlace {
    return this.site.pathEntry.keyPlace;
  }

  get parameters(): readonly Parameter[] {
    return this.knownParameters();
  }

  get body(): RequestBody | undefined {
    return this.knownBody();
  }

  get responses(): readonly Response[] {
    return this.knownResponses();
  }

  get responsesPlace(): ContractPlace {
    return this.site.node.get('responses')?.keyPlace ?? this.place;
  }

  get security(): readonly SecurityRequirement[] | undefined {
    return this.knownSecurity().requirements;
  }

  get securityPlace(): ContractPlace {
    return this.knownSecurity().place;
  }

  get servers(): readonly Server[] {
    const { node, pathItem } = this.site;
    const own = node.mayHave('servers') ? readServers(node) : [];
    return own.length > 0 ? own : readServers(pathItem);
  }

  get extensions(): Extensions {
    return this.knownExtensions();
  }

  get callbacks(): readonly IncomingEvent[] {
    return this.knownCallbacks();
  }

  get complete(): boolean {
    return this.knownComplete();
  }

  private isComplete(): boolean {
    const { node, pathItem } = this.site;
    const sound = this.context.sound?.() === true;
    const { identity } = node;
    if (identity && !pathItem.broken && (sound ? soundTexts.has(identity) : this.reachesTheSame(identity))) return true;
    if (node.broken || pathItem.broken) return false;
    if (node.kind !== 'map') return false;
    if (sound) {
      const complete = this.hasStatuses();
      if (complete && identity && node.get('responses')?.get('$ref') === undefined) soundTexts.add(identity);
      return complete;
    }
    // Trouble shows only once the parts are read. Schemas are not among them: one that cannot be read is an unknown shape.
    this.collected();
    this.knownBody();
    this.knownResponses();
    if (this.trouble.any) return false;
    if (identity) completeTexts.set(identity, [...this.trouble.followed]);
    return true;
  }

  /** Whether this text was complete before and its references still lead to what can be read; false when that takes a closer look. */
  private reachesTheSame(identity: object): boolean {
    const { node, pathItem } = this.site;
    const { references } = this.context;
    const followed = completeTexts.get(identity);
    if (!followed || pathItem.get('parameters')) return false;
    return followed.every((text) => {
      const found = references.find(node.home, text);
      return 'node' in found && !found.node.broken && found.node.get('$ref') === undefined;
    });
  }

  /** Whether every key below `responses` is a status: all that can be wrong where nothing is broken. */
  private hasStatuses(): boolean {
    const responses = this.site.node.get('responses');
    const followed = responses && this.context.references.follow(responses);
    if (!followed) return true;
    if ('problem' in followed) return false;
    return followed.node.entries().every(({ token }) => token.startsWith('x-') || statusOf(token) !== undefined);
  }

  private readBody(): RequestBody | undefined {
    const { context, trouble } = this;
    if (context.specification === '2.0') return readSwaggerBody(this.collected(), this.site.node, context);
    const entry = this.site.node.get('requestBody');
    if (!entry) return undefined;
    const reached = trouble.reach(entry, context);
    if (!reached) return undefined;
    const required = reached.node.get('required');
    const content = lazily(() => readContent(reached.node.get('content'), context, trouble));
    return {
      required: required?.value === true,
      requiredPlace: required?.place,
      place: entry.keyPlace,
      get content() {
        return content();
      },
    };
  }

  private readResponses(): Response[] {
    const { context, trouble } = this;
    const entry = this.site.node.get('responses');
    if (!entry) return [];
    const responses = trouble.reach(entry, context)?.node;
    return (responses?.entries() ?? []).flatMap((status) => {
      if (status.token.startsWith('x-')) return [];
      const code = statusOf(status.token);
      const reached = trouble.reach(status, context);
      if (code === undefined || !reached) {
        trouble.noteBroken();
        return [];
      }
      const { node, via } = reached;
      const content = lazily(() =>
        context.specification === '2.0'
          ? readSwaggerContent(node, this.site.node, context)
          : readContent(node.get('content'), context, trouble),
      );
      const headers = lazily(() => readHeaders(node.get('headers'), context, trouble));
      const response: Response = {
        status: code,
        description: node.get('description')?.text ?? '',
        place: status.keyPlace,
        via: via?.place,
        get content() {
          return content();
        },
        get headers() {
          return headers();
        },
      };
      return [response];
    });
  }

  private readSecurity(): { requirements: readonly SecurityRequirement[] | undefined; place: ContractPlace } {
    const { node } = this.site;
    const own = node.mayHave('security') ? node.get('security') : undefined;
    const inherited = own ?? this.context.root.get('security');
    return { requirements: readSecurity(inherited), place: own?.keyPlace ?? inherited?.keyPlace ?? this.place };
  }
}

/** A status key as the model writes it; undefined for keys that are no status. */
function statusOf(key: string): string | undefined {
  if (/^[1-5]\d\d$/.test(key)) return key;
  if (/^[1-5]xx$/i.test(key)) return key.toUpperCase();
  return key.toLowerCase() === 'default' ? 'default' : undefined;
}
