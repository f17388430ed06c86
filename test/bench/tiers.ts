// Owns the cost of the two tiers of code analysis: what one handler costs the first tier as the workspace grows, and what the type
// checker's process costs in time and memory where every answer depends on types. It judges nothing.

import { resolve } from 'node:path';
import ts from 'typescript';
import { ChildCompanion } from '../../server/src/host/child-companion.ts';
import { createFileSource } from '../../server/src/host/file-source.ts';
import { runRules } from '../../server/src/rules/run.ts';
import { inquire } from '../../server/src/types/inquiries.ts';
import { TypeKnowledge } from '../../server/src/types/knowledge.ts';
import { questionsOf } from '../../server/src/types/questions.ts';
import type { WorkspaceModel } from '../../server/src/workspace/model.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { generateWorkspace, HANDLERS_PER_RESOURCE } from './generate.ts';
import { onDisk } from './on-disk.ts';

export interface FirstTier {
  readonly handlers: number;
  /** `fifties`: in services of fifty handlers each; `one`: all of them in one app with one contract. */
  readonly services: 'fifties' | 'one';
  /** From the list of files to the findings, nothing kept from before; milliseconds by the clock. */
  readonly milliseconds: number;
  /** Of the processor, all threads; this and what follows is divided by the handlers. */
  readonly perHandler: number;
  readonly findings: number;
}

export interface SecondTier {
  readonly handlers: number;
  readonly questions: number;
  readonly answered: number;
  /** The same workspace without and with types, cold, from the list of files to the findings. */
  readonly first: number;
  readonly both: number;
  /** Of that, waiting for the checker. */
  readonly asking: number;
  /** Resident megabytes of the checker's process. */
  readonly megabytes: number;
  /** A program over the same files with all of its diagnostics, in this process: what `tsc --noEmit` does. */
  readonly typeCheck: number;
}

const now = (): number => performance.now();
const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Contracts, code, facts and rules of a generated workspace; the median of three runs that share nothing but a warm engine. */
export function measureFirstTier(handlers: number, seed: number, services: FirstTier['services']): Promise<FirstTier> {
  const resources = services === 'one' ? Math.round(handlers / HANDLERS_PER_RESOURCE) : undefined;
  const generated = generateWorkspace(handlers, seed, resources);
  return onDisk(generated.files, async (folder) => {
    const runs: { readonly clock: number; readonly processor: number; readonly findings: number }[] = [];
    for (let run = 0; run < 3; run++) {
      const files = createFileSource({ roots: [folder] });
      const from = now();
      const used = process.cpuUsage();
      const findings = runRules(await new Workspace().model(files), files, {}).length;
      const { user, system } = process.cpuUsage(used);
      runs.push({ clock: now() - from, processor: (user + system) / 1_000, findings });
    }
    const { clock, processor, findings } = runs.sort((a, b) => a.processor - b.processor)[1]!;
    return {
      handlers: generated.handlers,
      services,
      milliseconds: rounded(clock, 0),
      perHandler: rounded(processor / generated.handlers, 2),
      findings,
    };
  });
}

/** A workspace of which no answer is known without types: what is stored comes from a package, and nothing is annotated. */
function withoutAnnotations(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const changed = [...files].map(([path, text]): [string, string] => {
    if (!/\/src\/services\//.test(path)) return [path, text];
    const stored = text
      .replace(/new Map<string, (\w+)>\(\)/, 'collection<$1>()')
      .replace(/\): Promise<[^{]*> \{/g, ') {');
    return [path, `import { collection } from 'store';\n${stored}`];
  });
  return new Map([
    ...changed,
    [
      'tsconfig.json',
      '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "types": [] } }',
    ],
    ['node_modules/store/package.json', '{ "name": "store", "version": "1.0.0", "types": "index.d.ts" }'],
    [
      'node_modules/store/index.d.ts',
      'export interface Collection<T> { get(id: string): T | undefined; set(id: string, value: T): void; delete(id: string): void; values(): T[]; size: number }\nexport function collection<T>(): Collection<T>;\n',
    ],
  ]);
}

/** The second tier on a workspace where it has as much to do as there can be. `bundle` is the checker's. */
export function measureSecondTier(handlers: number, seed: number, bundle: string): Promise<SecondTier> {
  const generated = generateWorkspace(handlers, seed);
  return onDisk(withoutAnnotations(generated.files), async (folder) => {
    const files = createFileSource({ roots: [folder] });
    const start = now();
    const alone = await new Workspace().model(files);
    runRules(alone, files, {});
    const first = now() - start;

    const from = now();
    const workspace = new Workspace();
    const knowledge = new TypeKnowledge();
    const checker = new ChildCompanion({ bundle: resolve(bundle), megabytes: 3_072, idle: 1_000 });
    let model: WorkspaceModel = await workspace.model(files);
    const sum = { questions: 0, answered: 0, asking: 0, megabytes: 0 };
    for (let round = 0; round < 3; round++) {
      const questions = questionsOf(model);
      const asked = now();
      const outcome = await inquire(knowledge, questions, files, checker, { patience: 600_000 });
      sum.asking += now() - asked;
      sum.questions += outcome.asked;
      sum.answered += outcome.answered;
      sum.megabytes = Math.max(sum.megabytes, outcome.megabytes ?? 0);
      if (outcome.failure !== undefined) throw new Error(`The type checker is ${outcome.failure}.`);
      if (outcome.answered === 0) break;
      model = await workspace.model(files, undefined, knowledge.answers(files, 'drop'));
    }
    checker.stop();
    runRules(model, files, {});
    const both = now() - from;

    const checkedFrom = now();
    const program = ts.createProgram(
      files.list().filter((path) => path.endsWith('.ts')),
      {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        types: [],
      },
    );
    ts.getPreEmitDiagnostics(program);
    return {
      handlers: generated.handlers,
      questions: sum.questions,
      answered: sum.answered,
      first: rounded(first, 0),
      both: rounded(both, 0),
      asking: rounded(sum.asking, 0),
      megabytes: sum.megabytes,
      typeCheck: rounded(now() - checkedFrom, 0),
    };
  });
}
