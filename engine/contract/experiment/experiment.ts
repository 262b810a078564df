// The experiment: dataset + task + split + pipeline + model + training. Plain JSON, the same in window, command line and store.
// Every default is here, except those that depend on the data (engine/defaults).
import { z } from 'zod';
import { ImportOptionsSchema } from '../datasets/dataset.ts';
import { TaskSchema } from '../tasks/schema.ts';
import type { Task } from '../tasks/task.ts';
import { ColumnNames, PositiveInt } from '../values/fields.ts';

/** Where the series come from: a dataset of the workspace and, for samples, the file that is imported where it is missing. */
const DatasetChoiceSchema = z.strictObject({
  name: z.string().min(1),
  /** Default: the newest version. */
  version: PositiveInt.optional(),
  /** A file of the sample data (`sp500-2000.csv`) that `train` imports under `name` where no such dataset exists. */
  sample: z.string().min(1).optional(),
  import: ImportOptionsSchema.optional(),
});

const Fraction = z.number().gt(0).lt(1);

/** Of series chronological: training, then validation, then test (what remains). */
export const SplitSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('fraction'),
      train: Fraction,
      validation: Fraction,
      /** `time`: all series are cut at the same times, so that none trains on another's future. `series`: each at its own share of rows. */
      cut: z.enum(['time', 'series']).default('time'),
    })
    .refine((split) => split.train + split.validation < 1, {
      message: 'train and validation must leave a part of the rows for the test: their sum must be below 1',
    }),
  /** ISO dates or times; a time without an offset is UTC. Validation begins at the first row not before `validationFrom`. */
  z.strictObject({
    kind: z.literal('date'),
    validationFrom: z.string().min(4),
    testFrom: z.string().min(4),
    /** The test ends before this date; later rows are not used. Default: it ends with the data. */
    testUntil: z.string().min(4).optional(),
  }),
  /** The first `train` rows of each series, then `validation`, then `test` rows; later rows are not used. Test default: all the rest. */
  z.strictObject({
    kind: z.literal('count'),
    train: PositiveInt,
    validation: PositiveInt,
    test: PositiveInt.optional(),
    /** Rows at the beginning of each series that are left out, as if they were not there. Default: none. */
    skip: z.int().min(0).optional(),
    /** Rows that are in no part, before validation and before the test. Default: none. */
    embargo: z.int().min(0).optional(),
  }),
  /** Of samples, which have no order in time. Equal inputs always lie in one part. */
  z
    .strictObject({
      kind: z.literal('samples'),
      /** `stratified`: each class by these shares. `group`: no group is split. `given`: the parts that the data name; what they lack is taken from training. */
      by: z.enum(['stratified', 'group', 'given']).default('stratified'),
      train: Fraction.default(0.7),
      validation: Fraction.default(0.15),
      /** Another one gives other parts; the run's own seed changes none. */
      seed: z.int().min(0).default(1),
      /** Of a split by group: `group` (the default) validates on groups of its own; `chance` takes validation from all groups that train, so that none is lost to it. */
      validationBy: z.enum(['group', 'chance']).optional(),
      /** The samples are dealt into this many equal folds, and the test part is one of them; training and validation share the rest. Default: one test part by its share. */
      folds: z.int().min(2).max(100).optional(),
      /** Which fold is tested, from 1. */
      fold: PositiveInt.optional(),
    })
    .refine(({ folds, fold }) => fold === undefined || (folds !== undefined && fold <= folds), {
      path: ['fold'],
      message: 'the fold that is tested is one of split.folds, counted from 1',
    })
    .refine(({ folds, by }) => folds === undefined || by !== 'given', {
      path: ['folds'],
      message: 'folds and given parts exclude each other; set split.by to "stratified" or "group"',
    })
    .refine((split) => split.train + split.validation < 1, {
      message:
        'train and validation must leave a part of the samples for the test: their sum must be below 1',
    }),
]);
export type Split = z.infer<typeof SplitSchema>;

const Columns = { columns: ColumnNames.optional() };

/** One step of the pipeline; estimated steps are fitted on the training part only. `columns` defaults to every column it can act on. */
export const PipelineStepSchema = z.discriminatedUnion('step', [
  /** Fills missing *inputs*: the last value before (training mean where there is none), the training mean, or zero. Targets are never filled for scoring. */
  z.strictObject({
    step: z.literal('fill'),
    method: z.enum(['forward', 'mean', 'zero']).default('forward'),
    ...Columns,
  }),
  /** Natural logarithm of positive columns. */
  z.strictObject({ step: z.literal('log'), ...Columns }),
  /** Category columns as one 0/1 input for each category seen in the training part. */
  z.strictObject({ step: z.literal('one-hot'), ...Columns }),
  /** (x - mean) / standard deviation, of the training part, for each series or over all series together. */
  z.strictObject({
    step: z.literal('standardize'),
    scope: z.enum(['series', 'all']).default('series'),
    ...Columns,
  }),
  /** (x - min) / (max - min), of the training part. */
  z.strictObject({
    step: z.literal('min-max'),
    scope: z.enum(['series', 'all']).default('series'),
    ...Columns,
  }),
  /** (x - median) / (distance of the quartiles), of the training part: a few far values move neither. */
  z.strictObject({
    step: z.literal('robust'),
    scope: z.enum(['series', 'all']).default('series'),
    ...Columns,
  }),
  /** Inputs beyond quantiles of the training part become these quantiles. Targets are never clipped. */
  z.strictObject({
    step: z.literal('clip'),
    /** Share of the training values that lie beyond, at either end. */
    share: z.number().gt(0).lt(0.25).default(0.005),
    ...Columns,
  }),
  /** A 0/1 input beside each input that lacks values in the training part. */
  z.strictObject({ step: z.literal('missing-indicator'), ...Columns }),
  /** Subtracts the last known value of each window from its numeric inputs and targets, and adds it back to the forecast. */
  z.strictObject({ step: z.literal('subtract-last'), ...Columns }),
  /** Shifts and divides each window by its own mean and deviation, and puts the forecast back (reversible instance normalisation). */
  z.strictObject({ step: z.literal('revin'), ...Columns }),
  /** Inputs become their changes from row to row; the forecast is one of changes from the last known row, which are put back. */
  z.strictObject({ step: z.literal('difference'), ...Columns }),
]);
export type PipelineStep = z.infer<typeof PipelineStepSchema>;

/** Consecutive steps read as one: every `stride` steps, `length` of them become one linear map; the last one ends at the origin. */
const SegmentSchema = z.strictObject({ length: PositiveInt, stride: PositiveInt });
export type Segment = z.infer<typeof SegmentSchema>;

/** In front of recurrent and attention models. */
const Reading = {
  segment: SegmentSchema.nullable().default(null),
  /** One model with one set of weights forecasts every column from its own past; features and targets must be the same columns. */
  channelIndependent: z.boolean().default(false),
};

/** Share of values that are set to 0 in training. */
const DropoutRate = z.number().min(0).lt(1).default(0);

const RecurrentLayers = {
  units: PositiveInt.max(4096),
  layers: PositiveInt.max(16).default(1),
  /** Reads the window from both ends; twice the width. */
  bidirectional: z.boolean().default(false),
  /** Behind every layer. */
  dropout: DropoutRate,
  /** Gradients flow back through at most this many of the window's last steps (or segments); null: through all. */
  truncateSteps: PositiveInt.nullable().default(null),
  ...Reading,
};

const GateInitializer = z.enum(['orthogonal', 'glorot']).default('orthogonal');

/**
 * Chrono initialisation (Tallec and Ollivier 2018): each unit begins with a memory of its own length, up to this many steps
 * (or segments): first biases of the gates that keep ln u, u uniform in [1, steps - 1], of the gates that write -ln u.
 * Replaces forgetBias or updateBias; null: those apply.
 */
const ChronoSteps = z.int().min(2).max(1_000_000).nullable().default(null);

const RnnModelSchema = z.strictObject({
  kind: z.literal('rnn'),
  activation: z.enum(['tanh', 'relu']).default('tanh'),
  /** Biases of the layers and of the output. */
  bias: z.boolean().default(true),
  /** First values of W_hh; identity with relu is the IRNN of Le, Jaitly and Hinton 2015. */
  recurrentInitializer: z.enum(['orthogonal', 'glorot', 'identity']).default('orthogonal'),
  /** Those first values times this: below 1 what is kept fades by itself, above 1 it grows. */
  recurrentGain: z.number().positive().max(10).default(1),
  ...RecurrentLayers,
});
export type RnnModel = z.infer<typeof RnnModelSchema>;

const GruModelSchema = z.strictObject({
  kind: z.literal('gru'),
  /** First bias of the update gates: above 0 the state is kept for longer. */
  updateBias: z.number().default(0),
  chronoSteps: ChronoSteps,
  recurrentInitializer: GateInitializer,
  ...RecurrentLayers,
});
export type GruModel = z.infer<typeof GruModelSchema>;

const LstmModelSchema = z.strictObject({
  kind: z.literal('lstm'),
  /** First bias of the forget gates: above 0 the cell is kept for longer. */
  forgetBias: z.number().default(1),
  chronoSteps: ChronoSteps,
  recurrentInitializer: GateInitializer,
  ...RecurrentLayers,
});
export type LstmModel = z.infer<typeof LstmModelSchema>;

const AttentionModelSchema = z
  .strictObject({
    kind: z.literal('attention'),
    /** Width of the vectors; a multiple of the heads. */
    units: PositiveInt.max(4096),
    heads: PositiveInt.max(64).default(4),
    layers: PositiveInt.max(24).default(2),
    /** Width of the feed-forward part; null: four times the units. */
    feedForward: PositiveInt.max(16_384).nullable().default(null),
    activation: z.enum(['relu', 'gelu']).default('relu'),
    positions: z.enum(['sine', 'learned', 'none']).default('sine'),
    normalization: z.enum(['pre', 'post']).default('pre'),
    /** A step sees no later step. */
    causal: z.boolean().default(false),
    /** What the answer is made of: the mean over all steps, the last one, or all side by side. */
    readout: z.enum(['mean', 'last', 'flatten']).default('mean'),
    dropout: DropoutRate,
    ...Reading,
  })
  .refine(({ units, heads }) => units % heads === 0, {
    path: ['heads'],
    message: 'the heads share the units evenly, so units must be a multiple of heads',
  });
export type AttentionModel = z.infer<typeof AttentionModelSchema>;

const EncoderDecoderModelSchema = z.strictObject({
  kind: z.literal('encoder-decoder'),
  cell: z.enum(['lstm', 'gru', 'rnn']).default('lstm'),
  units: PositiveInt.max(4096),
  layers: PositiveInt.max(16).default(1),
  /** The decoder looks at all states of the encoder, not at its last one alone. */
  attention: z.boolean().default(true),
  dropout: DropoutRate,
});
export type EncoderDecoderModel = z.infer<typeof EncoderDecoderModelSchema>;

/** One linear map from the look-back to the horizon. */
const LinearModelSchema = z.strictObject({
  kind: z.literal('linear'),
  /** `trend`: a moving average splits the window into trend and rest, with a map for each (DLinear of Zeng and others 2023). */
  decomposition: z.enum(['none', 'trend']).default('none'),
  /** Rows of that moving average. */
  averageRows: PositiveInt.max(1001)
    .refine(
      (rows) => rows % 2 === 1,
      'the moving average lies around each row, so it takes an odd number of rows',
    )
    .default(25),
  /** `ridge`: solved in one step, exactly; `gradient`: trained as other models are. */
  fit: z.enum(['ridge', 'gradient']).default('ridge'),
  /** Strength of the ridge in mean squares of the inputs, summed over the windows; null: the best of a few on validation. */
  ridge: z.number().positive().max(1e6).nullable().default(null),
  /** One map for all columns, each from its own past; features and targets must be the same columns. */
  channelIndependent: z.boolean().default(false),
});
export type LinearModel = z.infer<typeof LinearModelSchema>;

/** Every step by itself through layers of units: of a vector the plain network, without layers linear or logistic regression. */
const DenseModelSchema = z.strictObject({
  kind: z.literal('dense'),
  units: PositiveInt.max(4096),
  layers: z.int().min(0).max(16).default(1),
  activation: z.enum(['relu', 'tanh']).default('relu'),
  dropout: DropoutRate,
  /** One model with one set of weights forecasts every column from its own past; features and targets must be the same columns. */
  channelIndependent: z.boolean().default(false),
});
export type DenseModel = z.infer<typeof DenseModelSchema>;

export const ModelSchema = z.discriminatedUnion('kind', [
  RnnModelSchema,
  GruModelSchema,
  LstmModelSchema,
  AttentionModelSchema,
  EncoderDecoderModelSchema,
  LinearModelSchema,
  DenseModelSchema,
]);
export type Model = z.infer<typeof ModelSchema>;

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
