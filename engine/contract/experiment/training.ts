// Optimizers, schedules and all else that a training is told.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

const AdamSchema = z.strictObject({
  kind: z.literal('adam'),
  learningRate: z.number().positive().max(10).default(1e-3),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-8),
});

const AdamWSchema = AdamSchema.extend({
  kind: z.literal('adamw'),
  /** Weights shrink by learning rate x this in every step. */
  weightDecay: z.number().min(0).max(1).default(0.01),
});

const SgdSchema = z.strictObject({
  kind: z.literal('sgd'),
  learningRate: z.number().positive().max(10).default(1e-2),
  momentum: z.number().min(0).lt(1).default(0.9),
  nesterov: z.boolean().default(false),
});

const RmsPropSchema = z.strictObject({
  kind: z.literal('rmsprop'),
  learningRate: z.number().positive().max(10).default(1e-3),
  /** Share of the running mean of squares that each step keeps. */
  rho: z.number().min(0).lt(1).default(0.99),
  epsilon: z.number().positive().default(1e-8),
});

export const OptimizerSchema = z.discriminatedUnion('kind', [
  AdamSchema,
  AdamWSchema,
  SgdSchema,
  RmsPropSchema,
]);
export type Optimizer = z.infer<typeof OptimizerSchema>;

/** How the learning rate changes from the optimizer's. */
export const ScheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  /** Multiplied by `factor` after every `epochs` epochs. */
  z.strictObject({
    kind: z.literal('step'),
    everyEpochs: PositiveInt.default(10),
    factor: z.number().gt(0).lt(1).default(0.5),
  }),
  /** Half a cosine from the whole rate to `finalFraction` of it at the last epoch's end. */
  z.strictObject({ kind: z.literal('cosine'), finalFraction: z.number().min(0).lt(1).default(0) }),
  /** Times `factor` each time that the validation loss has not improved for `patience` epochs, down to `minFraction`. */
  z.strictObject({
    kind: z.literal('plateau'),
    factor: z.number().gt(0).lt(1).default(0.5),
    patience: PositiveInt.default(3),
    minFraction: z.number().gt(0).lt(1).default(0.01),
  }),
]);
export type Schedule = z.infer<typeof ScheduleSchema>;

export const TrainingSchema = z.strictObject({
  epochs: PositiveInt.default(20),
  batchSize: PositiveInt.default(32),
  optimizer: OptimizerSchema.default({
    kind: 'adam',
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  }),
  schedule: ScheduleSchema.default({ kind: 'constant' }),
  /** The learning rate rises evenly from 0 over the first steps. */
  warmupSteps: z.int().min(0).default(0),
  /** Gradients are scaled down so that their global norm is at most this; null: no clipping. */
  clipNorm: z.number().positive().nullable().default(1),
  /** Ends the run when the validation loss has not improved by more than minDelta for `patience` epochs; null: never. */
  earlyStopping: z
    .strictObject({ patience: PositiveInt.default(5), minDelta: z.number().min(0).default(0) })
    .nullable()
    .default({ patience: 5, minDelta: 0 }),
  shuffle: z.boolean().default(true),
  /** A checkpoint after this many steps, beside the one at each epoch's end. */
  checkpointEverySteps: PositiveInt.default(200),
  /** Records gradients by lag, gates, heads and histograms of the weights at ends of epochs; changes no bit of the result. */
  probe: z.boolean().default(true),
});
export type Training = z.infer<typeof TrainingSchema>;
