// The editor and the command line say the same, and an edited session says the same as a cold start on the final text.

import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { uncancelled } from '../../server/src/base/host.ts';
import { Analyser, type Analysis } from '../../server/src/features/analysis.ts';
import { diagnosticsOf } from '../../server/src/features/diagnostics.ts';
import { createFileSource } from '../../server/src/host/file-source.ts';
import { overlay } from '../../server/src/host/overlay.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { propertyRuns } from '../harness/property-runs.ts';

const example = join(import.meta.dirname, '../../examples/checkout');
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fidelity-agreement-')));
  cpSync(example, folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One analysis with unsaved texts over the files on disk. */
function analyse(
  analyser: Analyser,
  buffers: ReadonlyMap<string, { text: string; version: number }>,
): Promise<Analysis> {
  const disk = createFileSource({ roots: [folder] });
  const files = overlay(disk, buffers);
  return analyser.run({ folders: [folder], files, withProduced: () => files, configurations: files }, uncancelled);
}

/** What an editor would show, as plain text that can be compared. */
function shown(analysis: Analysis): string {
  const diagnostics = diagnosticsOf(analysis, { maxPerFile: 1000, shows: () => true });
  const entries = [...diagnostics].map(([file, found]) => [
    file,
    found.map(({ place, code, severity, message, finding }) => [place, code, severity, message, finding?.fingerprint]),
  ]);
  return JSON.stringify(entries.sort(), null, 1);
}

describe('agreement', () => {
  it('holds between the editor and the command line: same findings, same fingerprints', async () => {
    const analysis = await analyse(new Analyser(), new Map());
    const files = createFileSource({ roots: [folder] });
    const findings = runRules(await new Workspace().model(files, uncancelled), files, {});
    const names = (list: typeof findings): string[] =>
      list.map((one) => `${one.fingerprint} ${one.rule} ${one.severity}`);
    const [project] = analysis.projects;
    expect(findings.length).toBeGreaterThan(5);
    expect(names(project!.findings)).toEqual(names(findings));
  });

  it('holds between an edited session and a cold start, whatever was typed in which order', async () => {
    const paths = [
      'openapi.yaml',
      'src/app.ts',
      'src/routes/payments.ts',
      'src/routes/refunds.ts',
      'src/services/payments.ts',
      'src/schemas.ts',
      'src/middleware/errors.ts',
      'src/errors.ts',
      'src/presenters.ts',
    ];
    const edit = fc.record({
      path: fc.constantFrom(...paths),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 40 }),
      text: fc.constantFrom(
        '',
        ' ',
        '\n',
        '{',
        '}',
        "'",
        'x',
        '404',
        "'409':",
        '// note\n',
        '# note\n',
        'return;',
        'throw new NotFoundError("a", "b");',
      ),
      undo: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const analyser = new Analyser();
        await analyse(analyser, new Map());
        const buffers = new Map<string, { text: string; version: number }>();
        let version = 0;
        let last: Analysis | undefined;
        for (const { path, at, length, text, undo } of edits) {
          const file = join(folder, path);
          const before = buffers.get(file)?.text ?? readFileSync(file, 'utf8');
          const start = Math.floor(at * before.length);
          buffers.set(file, { text: before.slice(0, start) + text + before.slice(start + length), version: ++version });
          last = await analyse(analyser, new Map(buffers));
          if (undo) {
            buffers.set(file, { text: before, version: ++version });
            last = await analyse(analyser, new Map(buffers));
          }
        }
        // A broken contract may live on in a session, for a while; it must leave no trace once it is whole again.
        const contract = join(folder, 'openapi.yaml');
        const typed = buffers.get(contract)?.text ?? '';
        if (parseDocument(typed, { logLevel: 'silent' }).errors.length > 0) {
          buffers.set(contract, { text: readFileSync(contract, 'utf8'), version: ++version });
          last = await analyse(analyser, new Map(buffers));
        }
        const cold = await analyse(new Analyser(), new Map(buffers));
        expect(shown(last!)).toBe(shown(cold));
      }),
      { numRuns: Number(process.env.AGREEMENT_RUNS ?? propertyRuns(40)) },
    );
  }, 600_000);
});
