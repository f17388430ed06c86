// Holds that a branch switch that changes hundreds of files at once leaves what a cold start on the new branch would show.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { manifest } from './service.ts';
import { shownBy, shownCold } from './shown.ts';

let client: Client;
afterEach(async () => {
  await client.stop();
});

const count = 500;
const numbers = Array.from({ length: count }, (_, index) => index);

/** A service of many files on a branch: which of them there are, and which status each route answers. */
function branch(there: (index: number) => boolean, status: (index: number) => number): Record<string, string> {
  const files = numbers.filter(there);
  const route = (index: number): string =>
    `import { Router } from 'express';\n\nexport const router = Router();\n\nrouter.get('/things${index}', (req, res) => {\n  res.status(${status(index)}).end();\n});\n`;
  const imports = files.map((index) => `import { router as r${index} } from './routes/r${index}';`).join('\n');
  const mounts = files.map((index) => `app.use(r${index});`).join('\n');
  const paths = numbers.map(
    (index) => `  /things${index}:\n    get:\n      responses:\n        '200': { description: A thing }\n`,
  );
  return {
    'package.json': manifest,
    'openapi.yaml': `openapi: 3.0.3\ninfo: { title: Things, version: 1.0.0 }\npaths:\n${paths.join('')}`,
    'src/app.ts': `import express from 'express';\n${imports}\n\nconst app = express();\n${mounts}\napp.listen(3000);\n`,
    ...Object.fromEntries(files.map((index) => [`src/routes/r${index}.ts`, route(index)])),
  };
}

const main = branch(
  (index) => index !== 7,
  (index) => (index % 50 === 0 ? 404 : 200),
);
const other = branch(
  (index) => index % 100 !== 3,
  (index) => (index % 40 === 1 ? 409 : 200),
);

/** Puts the files of one branch in the place of another's, and gives the changes as a watcher tells them. */
function switchTo(from: Record<string, string>, to: Record<string, string>): Parameters<Client['watchers']>[0] {
  const changes: { path: string; type: 1 | 2 | 3 }[] = [];
  for (const path of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (to[path] === undefined) {
      rmSync(join(client.folder, path));
      changes.push({ path, type: 3 });
    } else {
      // Even files of equal text are written anew, as version control does after a detour.
      writeFileSync(join(client.folder, path), to[path]);
      changes.push({ path, type: from[path] === undefined ? 1 : 2 });
    }
  }
  return changes;
}

describe('a branch switch', () => {
  it('is followed when it is told at once, and when it is told in pieces while somebody asks', async () => {
    client = await Client.start({ files: main });
    expect(await shownBy(client)).toEqual(await shownCold(main));

    const there = switchTo(main, other);
    expect(there.length).toBeGreaterThanOrEqual(count);
    await client.watchers(there);
    const cold = await shownCold(other);
    expect(Object.keys(cold).length).toBeGreaterThan(10);
    expect(await shownBy(client)).toEqual(cold);

    const back = switchTo(other, main);
    const asked: Promise<unknown>[] = [];
    for (let at = 0; at < back.length; at += 60) {
      await client.watchers(back.slice(at, at + 60));
      asked.push(client.pull('src/app.ts'));
    }
    await Promise.all(asked);
    expect(await shownBy(client)).toEqual(await shownCold(main));
  }, 300_000);

  it('leaves the unsaved text of an open file as it is', async () => {
    client = await Client.start({ files: main });
    const path = 'src/routes/r12.ts';
    const typed = main[path]!.replace('200', '418');
    await client.open(path, typed);
    await shownBy(client);
    await client.watchers(switchTo(main, other));
    expect((await client.diagnostics(path)).map(({ message }) => message)).toEqual([expect.stringContaining('418')]);
    await client.close(path);
    expect(await shownBy(client)).toEqual(await shownCold(other));
  }, 300_000);
});
