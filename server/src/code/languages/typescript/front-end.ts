// Owns the TypeScript and JavaScript front-end: which files can matter, running their modules, and gathering apps.
// It must not know contracts, and it must not know what a framework's calls mean.

import type { Cancellation, FileSource } from '../../../base/host.ts';
import type { DataReader } from '../../data.ts';
import type { App, CodeModel, CodeNotice } from '../../model.ts';
import type { Registrar } from '../../registrars.ts';
import type { TypeAnswers } from '../../type-questions.ts';
import { budgetPerRoute } from './budget.ts';
import { ContractMentions } from './contract-files.ts';
import { entryFiles } from './entry-files.ts';
import { type RouterState, routersOf } from './express/routers.ts';
import { serve } from './express/serve.ts';
import { fastifyInstances, type InstanceState, looseInstances, settleInstances } from './fastify/instances.ts';
import { serveFastify } from './fastify/serve.ts';
import type { Surroundings } from './framework.ts';
import { frameworks } from './frameworks.ts';
import { installStamps, isInstalled } from './installed/packages.ts';
import { Machine } from './machine.ts';
import { packageModels } from './packages/catalogue.ts';
import { reachRegistrations } from './reach.ts';
import { directoryOf, Resolver } from './resolve.ts';
import { isCandidatePath, mayRegister } from './scan.ts';
import { SourceCache } from './source-cache.ts';
import { SourceTexts } from './source-texts.ts';
import { TaughtRegistrars } from './taught.ts';
import { FactCache, wiringOf } from './wiring.ts';

/** What a snapshot lists. */
interface Listed {
  readonly files: FileSource;
  readonly sources: readonly string[];
  readonly manifests: readonly string[];
  readonly readData: DataReader;
}

/** Reads a workspace's modules. One machine lives for one snapshot of the files; syntax trees are kept between snapshots. */
export class TypeScriptFrontEnd {
  private readonly trees = new SourceCache();
  private readonly scans = new Map<string, { version: string; registers: boolean; unread: boolean }>();
  private readonly facts = new FactCache();
  private readonly mentions = new ContractMentions();
  private readonly texts = new SourceTexts();
  private last: { key: string; model: CodeModel } | undefined;

  async model(
    files: FileSource,
    cancellation: Cancellation,
    include: (path: string) => boolean,
    answers: TypeAnswers,
    registrars: readonly Registrar[] = [],
    readData: DataReader = () => undefined,
  ): Promise<CodeModel> {
    const sources = files.list().filter((path) => isCandidatePath(path, files.roots) || isServedByPlace(path));
    const manifests = files
      .list()
      .filter((path) => /\/(package|tsoa|tsconfig[\w.-]*|jsconfig)\.json$|\.prisma$/.test(path));
    const stamps = manifests
      .filter((path) => path.endsWith('/package.json'))
      .flatMap((path) => installStamps.map((stamp) => `${directoryOf(path)}/node_modules/${stamp}`))
      .filter((path) => files.exists(path));
    const key = [...sources, ...manifests, ...stamps]
      .map((path) => `${path}\0${files.version(path)}\0${answers.stamp(path)}`)
      .join('\n');
    if (this.last?.key === key) return this.last.model;
    const model = await this.texts.during(files, (reading) =>
      this.read({ files: reading, sources, manifests, readData }, cancellation, include, answers, registrars),
    );
    this.last = { key, model };
    return model;
  }

  private async read(
    { files, sources, manifests, readData }: Listed,
    cancellation: Cancellation,
    include: (path: string) => boolean,
    answers: TypeAnswers,
    registrars: readonly Registrar[],
  ): Promise<CodeModel> {
    const started = entryFiles(files, manifests);
    const candidates = sources.filter(
      (path) => include(path) && (started.has(path) || this.registers(files, path, registrars)),
    );
    const notices: CodeNotice[] = [];
    const machine = new Machine(files, new Resolver(files), this.trees, packageModels());
    machine.typeAnswers = answers;
    machine.readData = readData;
    if (registrars.length > 0) machine.taught = new TaughtRegistrars(registrars);
    const surroundings = this.surroundings(
      machine,
      files,
      sources.filter((path) => include(path)),
    );
    await this.wire(machine, candidates, cancellation, notices, surroundings);
    this.facts.begin(
      machine,
      wiringOf(machine, machine.touched),
      [...sources, ...manifests.map((path) => `${path}\0${files.version(path)}`)].join('\n'),
    );
    machine.factCache = this.facts;
    const unread = sources.filter((path) => include(path) && this.scans.get(path)?.unread);
    const broken = notices.flatMap((notice) =>
      notice.reason === 'parse-error' && notice.place ? [notice.place.file] : [],
    );
    const apps = gather(machine, surroundings).map((app) => withoutProofOfAbsence(app, [...unread, ...broken]));
    machine.routes = apps.reduce((sum, app) => sum + app.routes.length, 0);
    machine.budgetOfRoute = budgetPerRoute(machine.routes);
    return { apps, notices };
  }

  private async wire(
    machine: Machine,
    candidates: readonly string[],
    cancellation: Cancellation,
    notices: CodeNotice[],
    surroundings: Surroundings,
  ): Promise<void> {
    for (const file of candidates) {
      await cancellation.breathe();
      const module = machine.modules.module(file);
      if (!module) continue;
      if (module.broken)
        notices.push({
          reason: 'parse-error',
          message: 'the file does not parse completely',
          place: { file, start: 0, end: 0 },
        });
      machine.modules.run(module);
    }
    settleInstances(machine);
    for (const what of ['apps', 'all'] as const) {
      for (const file of candidates) {
        await cancellation.breathe();
        const module = machine.modules.module(file);
        if (!module) continue;
        reachRegistrations(machine, module, what);
        settleInstances(machine);
      }
    }
    for (const framework of frameworks) {
      await cancellation.breathe();
      framework.wire?.(machine, surroundings);
    }
    for (const file of machine.spent.filter((one) => !isInstalled(one)))
      notices.push({
        reason: 'budget',
        message: 'loading the module takes too many steps',
        place: { file, start: 0, end: 0 },
      });
  }

  private surroundings(machine: Machine, files: FileSource, sources: readonly string[]): Surroundings {
    return {
      files,
      sources,
      says: (file, pattern) => this.texts.says(files, file, pattern),
      folderOf: (file) =>
        machine.resolver.packageFolder(file) ?? files.roots.find((root) => file.startsWith(`${root}/`)) ?? '',
      app: (found) => ({ id: found.place.file, ...found, contractFiles: this.mentions.files(files, found.folder) }),
    };
  }

  private registers(files: FileSource, path: string, registrars: readonly Registrar[]): boolean {
    const version = files.version(path);
    if (version === undefined) return false;
    const known = this.scans.get(path);
    if (known?.version === version) return known.registers;
    const read = files.read(path);
    const registers =
      'text' in read && (mayRegister(read.text) || registrars.some(({ name }) => read.text.includes(`${name}(`)));
    this.scans.set(path, { version, registers, unread: !('text' in read) });
    return registers;
  }
}

/** Whether a framework serves a file because of where it stands. */
function isServedByPlace(path: string): boolean {
  return frameworks.some((framework) => framework.serves?.(path));
}

/** A file that could not be read whole may register what seems to be missing. */
function withoutProofOfAbsence(app: App, lost: readonly string[]): App {
  const file = lost.find((path) => path.startsWith(`${app.folder}/`));
  if (file === undefined || !app.completeness.closed) return app;
  return { ...app, completeness: { closed: false, reason: 'parse-error', place: { file, start: 0, end: 0 } } };
}

/** Apps first; routers that nothing mounts go to the app of their package, or make one. */
function gather(machine: Machine, surroundings: Surroundings): App[] {
  const all = routersOf.get(machine) ?? [];
  const apps: App[] = [];
  const { folderOf } = surroundings;
  for (const state of all) {
    if (state.kind !== 'app' || state.mounted || state.registrations.length === 0) continue;
    const served = serve(machine, state, state.place.file);
    apps.push(
      surroundings.app({ framework: 'express', place: state.place, folder: folderOf(state.place.file), ...served }),
    );
  }
  for (const instance of fastifyInstances(machine)) {
    const served = serveFastify(machine, instance, instance.place.file);
    if (served.routes.length === 0 && !served.operationRouters?.length) continue;
    apps.push(
      surroundings.app({
        framework: 'fastify',
        place: instance.place,
        folder: folderOf(instance.place.file),
        ...served,
      }),
    );
  }
  apps.push(...gatherLooseInstances(machine, surroundings));
  for (const framework of frameworks) apps.push(...framework.apps(machine, surroundings));
  const loose = all.filter((state) => !state.mounted && state.kind === 'router' && state.registrations.length > 0);
  return [...apps, ...gatherLoose(machine, loose, surroundings)];
}

function gatherLoose(machine: Machine, loose: readonly RouterState[], surroundings: Surroundings): App[] {
  const byFolder = new Map<string, RouterState[]>();
  for (const state of loose) {
    const folder = surroundings.folderOf(state.place.file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), state]);
  }
  return [...byFolder].map(([folder, states]) =>
    surroundings.app({
      framework: 'express',
      place: states[0]!.place,
      folder,
      routes: states.flatMap((state, index) => serve(machine, state, `${folder}#${index}`).routes),
      completeness: { closed: false, reason: 'unresolved-prefix', place: states[0]!.place },
    }),
  );
}

/** Plugins that nothing is seen to register, one app for each package. */
function gatherLooseInstances(machine: Machine, surroundings: Surroundings): App[] {
  const byFolder = new Map<string, InstanceState[]>();
  for (const state of looseInstances(machine)) {
    const folder = surroundings.folderOf(state.place.file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), state]);
  }
  return [...byFolder].map(([folder, states]) =>
    surroundings.app({
      framework: 'fastify',
      place: states[0]!.place,
      folder,
      routes: states.flatMap((state, index) => serveFastify(machine, state, `${folder}#fastify${index}`).routes),
      completeness: { closed: false, reason: 'unresolved-prefix', place: states[0]!.place },
    }),
  );
}
