// `fidelity check`: exit codes, options, outputs and what is said when input is not as it should be.

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectValid } from '../report/schemas.ts';
import { agreeing, drifting, fidelity, workspace } from './run-fidelity.ts';

describe('exit codes', () => {
  it('is 1 with findings, which are printed', async () => {
    const { code, stdout, stderr } = await fidelity(workspace(drifting), ['check']);
    expect(stdout).toContain('status-undeclared  GET /orders/{id}');
    expect(stdout).toContain('src/app.js:5:');
    expect(stdout).toContain('openapi.yaml:8:7');
    expect(stdout).toContain('1 finding: 1 error');
    expect(stdout).toContain('Verified 1 of 1 operation.');
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it('is 0 when contract and code agree', async () => {
    const { code, stdout, stderr } = await fidelity(workspace(agreeing), ['check', '.']);
    expect(stdout).toBe('No findings\nVerified 1 of 1 operation.\n');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it.each([
    [['--fail-on', 'never'], 0],
    [['--rule', 'status-undeclared=warning'], 0],
    [['--rule', 'status-undeclared=warning', '--fail-on', 'warning'], 1],
    [['--rule', 'status-undeclared=off', '--fail-on', 'information'], 0],
  ])('follows %j', async (options, expected) => {
    expect((await fidelity(workspace(drifting), ['check', ...options])).code).toBe(expected);
  });

  it('is 2 for every misuse, with one line that says what is wrong', async () => {
    const folder = workspace({ ...drifting, 'notes.yaml': 'a: 1\n' });
    symlinkSync('loop', join(folder, 'loop'));
    const misuses: readonly (readonly [readonly string[], RegExp])[] = [
      [['check', 'nowhere'], /There is no folder "nowhere"/],
      [['check', 'loop'], /There is no folder "loop"/],
      [['check', 'a\0b'], /There is no folder/],
      [['check', 'openapi.yaml'], /"openapi\.yaml" is a file: give the folder/],
      [['check', '-f', 'html'], /There is no format "html"\. The formats are pretty, json/],
      [['check', '-f', 'json='], /names no file/],
      [['check', '-f', 'json', '-f', 'sarif'], /Only one format can go to standard output/],
      [['check', '--fail-on', 'fatal'], /--fail-on "fatal" is none of error/],
      [['check', '--rule', 'status-undeclard=off'], /Did you mean status-undeclared/],
      [['check', '--rule', 'status-undeclared=loud'], /is not of the form RULE=SEVERITY/],
      [['check', '--max-findings', 'many'], /is not a whole number/],
      [['check', '--contract', 'missing.yaml'], /--contract "missing\.yaml" matches no file/],
      [['check', '--contract', '*.yml'], /--contract "\*\.yml" matches no file/],
      [['check', '--contract', 'src'], /--contract "src" cannot be read: it is a folder/],
      [['check', '--contract', 'notes.yaml'], /notes\.yaml.*\n/],
      [['check', '--config', 'none.yaml'], /There is no configuration "none\.yaml"/],
      [['check', '-f', 'json=src/app.js/x.json'], /cannot be written/],
      [['check', '--strict'], /unknown option '--strict'/],
      [['chek'], /Did you mean check/],
      [['baseline', 'write'], /unknown command 'baseline'/],
      [['explain', 'nonsense'], /There is no rule "nonsense"/],
      [['explain'], /missing required argument 'rule'/],
      [[], /Usage: fidelity/],
    ];
    for (const [args, message] of misuses) {
      const { code, stdout, stderr } = await fidelity(folder, args);
      expect(stderr, args.join(' ')).toMatch(message);
      expect(`${stdout}${stderr}`, args.join(' ')).not.toMatch(/^\s+at .*:\d+:\d+/m);
      expect(code, args.join(' ')).toBe(2);
    }
  });
});

describe('outputs', () => {
  it('prints valid JSON and nothing else for json', async () => {
    const { stdout, stderr } = await fidelity(workspace(drifting), ['check', '-f', 'json']);
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(stderr).toBe('');
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      rule: 'status-undeclared',
      operation: 'GET /orders/{id}',
      subject: '404',
      code: { file: 'src/app.js', line: 5 },
      contract: { file: 'openapi.yaml', line: 8 },
    });
    expect(report.routes).toMatchObject([{ method: 'GET', path: '/orders/{id}', operation: 'GET /orders/{id}' }]);
    expect(stdout).not.toContain('/tmp/');
  });

  it('prints valid SARIF', async () => {
    const { stdout } = await fidelity(workspace(drifting), ['check', '-f', 'sarif']);
    const log = JSON.parse(stdout);
    expectValid('sarif', log);
    const [run] = log.runs;
    expect(run.results[0].partialFingerprints['contractFidelity/v1']).toMatch(/^[0-9a-f]{16}$/);
    expect(run.results[0].relatedLocations.length).toBeGreaterThan(0);
    expect(run.tool.driver.rules[0].help.markdown).toContain('What it finds');
  });

  it('writes several formats to files in one run, whole, and still says why it is 1', async () => {
    const folder = workspace(drifting);
    const run = await fidelity(folder, [
      'check',
      '-f',
      'json=out/drift.json',
      '-f',
      'sarif=drift.sarif',
      '-f',
      'junit=j.xml',
    ]);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toBe('1 finding: 1 error. See out/drift.json, drift.sarif, j.xml.\n');
    expectValid('report', JSON.parse(readFileSync(join(folder, 'out/drift.json'), 'utf8')));
    expectValid('sarif', JSON.parse(readFileSync(join(folder, 'drift.sarif'), 'utf8')));
    expect(readFileSync(join(folder, 'j.xml'), 'utf8')).toContain('failures="1"');
    expect(readdirSync(join(folder, 'out'))).toEqual(['drift.json']);
  });

  it('names paths from the root in JSON and from the current folder for people', async () => {
    const files = Object.fromEntries(Object.entries(drifting).map(([path, text]) => [`services/orders/${path}`, text]));
    const folder = workspace(files);
    const json = JSON.parse((await fidelity(folder, ['check', 'services/orders', '-f', 'json'])).stdout);
    expect(json.findings[0].code.file).toBe('src/app.js');
    const github = (await fidelity(folder, ['check', 'services/orders', '-f', 'github'])).stdout;
    expect(github).toContain('::error file=services/orders/src/app.js,line=5');
    const sarif = JSON.parse((await fidelity(folder, ['check', 'services/orders', '-f', 'sarif'])).stdout);
    const { artifactLocation } = sarif.runs[0].results[0].locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe('services/orders/src/app.js');
    const inside = await fidelity(folder, ['check', '-f', 'github'], { cwd: 'services/orders' });
    expect(inside.stdout).toContain('::error file=src/app.js,line=5');
  });

  it('gives several roots one report, with paths from what they share', async () => {
    const folder = workspace({
      ...Object.fromEntries(Object.entries(drifting).map(([path, text]) => [`a/${path}`, text])),
      ...Object.fromEntries(Object.entries(agreeing).map(([path, text]) => [`b/${path}`, text])),
    });
    const report = JSON.parse((await fidelity(folder, ['check', 'a', 'b', 'a', '-f', 'json'])).stdout);
    expect(report.contracts.map((contract: { file: string }) => contract.file)).toEqual([
      'a/openapi.yaml',
      'b/openapi.yaml',
    ]);
    expect(report.findings.map((finding: { code: { file: string } }) => finding.code.file)).toEqual(['a/src/app.js']);
  });

  it('has the same answer in two runs, but for the clock', async () => {
    const folder = workspace(drifting);
    const run = async () => JSON.parse((await fidelity(folder, ['check', '-f', 'json'])).stdout);
    const [first, second] = [await run(), await run()];
    first.summary.milliseconds = second.summary.milliseconds;
    expect(first).toEqual(second);
  });

  it('keeps a fingerprint when lines move', async () => {
    const fingerprint = async (files: Readonly<Record<string, string>>) =>
      JSON.parse((await fidelity(workspace(files), ['check', '-f', 'json'])).stdout).findings[0].fingerprint;
    const moved = { ...drifting, 'src/app.js': `// A comment more.\n\n${drifting['src/app.js']}` };
    expect(await fingerprint(moved)).toBe(await fingerprint(drifting));
  });

  it('is in colour at a terminal, unless told otherwise', async () => {
    const folder = workspace(drifting);
    const colored = async (args: string[], env: Record<string, string>, isTerminal: boolean) =>
      (await fidelity(folder, ['check', ...args], { env, isTerminal })).stdout.includes('\u001b[');
    expect(await colored([], {}, true)).toBe(true);
    expect(await colored([], {}, false)).toBe(false);
    expect(await colored([], { NO_COLOR: '1' }, true)).toBe(false);
    expect(await colored([], { FORCE_COLOR: '1' }, false)).toBe(true);
    expect(await colored(['--color'], { NO_COLOR: '1' }, false)).toBe(true);
    expect(await colored(['--no-color'], { FORCE_COLOR: '1' }, true)).toBe(false);
  });

  it('shows progress at a terminal only, and not with --quiet', async () => {
    const folder = workspace(agreeing);
    const seen = await fidelity(folder, ['check'], { isTerminal: true });
    expect(seen.stderr).toContain('Reading contracts and code');
    expect(seen.stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect((await fidelity(folder, ['check', '--quiet'], { isTerminal: true })).stderr).toBe('');
    expect((await fidelity(folder, ['check'], { isTerminal: true, env: { CI: 'true' } })).stderr).toBe('');
  });

  it('prints the times of the phases', async () => {
    const { stderr } = await fidelity(workspace(agreeing), ['check', '--timings']);
    expect(stderr).toMatch(
      /^Listing files +\d+ ms\nReading contracts and code +\d+ ms\nComparing .*\nReporting .*\nTotal .*\n$/,
    );
  });
});

describe('--why', () => {
  it('says all that is known of one operation', async () => {
    const folder = workspace(drifting);
    const { code, stdout } = await fidelity(folder, ['check', '--why', 'get /orders/{id}']);
    expect(code).toBe(0);
    expect(stdout).toContain('GET /orders/{id}\n  declared at openapi.yaml:5:5\n  parameters: path:id (required)');
    expect(stdout).toContain('  responses: 200\n  security: not mentioned\n');
    expect(stdout).toContain('Served as GET /orders/{id} by express, registered at src/app.js:4:1');
    expect(stdout).toMatch(/^ {4}404 from a handler at src\/app\.js:5:48: object/m);
    expect(stdout).toContain('and nothing else');
    expect(stdout).toMatch(/^ {4}path:id.* at src\/app\.js:5:/m);
  });

  it('names the nearest operations when there is none of that name', async () => {
    const { code, stderr } = await fidelity(workspace(drifting), ['check', '--why', 'GET /order/{id}']);
    expect(stderr).toBe('error: No contract has the operation "GET /order/{id}". Did you mean GET /orders/{id}?\n');
    expect(code).toBe(2);
  });
});

describe('suppression', () => {
  const comment = (text: string): Readonly<Record<string, string>> => ({
    ...drifting,
    'src/app.js': drifting['src/app.js']!.replace('  if (req', `  // fidelity-ignore ${text}\n  if (req`),
  });

  it('takes a finding out of the verdict and keeps it in the report', async () => {
    const folder = workspace(comment('status-undeclared -- the gateway answers it'));
    const { code, stdout } = await fidelity(folder, ['check', '-f', 'json']);
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(code).toBe(0);
    expect(report.findings[0].suppressed).toEqual({ by: 'comment', reason: 'the gateway answers it', until: null });
    expect(report.summary).toMatchObject({ suppressed: 1, findings: { error: 0 } });
  });

  it('ends on its day', async () => {
    const folder = workspace(comment('status-undeclared -- soon gone until 2026-05-31'));
    expect((await fidelity(folder, ['check'], { today: '2026-05-31' })).code).toBe(0);
    const after = await fidelity(folder, ['check'], { today: '2026-06-01' });
    expect(after.code).toBe(1);
    expect(after.stdout).toContain('suppression-expired');
  });

  it('reads the contract too', async () => {
    const contract = drifting['openapi.yaml']!.replace(
      '    get:\n',
      '    get:\n      x-fidelity-ignore: { status-undeclared: the gateway answers it }\n',
    );
    const { stdout } = await fidelity(workspace({ ...drifting, 'openapi.yaml': contract }), ['check', '-f', 'json']);
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'status-undeclared', suppressed: { by: 'contract' } }]);
  });
});

describe('what is read', () => {
  it('says that there is no contract, and what to do', async () => {
    const { 'openapi.yaml': _, ...code } = drifting;
    const { code: exit, stdout, stderr } = await fidelity(workspace(code), ['check']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^error: No contract was found in "\."\. Looked for .* Name one with --contract FILE, or run `fidelity init`\.\n$/,
    );
    expect(exit).toBe(2);
  });

  it('takes a contract from a build folder when there is no other, and says so', async () => {
    const { 'openapi.yaml': contract, ...code } = drifting;
    const built = workspace({ ...code, '.gitignore': 'dist\n', 'dist/openapi.yaml': contract! });
    const alone = await fidelity(built, ['check']);
    expect(alone.stderr).toContain('note: No contract lies outside of build folders, so dist/openapi.yaml was taken.');
    expect(alone.code).toBe(1);

    const both = workspace({ ...agreeing, 'dist/openapi.yaml': contract! });
    expect(await fidelity(both, ['check'])).toMatchObject({ code: 0, stderr: '' });
    expect((await fidelity(both, ['check', '--contract', 'dist/openapi.yaml'])).code).toBe(1);
  });

  it('takes contracts from beside the root, relative to the current folder', async () => {
    const { 'openapi.yaml': contract, ...code } = drifting;
    const files = Object.fromEntries(Object.entries(code).map(([path, text]) => [`api/${path}`, text]));
    const folder = workspace({ ...files, 'specs/v1/openapi.yaml': contract! });
    const { code: exit, stdout } = await fidelity(folder, [
      'check',
      'api',
      '--contract',
      'specs/**/*.yaml',
      '-f',
      'json',
    ]);
    expect(exit).toBe(1);
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(report.contracts[0].file).toBe('../specs/v1/openapi.yaml');
    const pretty = await fidelity(folder, ['check', 'api', '--contract', 'specs/v1/openapi.yaml']);
    expect(pretty.stdout).toContain('    specs/v1/openapi.yaml:8:7');
    expect(pretty.stdout).toContain('> 8 \u2502       responses:');
  });

  it('reads only the code that is named', async () => {
    const folder = workspace(drifting);
    const { stdout } = await fidelity(folder, ['check', '--code', 'lib/**', '-f', 'json']);
    expect(JSON.parse(stdout).routes).toEqual([]);
    expect(JSON.parse((await fidelity(folder, ['check', '--code', 'src', '-f', 'json'])).stdout).routes).toHaveLength(
      1,
    );
  });

  it('follows the nearest configuration above, and a named one instead', async () => {
    const files = Object.fromEntries(Object.entries(drifting).map(([path, text]) => [`api/${path}`, text]));
    const folder = workspace({
      ...files,
      'fidelity.yaml': 'failOn: never\n',
      'other.yaml': 'rules: { status-undeclared: warning }\nfailOn: warning\n',
    });
    expect((await fidelity(folder, ['check', 'api'])).code).toBe(0);
    expect((await fidelity(folder, ['check', 'api', '--fail-on', 'error'])).code).toBe(1);
    const other = await fidelity(folder, ['check', 'api', '--config', 'other.yaml']);
    expect(other.code).toBe(1);
    expect(other.stdout).toContain('1 finding: 1 warning');
  });

  it.each([
    ['an unknown key', 'failOn: error\nruls: {}\n', /^error: fidelity\.yaml:2:1: .*ruls/],
    [
      'an unknown rule',
      'rules:\n  status-undeclard: off\n',
      /^error: fidelity\.yaml:2:3: There is no rule "status-undeclard"/,
    ],
    ['a wrong value', 'failOn: sometimes\n', /^error: fidelity\.yaml:1:9: /],
    ['broken YAML', 'rules: [\n', /^error: fidelity\.yaml:\d+:\d+: The configuration is not valid YAML/],
    [
      'a contract that is not there',
      'contracts:\n  - file: none.yaml\n',
      /^error: fidelity\.yaml:2:11: .*`none\.yaml` does not exist/,
    ],
  ])('ends with 2 and the line for a configuration with %s', async (_, text, message) => {
    const { code, stdout, stderr } = await fidelity(workspace({ ...agreeing, 'fidelity.yaml': text }), ['check']);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('bad input', () => {
  const contract = drifting['openapi.yaml']!;
  const withReference = (target: string): Readonly<Record<string, string>> => ({
    ...agreeing,
    'openapi.yaml': agreeing['openapi.yaml']!.replace(
      "'404': { description: None. }",
      `'404': { description: None., content: { application/json: { schema: { $ref: '${target}' } } } }`,
    ),
  });

  it.each([
    ['/etc/passwd', /out of the workspace/],
    ['../../../../../../etc/passwd', /out of the workspace/],
    ['http://127.0.0.1:9/schema.yaml', /http:\/\/127\.0\.0\.1:9\/schema\.yaml/],
    ['missing.yaml#/x', /missing\.yaml/],
  ])('names a reference to %s, reads nothing there and proves nothing by it', async (target, message) => {
    const { code, stdout, stderr } = await fidelity(workspace(withReference(target)), ['check', '-f', 'json']);
    expect(stderr).toMatch(message);
    expect(`${stdout}${stderr}`).not.toContain('root:');
    const report = JSON.parse(stdout);
    expectValid('report', report);
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });

  it('survives references in a circle', async () => {
    const circle = `${contract}components:\n  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n`;
    const used = circle.replace('type: object\n', "$ref: '#/components/schemas/A'\n                x: object\n");
    const { code, stderr } = await fidelity(workspace({ ...drifting, 'openapi.yaml': used }), ['check']);
    expect(stderr).not.toContain('The analysis failed');
    expect([0, 1]).toContain(code);
  });

  it('ends with 2 for a truncated contract and names the line', async () => {
    const broken = {
      ...drifting,
      'openapi.yaml': `${contract.slice(0, contract.indexOf('responses'))}responses: {'200': {`,
    };
    const { code, stderr } = await fidelity(workspace(broken), ['check']);
    expect(stderr).toMatch(/^error: openapi\.yaml:\d+:\d+: /);
    expect(code).toBe(2);
  });

  it('ends with 2 for an alias bomb, quickly', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `x-${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
    );
    const bomb = `openapi: 3.0.3\ninfo: { title: Bomb, version: '1' }\nx-0: &a0 [boom]\n${levels.join('\n')}\npaths: *a12\n`;
    const start = Date.now();
    const { code, stderr } = await fidelity(workspace({ ...drifting, 'openapi.yaml': bomb }), ['check']);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('The analysis failed');
    expect(code).toBe(2);
    expect(Date.now() - start).toBeLessThan(20_000);
  });

  it('ends with 2 for a contract of 100 MB and says why it was not read', async () => {
    const folder = workspace({ 'package.json': '{}' });
    writeFileSync(join(folder, 'openapi.json'), '{"openapi":"3.0.3"}');
    truncateSync(join(folder, 'openapi.json'), 100 * 1024 * 1024);
    const found = await fidelity(folder, ['check']);
    expect(found.stderr).toContain('openapi.json was not read: it has 100 MB, and 20 MB is the limit.');
    expect(found.code).toBe(2);
    const named = await fidelity(folder, ['check', '--contract', 'openapi.json']);
    expect(named.stderr).toMatch(/openapi\.json.*larger/);
    expect(named.code).toBe(2);
  });

  it('ends with 2 for NUL bytes and for a folder in the place of a contract', async () => {
    const binary = workspace({ 'openapi.yaml': 'openapi: 3.0.3\0\npaths: {}\n' });
    const { code, stderr } = await fidelity(binary, ['check']);
    expect(stderr).toContain('openapi.yaml was not read: it holds NUL bytes.');
    expect(code).toBe(2);
    const folder = workspace({});
    mkdirSync(join(folder, 'openapi.yaml'));
    expect((await fidelity(folder, ['check', '--contract', 'openapi.yaml'])).code).toBe(2);
  });

  it('reads the rest when one of several contracts or one source file is broken', async () => {
    const folder = workspace({ ...drifting, 'other.yaml': 'openapi: 3.0.3\npaths: {', 'src/broken.js': 'function (' });
    const { code, stdout, stderr } = await fidelity(folder, ['check']);
    expect(stdout).toContain('status-undeclared');
    expect(stderr).toContain('error: other.yaml:');
    expect(code).toBe(1);
  });

  it('runs nothing of the workspace', async () => {
    const trap = "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'ran'), '');\n";
    const folder = workspace({
      ...drifting,
      'src/app.js': trap + drifting['src/app.js'],
      'fidelity.config.js': trap,
      '.spectral.js': trap,
      'node_modules/express/index.js': trap,
      'node_modules/express/package.json': '{ "name": "express", "main": "index.js" }',
    });
    await fidelity(folder, ['check']);
    expect(['src/ran', 'ran', 'node_modules/express/ran'].filter((path) => existsSync(join(folder, path)))).toEqual([]);
  });
});
