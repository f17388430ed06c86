// Owns the contract that the framework's own generator makes of the service beside this file. Its decorators need the metadata of types
// that only the `typescript` package writes, so the service is transpiled into a folder of its own and asked there.
// It must not know what is found in it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const home = join(process.cwd(), 'test/golden/nest');

/** The contract as text, as it stands in `service/openapi.json`. Throws what the service prints when it does not start. */
export function generated(): string {
  const built = mkdtempSync(join(tmpdir(), 'fidelity-golden-'));
  try {
    symlinkSync(join(process.cwd(), 'node_modules'), join(built, 'node_modules'), 'junction');
    writeFileSync(join(built, 'package.json'), '{ "type": "module" }');
    for (const path of readdirSync(join(home, 'service/src'), { recursive: true, encoding: 'utf8' }))
      if (path.endsWith('.ts')) transpile(join(home, 'service/src', path), join(built, path));
    transpile(join(home, 'document.ts'), join(built, 'document.ts'));
    return execFileSync(process.execPath, ['document.js'], { cwd: built, encoding: 'utf8' });
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

function transpile(source: string, target: string): void {
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
    fileName: source,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target.replace(/\.ts$/, '.js'), outputText);
}
