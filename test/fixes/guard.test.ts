// Holds the guard that is put before a route which lacks one: the one of its neighbours, imported as they import it.

import { describe, expect, it } from 'vitest';
import { RuleMemory } from '../../server/src/rules/memory.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { memoryFiles } from '../harness/memory-files.ts';
import { codeOffers, foundBy, repairedBy, type Texts } from './offered.ts';

const contract = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
security: [{ key: [] }]
paths:
  /orders:
    get:
      responses:
        '200': { description: All }
        '401': { description: Nobody }
  /reports:
    get:
      responses:
        '200': { description: All }
        '401': { description: Nobody }
components:
  securitySchemes:
    key: { type: http, scheme: bearer }
`;

const guard = `(req, res, next) => {
  if (!req.headers.authorization) return res.status(401).end();
  next();
}`;

const modules = (guarded: string, reports: string): Texts => ({
  'openapi.yaml': contract,
  'src/auth/guards.ts': `export const signedIn = ${guard};\nexport default { signedIn };\n`,
  'src/app.ts': `import express from 'express';\n${guarded}\napp.use(reports);\napp.listen(3000);\n`,
  'src/routes/reports.ts': reports,
});
const app = "import { reports } from './routes/reports.js';\nconst app = express();";
const reports =
  "import { Router } from 'express';\n\nexport const reports = Router();\n\nreports.get('/reports', (req, res) => res.status(200).end());\n";

describe('a route without the guard of its neighbours', () => {
  it.each([
    [
      "import { signedIn } from './auth/guards.js';",
      'signedIn',
      "import { Router } from 'express';\nimport { signedIn } from '../auth/guards.js';\n",
    ],
    [
      "import { signedIn as known } from './auth/guards.js';",
      'known',
      "import { Router } from 'express';\nimport { signedIn as known } from '../auth/guards.js';\n",
    ],
    [
      "import * as auth from './auth/guards.js';",
      'auth.signedIn',
      "import { Router } from 'express';\nimport * as auth from '../auth/guards.js';\n",
    ],
    [
      "import auth from './auth/guards.js';",
      'auth.signedIn',
      "import { Router } from 'express';\nimport auth from '../auth/guards.js';\n",
    ],
  ])('gets it, imported as there: %s', async (imported, name, head) => {
    const texts = modules(
      `${imported}\n${app}\napp.get('/orders', ${name}, (req, res) => res.status(200).end());`,
      reports,
    );
    const repaired = await repairedBy('security-guard-missing', texts);
    expect(repaired.title).toBe(`Put ${name} before the route, as before others`);
    const text = repaired.texts['src/routes/reports.ts']!;
    expect(text.startsWith(head)).toBe(true);
    expect(text).toContain(`reports.get('/reports', ${name}, (req, res) => res.status(200).end());`);
  });

  it('gets it in its own file without an import', async () => {
    const texts = {
      'openapi.yaml': contract,
      'app.js': `const express = require('express');\nconst app = express();\nconst signedIn = ${guard};\napp.get('/orders', signedIn, (req, res) => res.status(200).end());\napp.get('/reports', (req, res) => res.status(200).end());\napp.listen(3000);\n`,
    };
    const repaired = await repairedBy('security-guard-missing', texts);
    expect(repaired.texts['app.js']).toContain("app.get('/reports', signedIn, (req, res) =>");
  });

  it('gets it by require where its file is written so', async () => {
    const texts = {
      'openapi.yaml': contract,
      'guards.js': `exports.signedIn = ${guard};\n`,
      'app.js':
        "const express = require('express');\nconst { signedIn } = require('./guards');\nconst app = express();\napp.get('/orders', signedIn, (req, res) => res.status(200).end());\napp.use(require('./routes/reports'));\napp.listen(3000);\n",
      'routes/reports.js':
        "const { Router } = require('express')\n\nconst reports = Router()\nreports.get('/reports', (req, res) => res.status(200).end())\nmodule.exports = reports\n",
    };
    const repaired = await repairedBy('security-guard-missing', texts);
    expect(repaired.texts['routes/reports.js']).toMatch(
      /^const \{ Router \} = require\('express'\)\nconst \{ signedIn \} = require\('\.\.\/guards'\)\n/,
    );
  });

  it('gets it for as long as it guards others', async () => {
    const texts = modules(
      `import { signedIn } from './auth/guards.js';\n${app}\napp.get('/orders', signedIn, (req, res) => res.status(200).end());`,
      reports,
    );
    const passing = texts['src/auth/guards.ts']!.replace(
      'if (!req.headers.authorization) return res.status(401).end();',
      '',
    );
    const workspace = new Workspace();
    const memory = new RuleMemory();
    const offered: number[] = [];
    for (const guards of [texts['src/auth/guards.ts']!, passing]) {
      const files = memoryFiles({ ...texts, 'src/auth/guards.ts': guards });
      const findings = runRules(await workspace.model(files), files, { memory });
      const finding = findings.find(
        ({ rule, operation }) => rule === 'security-guard-missing' && operation === 'GET /reports',
      );
      offered.push(codeOffers(finding!).length);
    }
    expect(offered).toEqual([1, 0]);
  });

  it('gets none that is made for one route, whose name means something else there, or that cannot be imported', async () => {
    const made = modules(
      `${app}\nconst needs = (role) => ${guard};\napp.get('/orders', needs('reader'), (req, res) => res.status(200).end());`,
      reports,
    );
    const taken = modules(
      `import { signedIn } from './auth/guards.js';\n${app}\napp.get('/orders', signedIn, (req, res) => res.status(200).end());`,
      reports.replace('(req, res) =>', '(req, res, signedIn) =>'),
    );
    // The file of the app imports that of the route: the other way round would be a circle.
    const own = modules(
      `${app}\nexport const signedIn = ${guard};\napp.get('/orders', signedIn, (req, res) => res.status(200).end());`,
      reports,
    );
    for (const texts of [made, taken, own])
      for (const finding of await foundBy('security-guard-missing', texts)) expect(codeOffers(finding)).toEqual([]);
  });
});
