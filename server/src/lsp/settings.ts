// Owns the reading of settings that an editor sends: anything absent or of the wrong form falls back to the default.
// It must not know where they come from.

import { defaultSettings, type Settings } from './protocol.ts';

const severities = ['error', 'warning', 'information', 'hint'] as const;
const sides = ['ask', 'contract', 'code'] as const;

export function readSettings(value: unknown): Settings {
  const given = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  return {
    enable: typeof given.enable === 'boolean' ? given.enable : defaultSettings.enable,
    minimumSeverity: oneOf(given.minimumSeverity, severities) ?? defaultSettings.minimumSeverity,
    maxFindingsPerFile: within(given.maxFindingsPerFile, 1, 100_000) ?? defaultSettings.maxFindingsPerFile,
    showAccepted: typeof given.showAccepted === 'boolean' ? given.showAccepted : defaultSettings.showAccepted,
    analysisDelay: within(given.analysisDelay, 0, 10_000) ?? defaultSettings.analysisDelay,
    sourceOfTruth: oneOf(given.sourceOfTruth, sides) ?? defaultSettings.sourceOfTruth,
    lint: oneOf(given.lint, ['auto', 'always', 'off']) ?? defaultSettings.lint,
    types: oneOf(given.types, ['on', 'off']) ?? defaultSettings.types,
    hover: flag(given.hover) ?? defaultSettings.hover,
    codeLens: flag(given.codeLens) ?? defaultSettings.codeLens,
    documentLinks: flag(given.documentLinks) ?? defaultSettings.documentLinks,
  };
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function oneOf<T extends string>(value: unknown, options: readonly T[]): T | undefined {
  return options.find((option) => option === value);
}

function within(value: unknown, least: number, most: number): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.min(most, Math.max(least, Math.round(value)));
}
