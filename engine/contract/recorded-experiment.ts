// Reads experiments as they were recorded, by runs in the workspace and in the cards of exported models. An option that was added
// later has a default for new experiments; an older experiment gets the value that it was computed with.
import { z } from 'zod';
import { type Experiment, ExperimentSchema } from './experiment.ts';
import type { RecordedFields } from './fields.ts';
import { RECORDED_TASKS } from './tasks/registry.ts';

/** Before series were cut at the same times, each was cut at its own share of rows. */
const recordedSplit = (split: RecordedFields): RecordedFields =>
  split.kind === 'fraction' ? { cut: 'series', ...split } : split;

function withRecordedOptions(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const { task, split } = json as { readonly task?: RecordedFields; readonly split?: RecordedFields };
  return {
    ...json,
    ...(task && { task: RECORDED_TASKS.reduce((fields, recorded) => recorded(fields), task) }),
    ...(split && { split: recordedSplit(split) }),
  };
}

/** Reads a recorded experiment: options that it could not yet name get the values that the computation had. */
export const RecordedExperimentSchema: z.ZodType<Experiment> = z.preprocess(
  withRecordedOptions,
  ExperimentSchema,
);
