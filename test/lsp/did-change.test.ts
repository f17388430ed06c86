import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/base/place.ts';
import { Client, rangeOf } from './client.ts';
import { contract, handler, repairedContract, service } from './service.ts';
import { shownBy, shownCold } from './shown.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

describe('textDocument/didChange', () => {
  it('applies the changes of one notification one after the other, wherever they stand', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    // From the end of the text to its start, and one that lies in what another has written.
    await client.edit('src/app.ts', [
      { range: rangeOf(handler, '3000'), text: '8080' },
      { range: rangeOf(handler, '404'), text: '410' },
      { range: rangeOf(handler, 'import'), text: '// one more line\nimport' },
      { range: { start: { line: 7, character: 22 }, end: { line: 7, character: 25 } }, text: '418' },
    ]);
    const [finding] = await client.diagnostics('src/app.ts');
    expect(finding).toMatchObject({ code: 'status-undeclared', range: { start: { line: 7, character: 22 } } });
    expect(finding!.message).toContain('418');
  });

  it('shows what the last edit made, when edits of several files and requests overtake each other', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    await client.open('openapi.yaml', contract);
    const asked: Promise<unknown>[] = [];
    for (const [path, text] of [
      ['openapi.yaml', repairedContract],
      ['src/app.ts', handler.replace('404', '409')],
      ['openapi.yaml', contract],
      ['src/app.ts', handler.replace('404', '402')],
    ] as const) {
      await client.change(path, text);
      asked.push(client.pull('src/app.ts'), client.hover(path, { line: 6, character: 5 }), client.pull('openapi.yaml'));
    }
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(asked.map(() => 'fulfilled'));
    const [finding] = await client.diagnostics('src/app.ts');
    expect(finding!.message).toContain('402');
  });

  it('takes no notice of a document that is not open', async () => {
    client = await Client.start({ files: service });
    await client.open('src/app.ts', handler);
    await client.close('src/app.ts');
    await client.change('src/app.ts', handler.replace('404', '200'));
    expect((await client.diagnostics('src/app.ts')).map(({ code }) => code)).toEqual(['status-undeclared']);
  });

  it('comes to what a cold start says, whatever was typed in whichever order', async () => {
    const texts: Record<string, string> = { 'src/app.ts': handler, 'openapi.yaml': contract };
    const edit = fc.record({
      path: fc.constantFrom('src/app.ts', 'openapi.yaml'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 30 }),
      text: fc.constantFrom('', ' ', '\n', '}', '404', "'", '# note\n', '// note\n', 'return;'),
      asks: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 8 }), async (edits) => {
        const now = { ...texts };
        const session = await Client.start({ files: service });
        try {
          for (const [path, text] of Object.entries(now)) await session.open(path, text);
          const asked: Promise<unknown>[] = [];
          for (const { path, at, length, text, asks } of edits) {
            const before = now[path]!;
            const start = Math.floor(at * before.length);
            const end = Math.min(before.length, start + length);
            const index = new LineIndex(before);
            const position = (offset: number) => {
              const { line, column } = index.position(offset);
              return { line, character: column };
            };
            now[path] = before.slice(0, start) + text + before.slice(end);
            await session.edit(path, [{ range: { start: position(start), end: position(end) }, text }]);
            if (asks) asked.push(session.pull(path));
          }
          await Promise.all(asked);
          // A broken contract may live on for a while; it leaves no trace once it is whole again.
          await session.change('openapi.yaml', contract);
          const final = { ...service, ...now, 'openapi.yaml': contract };
          expect(await shownBy(session)).toEqual(await shownCold(final));
        } finally {
          await session.stop();
        }
      }),
      { numRuns: Number(process.env.AGREEMENT_RUNS ?? 5) },
    );
    client = await Client.start({ files: service });
  }, 600_000);
});
