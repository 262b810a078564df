// The experiment: dataset + task + split + pipeline + model + training. Plain JSON, the same in window, command line and store.
// Every default is here, except those that depend on the data (engine/defaults).
import { z } from 'zod';
import { ImportOptionsSchema } from '../datasets/dataset.ts';
import { TaskSchema } from '../tasks/schema.ts';
import type { Task } from '../tasks/task.ts';
import { PositiveInt } from '../values/fields.ts';
import { ModelSchema } from './model.ts';
import { PipelineStepSchema } from './pipeline.ts';
import { SplitSchema } from './split.ts';
import { TrainingSchema } from './training.ts';

/** Where the series come from: a dataset of the workspace and, for samples, the file that is imported where it is missing. */
const DatasetChoiceSchema = z.strictObject({
  name: z.string().min(1),
  /** Default: the newest version. */
  version: PositiveInt.optional(),
  /** A file of the sample data (`sp500-2000.csv`) that `train` imports under `name` where no such dataset exists. */
  sample: z.string().min(1).optional(),
  import: ImportOptionsSchema.optional(),
});

export const EvaluationSchema = z.strictObject({
  /** Steps of one season for the seasonal baseline. Default: from the frequency of the series. */
  season: PositiveInt.optional(),
  /** Units of the scores: the column's own, or scaled by mean and standard deviation of the training rows (as published tables are). */
  scale: z.enum(['original', 'standardized']).default('original'),
  /** Leaves out the last partial batch of this size from the test scores, to reproduce tables that did so. */
  dropPartialBatchOf: PositiveInt.optional(),
});
export type Evaluation = z.infer<typeof EvaluationSchema>;

export const BackendNameSchema = z.enum(['simd', 'cpu', 'tensorflow']);
export type BackendName = z.infer<typeof BackendNameSchema>;

export const ExperimentSchema = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(10_000).optional(),
  dataset: DatasetChoiceSchema,
  task: TaskSchema,
  split: SplitSchema.default({ kind: 'fraction', train: 0.7, validation: 0.15, cut: 'time' }),
  pipeline: z.array(PipelineStepSchema).default([
    { step: 'fill', method: 'forward' },
    { step: 'one-hot' },
    { step: 'standardize', scope: 'series' },
    // A model that must forecast levels does worse than the last value on most series: it is given changes from the last row.
    { step: 'subtract-last' },
  ]),
  model: ModelSchema,
  training: TrainingSchema.default(TrainingSchema.parse({})),
  evaluation: EvaluationSchema.default({ scale: 'original' }),
  backend: BackendNameSchema.default('simd'),
  /** Asked-for backend not there: false ends the run with an error, true falls back to `simd` and says so. */
  allowBackendFallback: z.boolean().default(false),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
});

/** An experiment with every default filled in. Of its task only what all tasks share is known here. */
export type Experiment = z.infer<typeof ExperimentSchema>;

/** An experiment whose task is of a kind that is known. */
export type ExperimentOf<T extends Task> = Omit<Experiment, 'task'> & { task: T };
