// Reads experiments as they were recorded, by runs in the workspace and in the cards of exported models. An option that was added
// later has a default for new experiments; an older experiment gets the value that it was computed with.
import { z } from 'zod';
import { RECORDED_TASKS } from '../tasks/registry.ts';
import type { RecordedFields } from '../values/fields.ts';
import { type Experiment, ExperimentSchema } from './experiment.ts';
import type { Model } from './model.ts';

/** Before series were cut at the same times, each was cut at its own share of rows. */
const recordedSplit = (split: RecordedFields): RecordedFields =>
  split.kind === 'fraction' ? { cut: 'series', ...split } : split;

/** Before there was a probe, nothing was recorded. */
const recordedTraining = (training: RecordedFields): RecordedFields => ({ probe: false, ...training });

function withRecordedOptions(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const { task, split, training } = json as Readonly<Record<string, RecordedFields | undefined>>;
  return {
    ...json,
    ...(task && { task: RECORDED_TASKS.reduce((fields, recorded) => recorded(fields), task) }),
    ...(split && { split: recordedSplit(split) }),
    ...(training && { training: recordedTraining(training) }),
  };
}

/** Reads a recorded experiment: options that it could not yet name get the values that the computation had. */
export const RecordedExperimentSchema: z.ZodType<Experiment> = z.preprocess(
  withRecordedOptions,
  ExperimentSchema,
);

/** As it is recorded: without the options that have the value of the time before them, so that old experiments keep their hash. */
export function asRecorded({ training, model, ...rest }: Experiment): object {
  const { probe, ...others } = training;
  return { ...rest, model: recordedModel(model), training: probe ? training : others };
}

/** Before there was a gain, the first recurrent weights were taken as they were drawn. */
function recordedModel(model: Model): object {
  if (!('recurrentGain' in model) || model.recurrentGain !== 1) return model;
  const { recurrentGain: _, ...others } = model;
  return others;
}
