// Documents of other hosts: never asked for by default, fetched where a host is allowed, kept on disk, and held to limits.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptDocuments } from '../../server/src/host/remote-documents.ts';
import { defaultConfiguration } from '../../server/src/registry/configuration.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';

let server: Server;
let origin: string;
let folder: string;
let asked: string[];

const answers: Record<string, (response: ServerResponse) => void> = {
  '/schemas/pet.yaml': (response) =>
    response.end("type: object\nproperties: { owner: { $ref: '../people.json#/Owner' } }\n"),
  '/people.json': (response) =>
    response.end('{ "Owner": { "type": "string", "x": { "$ref": "file:///etc/passwd" } } }'),
  '/moved.yaml': (response) => response.writeHead(302, { location: '/schemas/pet.yaml' }).end(),
  '/away.yaml': (response) => response.writeHead(302, { location: 'http://example.invalid/a.yaml' }).end(),
  '/round.yaml': (response) => response.writeHead(302, { location: '/round.yaml' }).end(),
  '/large.yaml': (response) => response.end(Buffer.alloc(11 * 1024 * 1024, 32)),
};

beforeEach(async () => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'fidelity-remote-'));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const contract = (reference: string): string => `openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      responses:
        '200': { description: Some, content: { application/json: { schema: { $ref: '${reference}' } } } }
`;

/** The problems of a contract with one reference, once everything that may be fetched was. */
async function problems(reference: string, remote?: KeptDocuments, hosts: readonly string[] = [origin]) {
  const configuration = { ...defaultConfiguration('/workspace'), remoteHosts: hosts };
  const workspace = new Workspace({ configuration, remote });
  const files = memoryFiles({ 'openapi.yaml': contract(reference) });
  let model = await workspace.model(files);
  const failures: string[] = [];
  for (let round = 0; remote && round < 5; round++) {
    const outcome = await remote.fetch();
    failures.push(...outcome.failures);
    model = await workspace.model(files);
  }
  const [only] = model.contracts;
  return { kinds: only!.problems.map(({ kind }) => kind), files: only!.files, failures };
}

describe('a document of another host', () => {
  it('is never asked for by default, nor when only the configuration or only the run allows it', async () => {
    const reference = `${origin}/schemas/pet.yaml`;
    expect((await problems(reference)).kinds).toEqual(['remote-reference']);
    expect((await problems(reference, new KeptDocuments(folder), [])).kinds).toEqual(['remote-reference']);
    expect((await problems(reference, new KeptDocuments(folder), ['example.invalid'])).kinds).toEqual([
      'remote-reference',
    ]);
    expect(asked).toEqual([]);
  });

  it('is fetched with what it refers to on its host, and kept', async () => {
    const first = await problems(`${origin}/schemas/pet.yaml`, new KeptDocuments(folder));
    // A document of another host never reaches a file of this machine.
    expect(first).toMatchObject({ kinds: ['remote-reference'], failures: [] });
    expect(first.files).toHaveLength(3);
    expect(asked).toEqual(['/schemas/pet.yaml', '/people.json']);
    const second = await problems(`${origin}/schemas/pet.yaml`, new KeptDocuments(folder));
    expect(second.files).toEqual(first.files);
    expect(asked).toHaveLength(2);
  });

  it('is left alone once nobody allows its host any more', async () => {
    const first = await problems(`${origin}/schemas/pet.yaml`, new KeptDocuments(folder));
    const copy = first.files.find((file) => file.endsWith('people.json'));
    for (const reference of [`${origin}/people.json#/Owner`, `file://${copy}#/Owner`]) {
      const after = await problems(reference, new KeptDocuments(folder), ['example.invalid']);
      expect(after.files).toEqual(['/workspace/openapi.yaml']);
      expect(after.kinds).toHaveLength(1);
    }
  });

  it('may move on its own host', async () => {
    expect((await problems(`${origin}/moved.yaml`, new KeptDocuments(folder))).failures).toEqual([]);
  });

  it.each([
    ['/away.yaml', 'it leads to another host'],
    ['/round.yaml', 'without an end'],
    ['/large.yaml', 'larger than 10 MB'],
    ['/none.yaml', 'the host answers 404'],
  ])('is refused: %s', async (path, why) => {
    const { kinds, failures } = await problems(`${origin}${path}`, new KeptDocuments(folder));
    expect(kinds).toEqual(['remote-reference']);
    expect(failures).toEqual([expect.stringContaining(why)]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['10.0.0.1', '127.0.0.1', '169.254.169.254', '192.168.1.1', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    'is not fetched from %s by a public name',
    async (address) => {
      const remote = new KeptDocuments(folder, (_name, answer) =>
        answer(null, [{ address, family: address.includes(':') ? 6 : 4 }]),
      );
      const { failures } = await problems('http://public.test/a.yaml', remote, ['http://public.test']);
      expect(failures).toEqual([expect.stringContaining('leads into a private network')]);
      expect(asked).toEqual([]);
    },
  );

  it.each(['', '/', '/a/', '/a/..%2fb.yaml/../../..', '//user@127.0.0.1/a.yaml'])(
    'has no copy outside of the folder of copies: %s',
    async (path) => {
      const remote = new KeptDocuments(folder);
      const copies = remote.over(memoryFiles({}), [origin]).remote!;
      const copy = copies.pathOf(origin + path);
      expect(copy === undefined || copy.startsWith(`${folder}/http/`)).toBe(true);
      expect(copies.pathOf(`http://user:secret@${origin.slice(7)}/a.yaml`)).toBeUndefined();
    },
  );
});
