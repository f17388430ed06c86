// Owns the profile of a contract that somebody else serves: what an integration has to know and whether the contract says it.
// It must not know formats. A gap in a contract is no fault of the code; it is a question to ask before the integration begins.

import type { Contract } from '../../contract/model.ts';
import { counted } from '../wording.ts';

export interface VendorFact {
  readonly state: 'met' | 'unmet' | 'open';
  readonly text: string;
  readonly detail: string;
}

export interface VendorProfile {
  /** As the report names the file. */
  readonly file: string;
  readonly title: string;
  readonly facts: readonly VendorFact[];
}

const SANDBOX = /sandbox|staging|\btest\b|[./-]test[./-]|uat|demo/i;
const IDEMPOTENCY = /^(?:x-)?(?:idempotency-key|request-id|idempotency_key|idempotencykey)$/i;
const EVENT_SIGNATURE = /signature|hmac|webhook/i;

/** What a contract says of the things that an integration asks about first. */
export function profileOf(contract: Contract, file: string): VendorProfile {
  const { operations } = contract;
  const writing = operations.filter(({ method }) => method === 'post' || method === 'patch');
  const share = (text: string, part: number, of: number, detail = ''): VendorFact => ({
    state: part === of ? 'met' : part === 0 ? 'unmet' : 'open',
    text,
    detail: `${part} of ${counted(of, 'operation')}${detail}`,
  });
  const facts: VendorFact[] = [authentication(contract), ...addresses(contract)];
  if (operations.length > 0) {
    facts.push(
      share('Errors are described', operations.filter(describesErrors).length, operations.length),
      share(
        'The limit of requests is declared (429)',
        operations.filter(({ responses }) => responses.some(({ status }) => status === '429')).length,
        operations.length,
      ),
    );
  }
  if (writing.length > 0) {
    const safe = writing.filter(({ parameters }) => parameters.some(({ name }) => IDEMPOTENCY.test(name)));
    facts.push(share('Writing twice is safe (an idempotency key)', safe.length, writing.length, ' that write'));
  }
  facts.push(...events(contract));
  const deprecated = operations.filter((operation) => operation.deprecated);
  facts.push({
    state: deprecated.length === 0 ? 'met' : 'open',
    text: 'Nothing is deprecated',
    detail: deprecated.length === 0 ? '' : deprecated.map(({ key }) => key).join(', '),
  });
  return { file, title: contract.title, facts };
}

function authentication(contract: Contract): VendorFact {
  const schemes = [...contract.securitySchemes.values()];
  const named = schemes.map(({ name, type, scheme }) => `${name} (${scheme ?? type})`).join(', ');
  return {
    state: schemes.length > 0 ? 'met' : 'unmet',
    text: 'How a client proves who it is',
    detail: schemes.length > 0 ? named : 'no security scheme is declared',
  };
}

function addresses({ servers }: Contract): readonly VendorFact[] {
  const urls = servers.map(({ url }) => url);
  const plain = urls.filter((url) => /^http:/i.test(url) && !/^http:\/\/(?:localhost|127\.)/i.test(url));
  return [
    {
      state: urls.length > 0 ? 'met' : 'unmet',
      text: 'Addresses are declared',
      detail: urls.join(', ') || 'no server is declared',
    },
    {
      state: urls.some((url) => SANDBOX.test(url)) ? 'met' : 'unmet',
      text: 'There is somewhere to try it',
      detail: urls.find((url) => SANDBOX.test(url)) ?? 'no server looks like a sandbox',
    },
    {
      state: plain.length === 0 ? 'met' : 'unmet',
      text: 'Every address is encrypted',
      detail: plain.join(', '),
    },
  ];
}

function events(contract: Contract): readonly VendorFact[] {
  const names = (contract.events ?? []).map(({ name }) => name);
  if (names.length === 0) {
    return [{ state: 'open', text: 'Events are described', detail: 'the contract names no webhook and no callback' }];
  }
  const signed = (contract.events ?? []).filter(({ operation }) =>
    operation?.parameters.some((parameter) => parameter.in === 'header' && EVENT_SIGNATURE.test(parameter.name)),
  );
  return [
    { state: 'met', text: 'Events are described', detail: [...new Set(names)].join(', ') },
    {
      state: signed.length > 0 ? 'met' : 'open',
      text: 'Events carry a signature',
      detail: signed.length > 0 ? `${signed.length} of ${names.length}` : 'no header of an event looks like one',
    },
  ];
}

function describesErrors({ responses }: Contract['operations'][number]): boolean {
  return responses.some(
    ({ status, content }) => /^(?:[45]|default)/.test(status) && content.some(({ shape }) => shape),
  );
}
