// The models that an experiment can ask for, and their options.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

/** Consecutive steps read as one: every `stride` steps, `length` of them become one linear map; the last one ends at the origin. */
const SegmentSchema = z.strictObject({ length: PositiveInt, stride: PositiveInt });
export type Segment = z.infer<typeof SegmentSchema>;

/** In front of recurrent and attention models. */
const Reading = {
  segment: SegmentSchema.nullable().default(null),
  /** One model with one set of weights forecasts every column from its own past; features and targets must be the same columns. */
  channelIndependent: z.boolean().default(false),
};

/** Fields that only models of windows of series have a use for, and their defaults. */
export const WINDOW_FIELDS: Readonly<Record<string, unknown>> = {
  segment: null,
  channelIndependent: false,
  readout: 'mean',
};

/** Only a forecast of values is solved in one step; models of other tasks have no use for these fields. With their defaults. */
export const SOLVING_FIELDS: Readonly<Record<string, unknown>> = { fit: 'gradient', ridge: null };

/** Of what is encoded all is seen, of what is written all up to each token; such models have no use for this field. With its default. */
export const CAUSAL_FIELDS: Readonly<Record<string, unknown>> = { causal: false };

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

export type RecurrentModel = RnnModel | GruModel | LstmModel;

/** Layers of one cell that carry a state from step to step. */
export const isRecurrent = <Value extends { readonly kind: string }>(
  model: Value,
): model is Value & { readonly kind: RecurrentModel['kind'] } =>
  model.kind === 'rnn' || model.kind === 'gru' || model.kind === 'lstm';

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
