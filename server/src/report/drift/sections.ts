// Owns what each preset adds to the report: checklists and tables made of facts. It must not know formats.
// A row is ticked because something was seen, never because nothing was looked at.

import type { Report } from '../model.ts';
import { counted, listed } from '../wording.ts';
import type { DriftInput } from './build.ts';
import type { DriftFinding, Score, Section } from './model.ts';

type Known = DriftInput & { readonly findings: readonly DriftFinding[]; readonly score: Score };
type Row = NonNullable<Section['checklist']>[number];

export function sectionsOf(known: Known): readonly Section[] {
  switch (known.preset) {
    case 'overview':
      return [];
    case 'uat':
      return [acceptance(known)];
    case 'post-incident':
      return window(known);
    case 'audit':
      return [inventory(known.report), accepted(known.findings), ruleTable(known)];
    case 'vendor-onboarding':
      return vendors(known);
  }
}

function acceptance({ report, score }: Known): Section {
  const open = report.findings.filter((finding) => finding.suppressed === null);
  const none = (
    text: string,
    found: readonly { readonly operation: string | null; readonly subject: string }[],
  ): Row => ({
    state: found.length === 0 ? 'met' : 'unmet',
    text,
    detail: listed([...new Set(found.map(({ operation, subject }) => operation ?? subject))], 5),
  });
  const unserved = report.operations.filter((operation) => operation.handlers.length === 0);
  const rows: Row[] = [
    none(
      'Every route is in the contract',
      open.filter((finding) => finding.rule === 'operation-undocumented'),
    ),
    {
      state: unserved.length === 0 ? 'met' : 'unmet',
      text: 'Every operation is served',
      detail: listed(
        unserved.map(({ operation }) => operation),
        5,
      ),
    },
    none(
      'Nothing leaves a handler that the contract does not say',
      open.filter((finding) => finding.polarity === 'witness' && finding.severity !== 'hint'),
    ),
    none(
      'Nothing breaks a client',
      open.filter((finding) => finding.severity === 'error'),
    ),
    {
      state: score.undecided === 0 ? 'met' : 'open',
      text: 'Everything could be seen',
      detail:
        score.undecided === 0 ? '' : `${counted(score.undecided, 'promise')} could not be decided; test them by hand.`,
    },
  ];
  return {
    id: 'acceptance',
    title: 'Ready for acceptance?',
    intro: 'Ticked from facts. What is open needs a person; what is not ticked would be rejected.',
    checklist: rows,
  };
}

function window({ window: looked, changed, findings }: Known): readonly Section[] {
  if (!looked) {
    return [
      {
        id: 'window',
        title: 'The window',
        intro:
          'No window was given, so that all drift is shown. `fidelity report --preset post-incident --since REF` narrows it.',
      },
    ];
  }
  return [
    {
      id: 'window',
      title: `What changed since ${looked.since}`,
      intro: `${counted(changed?.size ?? 0, 'file')} changed; ${counted(findings.length, 'finding')} stand in them or refer to them.`,
      table: { columns: ['Contract', 'Level', 'Change'], rows: looked.changes },
    },
  ];
}

function inventory(report: Report): Section {
  return {
    id: 'inventory',
    title: 'Inventory',
    intro: 'Every contract that was read, and the code that it governs.',
    table: {
      columns: ['Contract', 'Title', 'Version', 'Format', 'Role', 'Operations', 'Service'],
      rows: report.contracts.map((contract) => [
        contract.file,
        contract.title,
        contract.version,
        `${contract.format} ${contract.specVersion}`,
        contract.role,
        `${contract.operations}`,
        contract.app ?? 'none in this code',
      ]),
    },
  };
}

function accepted(findings: readonly DriftFinding[]): Section {
  const rows = findings.flatMap(({ suppressed, rule, operation, subject, fingerprint }) =>
    suppressed
      ? [
          [
            rule,
            operation ?? '',
            subject,
            suppressed.by,
            suppressed.reason ?? 'no reason given',
            suppressed.until ?? '',
            fingerprint,
          ],
        ]
      : [],
  );
  return {
    id: 'accepted',
    title: 'Accepted differences',
    intro:
      rows.length === 0 ? 'Nothing was accepted.' : 'What is known and left as it is, with the reason that was given.',
    ...(rows.length > 0 && {
      table: { columns: ['Rule', 'Operation', 'Subject', 'Accepted by', 'Reason', 'Until', 'Fingerprint'], rows },
    }),
  };
}

function ruleTable({ findings, explain }: Known): Section {
  const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
  const count = (rule: string, open: boolean): string =>
    `${findings.filter((finding) => finding.rule === rule && (finding.suppressed === null) === open).length}`;
  return {
    id: 'rules',
    title: 'Rules with findings',
    intro: '`fidelity rules` lists the others, which ran and found nothing.',
    table: {
      columns: ['Rule', 'What it finds', 'Open', 'Accepted'],
      rows: rules.map((rule) => [rule, explain(rule), count(rule, true), count(rule, false)]),
    },
  };
}

function vendors({ vendors: profiles = [] }: Known): readonly Section[] {
  if (profiles.length === 0) {
    return [
      {
        id: 'vendors',
        title: 'Vendors',
        intro: 'No contract of somebody else was found. Mark one with `role: consumed` in fidelity.yaml.',
      },
    ];
  }
  return profiles.map(({ file, title, facts }, index) => ({
    id: `vendor-${index + 1}`,
    title: title || file,
    intro: `What ${file} says of the things that an integration asks about first.`,
    checklist: facts,
  }));
}
