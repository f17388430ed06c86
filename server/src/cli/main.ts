// Owns the command line itself: the commands, their options and help, and that every end of a run has its exit code.
// It must not know what the commands do. Nothing that goes wrong reaches the user as a stack trace.

import { Command, CommanderError } from 'commander';
import { presetNames } from '../report/drift/model.ts';
import { writers } from '../report/formats.ts';
import { type BaselineOptions, baseline } from './commands/baseline.ts';
import { type BumpOptions, bump } from './commands/bump.ts';
import { type CheckOptions, check } from './commands/check.ts';
import { type DiffOptions, diff, diffFormats } from './commands/diff.ts';
import { type InitOptions, init } from './commands/init.ts';
import { type LineageOptions, lineage } from './commands/lineage.ts';
import { type LspOptions, lsp } from './commands/lsp.ts';
import { type ReportOptions, report, reportFormats } from './commands/report.ts';
import { type RoutesOptions, routes } from './commands/routes.ts';
import { explain, type RulesOptions, rules } from './commands/rules.ts';
import { type ExitCode, exitCodes, UsageError } from './exit.ts';
import type { Terminal } from './terminal.ts';
import { tool } from './version.ts';

/** Runs one command line (without the interpreter and the script) and says with which code the process should end. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.clean;
  const program = commands(terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version are answers; everything else that commander ends with is a usage error it has already explained.
      return error.exitCode === 0 ? exitCodes.clean : exitCodes.failure;
    }
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UsageError) terminal.stderr.write(`error: ${message}\n`);
    else {
      const stack = error instanceof Error && terminal.env.FIDELITY_DEBUG ? `\n${error.stack}` : '';
      terminal.stderr.write(
        `error: The analysis failed: ${message}${stack}\nThis is a fault of the tool, not of your code. ` +
          'FIDELITY_DEBUG=1 shows where it happened.\n',
      );
    }
    return exitCodes.failure;
  }
}

function commands(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('fidelity')
    .description('Finds where an OpenAPI contract and the code that serves it disagree.')
    .version(tool.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, configuration or a failure.',
    );

  withInputs(program.command('check'))
    .description('compare contracts and code, and report where they differ')
    .argument('[path...]', 'folders to analyse (default: the current one)')
    .option('-f, --format <format[=file]>', `${[...writers.keys()].join(', ')}; repeatable`, collect)
    .option('--fail-on <severity>', 'error, warning, information or never (default: error)')
    .option('--rule <id=severity>', 'error, warning, information, hint or off; repeatable', collect)
    .option('--max-findings <number>', 'print at most this many findings for people')
    .option('--why <operation>', 'print all that is known of one operation, such as "GET /orders/{id}"')
    .option('--types', 'ask the TypeScript checker, in a process of its own, for what the code alone does not tell')
    .option(
      '--remote',
      'fetch documents of other hosts that a contract refers to, where `remoteHosts` of fidelity.yaml allows the host',
    )
    .option('--lint', 'run the nearest .spectral ruleset (else spectral:oas) over the contracts too')
    .option('--trust-rulesets', 'let rulesets run code: JavaScript, functions and free expressions in paths')
    .option('--color', 'write in colour')
    .option('--no-color', 'write without colour')
    .action(async (paths: string[], options: CheckOptions) => done(await check(paths, options, terminal)));

  withInputs(program.command('routes'))
    .description('list the routes that the code serves')
    .argument('[path...]', 'folders to analyse (default: the current one)')
    .option('-f, --format <format[=file]>', 'pretty, json; repeatable', collect)
    .action(async (paths: string[], options: RoutesOptions) => done(await routes(paths, options, terminal)));

  withInputs(program.command('report'))
    .description('write the drift report: summary, score, coverage and findings in one document')
    .argument('[path...]', 'folders to analyse (default: the current one); with --merge, more reports')
    .option('-f, --format <format[=file]>', `${reportFormats.join(', ')}; repeatable (default: markdown)`, collect)
    .option('--preset <name>', `${presetNames.join(', ')} (default: overview)`)
    .option('--since <ref>', 'only what drifts in files that differ from this revision (preset post-incident)')
    .option('--merge <report.json>', 'roll up reports of `check -f json` instead of reading code; repeatable', collect)
    .option('--summary', 'as Markdown, only the summary of one screen')
    .option('--max-findings <number>', 'list at most this many findings in Markdown')
    .option('--types', 'ask the TypeScript checker, in a process of its own, for what the code alone does not tell')
    .option(
      '--remote',
      'fetch documents of other hosts that a contract refers to, where `remoteHosts` of fidelity.yaml allows the host',
    )
    .action(async (paths: string[], options: ReportOptions) => done(await report(paths, options, terminal)));

  program
    .command('rules')
    .description('list the rules')
    .option('-f, --format <format[=file]>', 'pretty, json; repeatable', collect)
    .option('--color', 'write in colour')
    .option('--no-color', 'write without colour')
    .action((options: RulesOptions) => done(rules(options, terminal)));

  program
    .command('explain')
    .description('print the page of a rule, or of a kind of change')
    .argument('<rule>', 'the id of a rule, or of a kind of change')
    .option('--color', 'write in colour')
    .option('--no-color', 'write without colour')
    .action((rule: string, options: RulesOptions) => done(explain(rule, options, terminal)));

  program
    .command('diff')
    .description('print the changes between two states of a contract: files, or REF:FILE of git')
    .argument('<base>', 'the state before')
    .argument('<revision>', 'the state after')
    .option('-f, --format <format[=file]>', `${diffFormats.join(', ')}; repeatable`, collect)
    .option('--fail-on <level>', 'breaking, risky, compatible, documentation or never (default: breaking)')
    .option('--config <file>', 'the configuration (default: the nearest fidelity.yaml above)')
    .option('--max-findings <number>', 'print at most this many changes for people')
    .option('--timings', 'print how long it took')
    .option('--color', 'write in colour')
    .option('--no-color', 'write without colour')
    .option('--handlers <folder>', 'say of each change what the handlers in this folder do')
    .action(async (base: string, revision: string, options: DiffOptions) =>
      done(await diff(base, revision, options, terminal)),
    );

  program
    .command('bump')
    .description('print the version that the changes since the base call for')
    .argument('[contract]', 'the contract (default: the only one there is)')
    .option(
      '--base <ref>',
      'a revision, tag:PATTERN or a file (default: the last recorded release, else the merge base with the main branch)',
    )
    .option('--write', 'write the version into the contract, its package.json and its changelog')
    .option('--record', 'note the committed state in .fidelity/baseline.json as a release')
    .option('-f, --format <format[=file]>', `${diffFormats.join(', ')}; repeatable`, collect)
    .option('--fail-on <level>', 'breaking, risky, compatible, documentation or never (default: never)')
    .option('--config <file>', 'the configuration (default: the nearest fidelity.yaml above)')
    .option('--color', 'write in colour')
    .option('--no-color', 'write without colour')
    .option('--no-handlers', 'do not look into the code')
    .action(async (contract: string | undefined, options: BumpOptions) =>
      done(await bump(contract, options, terminal)),
    );

  program
    .command('lineage')
    .description('list the versions of a contract in the history, and whether their numbers kept their promise')
    .argument('[contract]', 'the contract (default: the only one there is)')
    .option('-f, --format <format[=file]>', 'pretty, json, markdown; repeatable', collect)
    .option('--max-commits <number>', 'look at no more than this many commits (default: 200)')
    .option('--config <file>', 'the configuration (default: the nearest fidelity.yaml above)')
    .action((contract: string | undefined, options: LineageOptions) => done(lineage(contract, options, terminal)));

  program
    .command('lsp')
    .description('the language server, for any editor')
    .option('--stdio', 'speak over standard input and output')
    .action(async (options: LspOptions) => done(await lsp(options)));

  program
    .command('baseline')
    .description('accept what is found now, so that only new findings fail a run')
    .argument('<action>', 'write, prune (drop what is no longer there) or check (is all of it still there?)')
    .argument('[path]', 'the folder to look at (default: the current one)')
    .option('--reason <text>', 'why what is new is accepted')
    .option('--grow', 'accept new findings although there is a baseline')
    .option('--config <file>', 'the configuration (default: the nearest fidelity.yaml above)')
    .option('--quiet', 'no progress and no notices')
    .action(async (action: string, path: string | undefined, options: BaselineOptions) =>
      done(await baseline(action, path, options, terminal)),
    );

  program
    .command('init')
    .description('write fidelity.yaml from what is found')
    .argument('[path]', 'the folder to look at (default: the current one)')
    .option('--quiet', 'no progress and no notices')
    .action(async (path: string | undefined, options: InitOptions) => done(await init(path, options, terminal)));

  return program;
}

/** The options by which every analysing command is told what to read. */
function withInputs(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration (default: the nearest fidelity.yaml above)')
    .option('--contract <glob>', 'only these contracts, relative to the current folder; repeatable', collect)
    .option('--code <glob>', 'only this code, relative to the current folder; repeatable', collect)
    .option('--timings', 'print how long each phase took')
    .option('--quiet', 'no progress and no notices');
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
