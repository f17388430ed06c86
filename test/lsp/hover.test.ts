import { afterEach, describe, expect, it } from 'vitest';
import { type Hover, MarkupContent } from 'vscode-languageserver-protocol';
import * as called from './called.ts';
import { Client, positionOf, textIn } from './client.ts';
import { contract, handler, manifest, partlyKnown, service } from './service.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

function textOf(hover: Hover | null): string {
  if (!hover || !MarkupContent.is(hover.contents)) throw new Error('a hover in Markdown was expected');
  return hover.contents.value;
}

describe('textDocument/hover', () => {
  it('shows the operation on its route', async () => {
    client = await Client.start({ files: service });
    const hover = await client.hover('src/app.ts', positionOf(handler, "/orders/:id'"));
    const text = textOf(hover);
    expect(text).toContain('`GET /orders/{id}`');
    expect(text).toContain('Reads one order');
    expect(text).toContain('`id` in path, required: `string`');
    expect(text).toContain('`200` The order: `{ id: string }`');
    expect(text).toContain(`${client.uri('openapi.yaml')}#L7`);
    expect(textIn(handler, hover!.range!)).toBe("app.get('/orders/:id'");
  });

  it('names the owner, where the operation or its contract does', async () => {
    const owned = `x-owner: Order desk\n${contract}`;
    client = await Client.start({ files: { ...service, 'openapi.yaml': owned } });
    await client.open('openapi.yaml', owned);
    const text = async () => textOf(await client.hover('src/app.ts', positionOf(handler, "/orders/:id'")));
    expect(await text()).toContain('Owner: Order desk');
    await client.change('openapi.yaml', owned.replace('operationId', 'x-team: Stock\n      operationId'));
    expect(await text()).toContain('Owner: Stock');
  });

  it('shows the rule on a finding, with ways to both sides', async () => {
    client = await Client.start({ files: service });
    const hover = await client.hover('src/app.ts', positionOf(handler, '404'));
    expect(textOf(hover)).toMatch(/status\\?-undeclared.*error.*proved/);
    expect(textOf(hover)).toContain(`${client.uri('src/app.ts')}#L7`);
    expect(textIn(handler, hover!.range!)).toBe('404');
  });

  it('shows who calls and tests an operation of the contract, and the operation on a call', async () => {
    client = await Client.start({ files: called.called });
    const text = textOf(await client.hover('openapi.yaml', positionOf(called.contract, 'get:')));
    const at = (path: string, place: string, line: number, column: number): string =>
      `[${place}](${client.uri(path)}#L${line},${column})`;
    const places = [at('web/orders.ts', 'orders.ts:5', 5, 45), at('web/orders.ts', 'orders.ts:6', 6, 44)];
    expect(text).toContain(`Called in 2 places: ${places.join(', ')}`);
    expect(text).toContain(`Tested in 1 place: ${at('test/orders.test.ts', 'orders.test.ts:4', 4, 36)}`);
    const unread = textOf(await client.hover('openapi.yaml', positionOf(called.contract, 'delete:')));
    expect(unread).not.toContain('Called in');
    const hover = await client.hover('web/orders.ts', positionOf(called.client, "'/orders/' + id"));
    expect(textOf(hover)).toContain('`GET /orders/{id}`');
    expect(textIn(called.client, hover!.range!)).toBe("'/orders/' + id");
    expect(await client.hover('web/orders.ts', positionOf(called.client, "'https://example.com"))).toBeNull();
  });

  it('shows the handlers on an operation of the contract', async () => {
    client = await Client.start({ files: service });
    const hover = await client.hover('openapi.yaml', positionOf(contract, 'get:'));
    expect(textOf(hover)).toContain('Served by');
    expect(textOf(hover)).toContain(`${client.uri('src/app.ts')}#L5`);
  });

  it('shows the rule in an ignore comment', async () => {
    const ignored = handler.replace(
      '    return res.status(404)',
      '    // fidelity-ignore status-undeclared -- known\n    return res.status(404)',
    );
    client = await Client.start({ files: { ...service, 'src/app.ts': ignored } });
    const hover = await client.hover('src/app.ts', positionOf(ignored, 'status-undeclared'));
    expect(textOf(hover)).toContain('does not declare');
  });

  it('says honestly what is verified: of an operation, and of the whole contract, with reasons and what would help', async () => {
    client = await Client.start({ files: partlyKnown });
    const { 'src/app.ts': code, 'openapi.yaml': spec } = partlyKnown;
    const known = textOf(await client.hover('src/app.ts', positionOf(code, "/orders/:id'")));
    expect(known).toContain('Verified: everything about it could be read. Verified 1 of 2 operations of the contract.');
    const unknown = textOf(await client.hover('src/app.ts', positionOf(code, "/orders',")));
    expect(unknown).toContain('Not fully verified. Verified 1 of 2 operations of the contract.');
    expect(unknown).toMatch(
      /^- query: the request is handed as a whole to code that cannot be followed \(\[there\]\(file:.*app\.ts#L1\d,\d+\)\)\. Pass the fields/m,
    );
    const fromContract = textOf(await client.hover('openapi.yaml', positionOf(spec, 'post:')));
    expect(fromContract).toContain('Not fully verified. Verified 1 of 2 operations');
    const whole = await client.hover('openapi.yaml', positionOf(spec, 'openapi:'));
    expect(textOf(whole)).toMatch(
      /^\*\*Orders\*\* 1\.2\.0\n\nVerified 1 of 2 operations of the contract\.\n\nWhat could not be read:\n\n- 1 operation: the request/,
    );
    expect(textIn(spec, whole!.range!)).toBe('openapi');
  });

  it('says nothing where there is nothing to say', async () => {
    client = await Client.start({ files: service });
    expect(await client.hover('src/app.ts', { line: 0, character: 0 })).toBeNull();
    expect(await client.hover('package.json', { line: 0, character: 0 })).toBeNull();
    expect(await client.hover('nowhere.ts', { line: 7, character: 3 })).toBeNull();
  });

  it('lets no text of a contract become a link, an image or markup', async () => {
    const hostile =
      '[click](command:evil) ![x](http://evil.test/a.png) <img src=x> https://evil.test www.evil.test **b** `c` | d';
    const text = contract
      .replace('Reads one order', JSON.stringify(hostile))
      .replace('description: The order', `description: ${JSON.stringify(hostile)}`)
      .replace('title: Orders', `title: ${JSON.stringify(`\u202e${hostile}`)}`)
      .replace(
        '- name: id',
        '- name: "a`](command:evil)"\n          in: query\n          schema: { type: string }\n        - name: id',
      );
    client = await Client.start({ files: { 'package.json': manifest, 'src/app.ts': handler, 'openapi.yaml': text } });
    const shown = textOf(await client.hover('src/app.ts', positionOf(handler, "/orders/:id'")));
    const links = [...shown.matchAll(/(?<!\\)\]\((?!file:)/g)].filter(({ index }) => !insideCode(shown, index));
    expect(links).toEqual([]);
    expect(shown).not.toMatch(/(?<![&\w])<\w/);
    expect(shown).not.toMatch(/!\[/);
    expect(shown).not.toMatch(/https?:\/\/evil|www\.evil/);
    expect(shown).not.toContain('\u202e');
  });
});

/** Whether an offset lies in inline code, by the rules of CommonMark: a run of backticks closes with a run of the same length. */
function insideCode(text: string, offset: number): boolean {
  let at = 0;
  for (;;) {
    const open = /`+/.exec(text.slice(at));
    if (!open) return false;
    const start = at + open.index;
    const close = new RegExp(`(?<!\`)${open[0]}(?!\`)`).exec(text.slice(start + open[0].length));
    if (!close) return false;
    const end = start + open[0].length + close.index;
    if (offset > start && offset < end) return true;
    at = end + open[0].length;
  }
}
