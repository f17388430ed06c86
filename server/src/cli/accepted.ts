// Owns where a run finds what the project has accepted. It must not know what is done with it.
// A baseline that cannot be read is a UsageError: a run without it would call old findings new.

import { type Baseline, baselineName, readBaseline } from '../findings/baseline.ts';
import { createFileSource } from '../host/file-source.ts';
import { UsageError } from './exit.ts';
import type { InputOptions, Inputs } from './inputs.ts';

/** Where the baseline of a run lies, or would lie: beside the configuration, else in the root. */
export function baselineFile(inputs: Inputs): string {
  return `${inputs.configuration.folder.replace(/\/$/, '')}/${baselineName}`;
}

/** The baseline of a run; undefined when there is none. */
export function readAccepted(inputs: Inputs, options: InputOptions): Baseline | undefined {
  const { folder } = inputs.configuration;
  const file = baselineFile(inputs);
  const files = createFileSource({ roots: [folder] });
  if (!files.exists(file)) return undefined;
  const read = files.read(file);
  if (!('text' in read)) throw new UsageError(`${baselineName} cannot be read: ${read.failure}.`);
  const reading = readBaseline(file, read.text);
  if ('problem' in reading) throw new UsageError(`${baselineName}: ${reading.problem}`);
  const whole = inputs.root === folder && !options.contract?.length && !options.code?.length;
  return whole ? reading : { ...reading, partial: true };
}
