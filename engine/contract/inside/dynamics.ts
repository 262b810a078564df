// inside.gates, inside.gradients, inside.spectrum and inside.step: how units keep, how gradients fade, what recurrence does, and one
// step in numbers.
import { z } from 'zod';
import { AboutSchema, PlaceSchema } from './target.ts';

const FIRST_PLACE = { part: 'encoder', layer: 0, direction: 'forward' } as const;
const Place = PlaceSchema.default(FIRST_PLACE);

/** Windows that a statistic is made of, evenly spaced over the part. */
export const MOST_WINDOWS = 32;

export const GatesChoiceSchema = z.object({
  place: Place,
  /** 1: the window of the origin alone. */
  windows: z.int().min(1).max(MOST_WINDOWS).default(MOST_WINDOWS),
});
export type GatesChoice = z.infer<typeof GatesChoiceSchema>;

const GateStatisticsSchema = z.object({
  name: z.string(),
  title: z.string(),
  isGate: z.boolean(),
  /** Of each unit: share of steps below 0.1 and above 0.9, and the mean; the shares of a candidate are 0. */
  below: z.array(z.number()),
  above: z.array(z.number()),
  mean: z.array(z.number()),
  /** Values of all units in equally wide classes from `from` to `to`. */
  histogram: z.object({ from: z.number(), to: z.number(), counts: z.array(z.int()) }),
});

export const InsideGatesSchema = z.object({
  place: PlaceSchema,
  windows: z.int(),
  steps: z.int(),
  gates: z.array(GateStatisticsSchema),
  /** Of each unit: steps to 1/e by its keep gate alone; null: more than ten windows. */
  memory: z.array(z.number().nullable()),
});
export type InsideGates = z.infer<typeof InsideGatesSchema>;

export const GradientsChoiceSchema = z.object({
  windows: z.int().min(1).max(MOST_WINDOWS).default(MOST_WINDOWS),
});
export type GradientsChoice = z.infer<typeof GradientsChoiceSchema>;

const PlaceGradientsSchema = z.object({
  place: PlaceSchema,
  /** By lag, from the step that this direction is read out at: root of the mean over examples of |dL/dh|^2. */
  hidden: z.array(z.number()),
  /** The same of the cell state; null without one. */
  cell: z.array(z.number()).nullable(),
  /** Lags beyond these, which the gradient does not reach because training cuts it off: absent, not zero. */
  absent: z.int(),
  /** The gradient arrives through time alone; otherwise also from the layer above or from a decoder, step by step. */
  throughTime: z.boolean(),
});
export type PlaceGradients = z.infer<typeof PlaceGradientsSchema>;

const VerdictSchema = z.object({
  kind: z.enum(['vanishing', 'exploding', 'steady']),
  place: PlaceSchema,
  /** Factor of one step, from a straight line through ln(g_k / g_0); 0 where nothing arrives at all. */
  perStep: z.number(),
  /** Steps to a half, or to the double; null where it stays. */
  halving: z.number().nullable(),
  /** What is left of g_0 at the oldest lag. */
  leftAtEnd: z.number(),
  /** A lag that matters: the season, or else the oldest; what is left there, and the target's autocorrelation there. */
  lag: z.int(),
  leftAtLag: z.number(),
  autocorrelation: z.number().nullable(),
  /** Share of training steps whose gradient was clipped; null where nothing is clipped or no step was made. */
  clipped: z.number().nullable(),
  sentence: z.string(),
});
export type GradientVerdict = z.infer<typeof VerdictSchema>;

export const InsideGradientsSchema = z.object({
  windows: z.int(),
  places: z.array(PlaceGradientsSchema),
  /** Null where the gradient reaches one step alone. */
  verdict: VerdictSchema.nullable(),
});
export type InsideGradients = z.infer<typeof InsideGradientsSchema>;

export const SpectrumChoiceSchema = z.object({
  place: Place,
  /** A gate by its name, whose block of the recurrent weights is meant. Default: the candidate (g, n), or the only block. */
  what: z.string().optional(),
});
export type SpectrumChoice = z.infer<typeof SpectrumChoiceSchema>;

export const InsideSpectrumSchema = z.object({
  place: PlaceSchema,
  what: z.string(),
  /** Blocks that can be asked for. */
  blocks: z.array(z.string()),
  units: z.int(),
  /** Falling; of a matrix above 256 units the largest alone. */
  singularValues: z.array(z.number()),
  /** Falling by their absolute values; none above 256 units. */
  eigenvalues: z.array(z.object({ re: z.number(), im: z.number() })),
  /** Largest |eigenvalue|. */
  radius: z.number(),
  /** `exact`, or `iterated` above 256 units. */
  method: z.enum(['exact', 'iterated']),
  /** What radius and norm say of this cell. */
  sentence: z.string(),
});
export type InsideSpectrum = z.infer<typeof InsideSpectrumSchema>;

export const StepChoiceSchema = z.object({
  place: Place,
  step: z.int().min(0),
  unit: z.int().min(0),
});
export type StepChoice = z.infer<typeof StepChoiceSchema>;

const TermSchema = z.object({
  /** `level`, `segment value 3`, `unit 5` */
  name: z.string(),
  value: z.number(),
  weight: z.number(),
  product: z.number(),
});

const SumSchema = z.object({
  /** The largest by their size. */
  terms: z.array(TermSchema),
  /** Of all the others, and how many there are. */
  rest: z.number(),
  restCount: z.int(),
});

const BlockCardSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** `sigmoid`, `tanh`, `relu` */
  activation: z.string(),
  input: SumSchema,
  recurrent: SumSchema,
  bias: z.number(),
  /** What the activation is given: all terms added up. */
  sum: z.number(),
  value: z.number(),
});

/** One step of one unit in numbers, of a window or of a sample. */
export const StepCardSchema = z.object({
  place: PlaceSchema,
  step: z.int(),
  unit: z.int(),
  /** States of the unit before the step. */
  before: z.object({ hidden: z.number(), cell: z.number().nullable() }),
  blocks: z.array(BlockCardSchema),
  /** What the blocks make of the state, in order: `c' = f c + i g`. */
  results: z.array(
    z.object({ name: z.string(), equation: z.string(), value: z.number(), stored: z.number() }),
  ),
  /** Largest difference between a value here and what the model computed. */
  gap: z.number(),
});
export type StepCard = z.infer<typeof StepCardSchema>;

export const InsideStepSchema = StepCardSchema.extend({ about: AboutSchema });
export type InsideStep = z.infer<typeof InsideStepSchema>;
