// Owns the test of the drift report as a file: what a reader sees and does in a browser, by day, by night and in high contrast, and that
// five thousand findings are as quick as ten. It must not reach behind the page.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../launch/workbench.mjs';
import { expectAccessible } from './accessibility.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const MANY = 5000;
function makePage(folder) {
  const file = path.join(folder, 'drift.html');
  const made = spawnSync(process.execPath, [
    path.join(root, 'dist/cli.js'),
    'report',
    path.join(root, 'examples/checkout'),
    '-f',
    `html=${file}`,
    '--quiet',
  ]);
  if (made.status !== 0) throw new Error(`the report was not written: ${made.stderr}`);
  return file;
}

/** The same page with its findings repeated until there are thousands. */
function manyFindings(file) {
  const text = fs.readFileSync(file, 'utf8');
  const many = text.replace(
    /(<script type="application\/json" id="data">)(.*?)(<\/script>)/s,
    (_, open, data, close) => {
      const report = JSON.parse(data);
      const own = report.findings;
      const findings = Array.from({ length: MANY }, (_, index) => ({
        ...own[index % own.length],
        fingerprint: index.toString(16).padStart(16, '0'),
        subject: `number-${index}`,
        message: `Number ${index}: ${own[index % own.length].message}`,
      }));
      return `${open}${JSON.stringify({ ...report, findings }).replaceAll('<', '\\u003c')}${close}`;
    },
  );
  const target = file.replace(/\.html$/, '-many.html');
  fs.writeFileSync(target, many);
  return target;
}

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

/** @param {{ artifacts: string, editor: { driver: string, browser: string } }} options */
export async function runReportPageTest({ artifacts, editor }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fidelity-report-'));
  const browser = await openBrowser(editor);
  try {
    const file = makePage(folder);
    for (const [name, options] of [
      ['light', { colorScheme: 'light' }],
      ['dark', { colorScheme: 'dark' }],
      ['high-contrast', { colorScheme: 'dark', forcedColors: 'active' }],
    ]) {
      const page = await browser.newPage({
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      const outside = [];
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) outside.push(request.url());
      });
      const errors = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(pathToFileURL(file).href);
      await page.locator('tr.finding').first().waitFor();
      await page.screenshot({ path: path.join(artifacts, `report-${name}.png`) });
      await page.locator('tr.finding').first().click();
      await page.locator('tr.detail pre').first().waitFor();
      await page.locator('tr.finding').first().scrollIntoViewIfNeeded();
      await page.screenshot({ path: path.join(artifacts, `report-${name}-opened.png`) });
      await expectAccessible(page, `the report in ${name}`);
      expect(outside.length === 0, `the page asked for ${outside.join(', ')}`);
      expect(errors.length === 0, `the page complained: ${errors.join('; ')}`);
      await page.close();
      console.log(`✔ the report is accessible in ${name}, and asks for nothing`);
    }
    await filters(browser, file);
    await thousands(browser, manyFindings(file));
    await paper(browser, file, artifacts);
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function filters(browser, file) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  const rows = page.locator('tr.finding');
  const all = await rows.count();
  await page.keyboard.press('/');
  await page.keyboard.type('webhook');
  await page.waitForFunction((count) => document.querySelectorAll('tr.finding').length < count, all);
  expect(
    (await page.locator('#shown').innerText()).startsWith(`${await rows.count()} of ${all}`),
    'the count is not said',
  );
  expect(page.url().includes('#q=webhook'), `the address does not name the view: ${page.url()}`);
  await page.locator('#search').fill('');
  await page.locator('.chip.warning').click();
  expect((await rows.count()) === (await page.locator('tr.finding.warning').count()), 'other severities are shown');
  const fingerprint = await rows.first().getAttribute('data-fingerprint');
  await page.locator('.chip.warning').click();
  await page.locator('#search').blur();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator('tr.detail').waitFor();
  await page.locator('th.operation button').click();
  expect((await page.locator('th.operation').getAttribute('aria-sort')) === 'ascending', 'the order is not said');
  const linked = await browser.newPage();
  await linked.goto(`${pathToFileURL(file).href}#finding=${fingerprint}`);
  await linked.locator(`tr.detail[data-detail="${fingerprint}"]`).waitFor();
  await page.close();
  await linked.close();
  console.log('✔ findings are searched, filtered, sorted, walked by keys, and found by their address');
}

async function thousands(browser, file) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.locator('tr.finding').first().waitFor();
  const drawn = await page.locator('tr.finding').count();
  expect(drawn > 0 && drawn < MANY / 10, `${drawn} rows were drawn at once`);
  const took = await page.evaluate(async () => {
    const start = performance.now();
    const search = document.querySelector('#search');
    for (const text of ['n', 'nu', 'number 4', 'number 49', 'number 499', '']) {
      search.value = text;
      search.dispatchEvent(new Event('input'));
      document.body.getBoundingClientRect();
    }
    for (const head of document.querySelectorAll('.findings th button')) head.click();
    return performance.now() - start;
  });
  const redrawn = await page.locator('tr.finding').count();
  expect(redrawn > 0 && redrawn < MANY / 10, `${redrawn} rows were drawn after a change of the view`);
  await page.goto(`${pathToFileURL(file).href}#finding=0000000000001000`);
  await page.reload();
  await page.locator('tr.detail[data-detail="0000000000001000"]').waitFor();
  await page.close();
  console.log(`✔ ${MANY} findings: eleven changes of the view in ${Math.round(took)} ms`);
}

async function paper(browser, file, artifacts) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.emulateMedia({ media: 'print' });
  expect(!(await page.locator('#filters').isVisible()), 'controls are printed');
  await page.pdf({ path: path.join(artifacts, 'report.pdf'), format: 'A4' });
  await page.close();
  console.log('✔ the report can be printed');
}

if (process.argv[1] === import.meta.filename) {
  const { installEditor } = await import('../launch/install.mjs');
  const artifacts = path.join(root, '.vscode-test/artifacts');
  fs.mkdirSync(artifacts, { recursive: true });
  await runReportPageTest({ artifacts, editor: installEditor() });
}
