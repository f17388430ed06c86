// Owns the making of a report from a bound model and its findings: plain data in, plain data out.
// It must not know files beyond their texts, which it is given; nor rules, formats or a terminal.

import { relativeTo } from '../base/relative.ts';
import type { Contract } from '../contract/model.ts';
import type { Finding } from '../findings/finding.ts';
import type { Governed, WorkspaceModel } from '../workspace/model.ts';
import { type BoundRoute, type Report, type ReportedContract, type ReportedFinding, SCHEMA_VERSION } from './model.ts';
import { reportOperations } from './operations.ts';
import { type AddressOf, Places, type TextOf } from './places.ts';
import { reportRoute, routesInOrder } from './routes.ts';

export interface ReportInput {
  readonly model: WorkspaceModel;
  readonly findings: readonly Finding[];
  /** Absolute folder that every path is relative to. */
  readonly root: string;
  /** The text of a file by its absolute path; undefined when it cannot be read. */
  readonly textOf: TextOf;
  /** The addresses of copies of documents of other hosts; absent where there are none. */
  readonly addressOf?: AddressOf | undefined;
  readonly tool: { readonly name: string; readonly version: string };
  /** How many files were looked at. */
  readonly files: number;
  readonly milliseconds: number;
}

/** The report of one run. Its order depends on its input alone. */
export function buildReport(input: ReportInput): Report {
  const places = new Places(input.root, input.textOf, input.addressOf);
  const { model } = input;
  const owned = model.governed.filter((governed) => governed.role === 'owned');
  const operations = owned.flatMap((governed) => reportOperations(governed, places, input.findings));
  const findings = input.findings.flatMap((finding) => reportFinding(finding, places));
  const open = findings.filter((finding) => finding.suppressed === null);
  const count = (severity: Finding['severity']): number =>
    open.filter((finding) => finding.severity === severity).length;
  let routes: readonly BoundRoute[] | undefined;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: input.tool.name, version: input.tool.version },
    contracts: model.contracts.map((contract) => reportContract(contract, model.governed, input.root)),
    operations,
    // To name all that a route takes, its handler is followed. Those that no contract names are glanced at for nobody else, and few writers ask.
    get routes() {
      routes ??= reportBoundRoutes(model, places);
      return routes;
    },
    findings,
    summary: {
      operations: operations.length,
      verified: operations.filter((operation) => operation.verified).length,
      implemented: operations.filter((operation) => operation.handlers.length > 0).length,
      undocumentedRoutes: new Set(owned.flatMap((governed) => governed.undocumented.map((route) => route.id))).size,
      findings: {
        error: count('error'),
        warning: count('warning'),
        information: count('information'),
        hint: count('hint'),
      },
      suppressed: findings.length - open.length,
      files: input.files,
      milliseconds: Math.round(input.milliseconds),
    },
  };
}

function reportContract(contract: Contract, all: readonly Governed[], root: string): ReportedContract {
  const governed = all.find((one) => one.contract === contract || one.contract.file === contract.file);
  const folder = governed?.apps[0]?.folder;
  return {
    file: relativeTo(root, contract.file),
    format: contract.format,
    specVersion: contract.specVersion,
    title: contract.title,
    version: contract.version,
    role: governed?.role ?? 'consumed',
    operations: contract.operations.length,
    app: folder === undefined ? null : relativeTo(root, folder),
  };
}

function reportBoundRoutes(model: WorkspaceModel, places: Places): readonly BoundRoute[] {
  return routesInOrder(model.code.apps).map((route) => {
    const binding = model.bindingOfRoute.get(route.id);
    return {
      ...reportRoute(route, places, binding !== undefined),
      operation: binding?.operation.key ?? null,
      contract: binding ? places.relative(binding.contract.file) : null,
    };
  });
}

/** Findings that the configuration silences are nobody's drift: they are left out, as the reader of the JSON expects. */
function reportFinding(finding: Finding, places: Places): readonly ReportedFinding[] {
  const { suppressed } = finding;
  if (suppressed?.by === 'configuration') return [];
  return [
    {
      rule: finding.rule,
      family: finding.family,
      polarity: finding.polarity,
      severity: finding.severity,
      confidence: finding.confidence,
      operation: finding.operation,
      subject: finding.subject,
      message: finding.message,
      contract: finding.contract && contractSpan(finding.contract, places),
      code: finding.code && places.span(finding.code),
      related: finding.related.map(({ place, message }) => {
        const { file, line, column } = places.span(place);
        return { file, line, column, message };
      }),
      fingerprint: finding.fingerprint,
      fixes: finding.fixes.map(({ id, title, side, safety }) => ({ id, title, side, safety })),
      suppressed: suppressed && { by: suppressed.by, reason: suppressed.reason, until: suppressed.until },
    },
  ];
}

function contractSpan(place: NonNullable<Finding['contract']>, places: Places): ReportedFinding['contract'] {
  const { file, ...span } = places.span(place);
  return { file, pointer: place.pointer, ...span };
}
