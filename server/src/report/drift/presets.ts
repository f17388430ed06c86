// Owns the presets: which question each answers, and which findings belong to the answer. It must not know formats.

import type { Report, ReportedFinding } from '../model.ts';
import { type PresetName, presetNames } from './model.ts';

export interface Preset {
  readonly name: PresetName;
  readonly title: string;
  /** One sentence: who reads it and what for. */
  readonly purpose: string;
  /** Whether accepted findings are shown beside open ones. */
  readonly showsSuppressed: boolean;
  readonly selects: (finding: ReportedFinding, context: PresetContext) => boolean;
}

export interface PresetContext {
  readonly report: Report;
  /** Files that changed in the window that is looked at, as the report names them; absent when no window was given. */
  readonly changed?: ReadonlySet<string>;
}

const presets: Readonly<Record<PresetName, Omit<Preset, 'name'>>> = {
  overview: {
    title: 'Drift report',
    purpose: 'Where contracts and code disagree, how much of both was seen, and what to do first.',
    showsSuppressed: true,
    selects: () => true,
  },
  uat: {
    title: 'Acceptance readiness',
    purpose:
      'What a tester would trip over: behaviour that no contract describes, promises that nothing keeps, and what breaks a client.',
    showsSuppressed: false,
    selects: (finding) => finding.polarity !== 'mismatch' || finding.severity === 'error',
  },
  'post-incident': {
    title: 'After an incident',
    purpose:
      'What drifts in the files that changed in the window, so that the cause can be looked for where it was made.',
    showsSuppressed: true,
    selects: (finding, { changed }) => changed === undefined || touches(finding, changed),
  },
  audit: {
    title: 'Audit evidence',
    purpose: 'What was checked, what was found, what was accepted and why, and what could not be seen.',
    showsSuppressed: true,
    selects: () => true,
  },
  'vendor-onboarding': {
    title: 'Vendor onboarding',
    purpose:
      'What a contract of somebody else promises, what it leaves unsaid, and where code that calls it is not ready.',
    showsSuppressed: false,
    selects: (finding, { report }) => {
      const consumed = report.contracts.filter((contract) => contract.role === 'consumed');
      return consumed.length === 0 || consumed.some((contract) => contract.file === finding.contract?.file);
    },
  },
};

export function presetNamed(name: PresetName): Preset {
  return { name, ...presets[name] };
}

/** The preset of that name, or undefined. */
export function readPreset(name: string): PresetName | undefined {
  return presetNames.find((one) => one === name);
}

function touches(finding: ReportedFinding, changed: ReadonlySet<string>): boolean {
  const places = [finding.code, finding.contract, ...finding.related];
  return places.some((place) => place !== null && changed.has(place.file));
}
