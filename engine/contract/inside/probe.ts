// What a probe recorded of a run's model while it trained, epoch by epoch: the layout of its snapshots, and inside.flow and
// inside.histograms, which read them.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { RunReferenceSchema } from '../values/ids.ts';
import { PlaceSchema } from './target.ts';

/** Neighbouring lags that one number stands for: the root of the mean of their squares, or the mean weight. */
const SpanSchema = z.object({ from: z.int().min(0), count: z.int().min(1) });
export type LagSpan = z.infer<typeof SpanSchema>;

const ProbedPlaceSchema = z.object({
  place: PlaceSchema,
  /** Where its weights are: `lstm/0`. */
  path: z.string(),
  steps: z.int(),
  /** Oldest steps that the gradient does not reach, because training cuts it off there. */
  absent: z.int(),
  lags: z.array(SpanSchema),
  hasCell: z.boolean(),
  /** In their order in memory; candidates lie between -1 and 1, the others between 0 and 1. */
  gates: z.array(z.string()),
  candidates: z.array(z.string()),
  /** Square blocks of the recurrent weights. */
  blocks: z.array(z.string()),
});
export type ProbedPlace = z.infer<typeof ProbedPlaceSchema>;

const ProbedAttentionSchema = z.object({
  layer: z.int(),
  heads: z.int(),
  lags: z.array(SpanSchema),
  isAlignment: z.boolean(),
});
export type ProbedAttention = z.infer<typeof ProbedAttentionSchema>;

/** The same for every snapshot of a run: says what stands where in its bytes (engine/inside/probe/sections.ts). */
export const ProbeLayoutSchema = z.object({
  version: z.literal(1),
  /** Epochs between two regular snapshots; before the first one there are more, and one after the last epoch. */
  every: z.int().min(1),
  /** Complete validation windows that gradients and gates are measured on; 0: there is none, so neither is recorded. */
  windows: z.int().min(0),
  /** The same of the weights of attention, which take more room. */
  attentionWindows: z.int().min(0),
  /** Bins of a histogram on each side of zero. */
  bins: z.int().min(1),
  places: z.array(ProbedPlaceSchema),
  attention: z.array(ProbedAttentionSchema),
  parameters: z.array(z.object({ name: z.string(), size: z.int() })),
});
export type ProbeLayout = z.infer<typeof ProbeLayoutSchema>;

export const FlowChoiceSchema = z.object({
  run: RunReferenceSchema,
  /** Gradients of the hidden or the cell state of a layer, or where a head of attention looks. */
  of: z.enum(['hidden', 'cell', 'head']).default('hidden'),
  place: PlaceSchema.default({ part: 'encoder', layer: 0, direction: 'forward' }),
  /** Of the layer with attention; the place does not count then. */
  layer: z.int().min(0).default(0),
  head: z.int().min(0).default(0),
});
export type FlowChoice = z.infer<typeof FlowChoiceSchema>;

/** A row is a snapshot. */
export const InsideFlowFrame = defineFrame('inside.flow', {
  header: z.object({
    of: FlowChoiceSchema.shape.of.unwrap(),
    /** Null for a head. */
    place: PlaceSchema.nullable(),
    layer: z.int().nullable(),
    head: z.int().nullable(),
    /** Of that layer; 0 without one. */
    heads: z.int(),
    windows: z.int(),
    steps: z.int(),
    lags: z.array(SpanSchema).readonly(),
    /** Lags beyond `lags`, which the gradient does not reach: absent, not zero. */
    absent: z.int(),
    /** Blocks of the recurrent weights; none for a head. */
    blocks: z.array(z.string()).readonly(),
  }),
  columns: {
    /** Epochs done, 0 before the first step. */
    epoch: column('i32'),
    step: column('i32'),
    /** Root of the mean over windows of |dL/dh|^2 (of a head: mean weight) by lag. */
    value: column('f32', 'lags'),
    /** Of each block: largest |eigenvalue| and largest singular value. */
    radius: column('f32', 'blocks'),
    largest: column('f32', 'blocks'),
    /** Of a head, over that of an even look; NaN otherwise. */
    entropy: column('f32'),
  },
});
export type InsideFlowFrame = FrameOf<typeof InsideFlowFrame>;

export const HISTOGRAMS_OF = ['weights', 'gradients', 'updates', 'gates'] as const;

export const HistogramsChoiceSchema = z.object({
  run: RunReferenceSchema,
  of: z.enum(HISTOGRAMS_OF).default('weights'),
  /** `lstm/0/kernel`; of gates `lstm/0/f`. Default: the first. */
  parameter: z.string().optional(),
});
export type HistogramsChoice = z.infer<typeof HistogramsChoiceSchema>;

/** A row is a snapshot. */
export const InsideHistogramsFrame = defineFrame('inside.histograms', {
  header: z.object({
    of: HistogramsChoiceSchema.shape.of.unwrap(),
    parameter: z.string(),
    /** That can be asked for. */
    parameters: z.array(z.string()).readonly(),
    /** How many values a histogram is made of; null where that changes. */
    size: z.int().nullable(),
    /** Class by class, rising: from, up to and without `to`. The zero class holds what is below 1e-8; the outermost, what is beyond 100. */
    classes: z.array(z.object({ from: z.number(), to: z.number() })).readonly(),
  }),
  columns: {
    epoch: column('i32'),
    step: column('i32'),
    /** Share of the values in each class; exact to 1/65535, and above 0 where there is any. */
    share: column('f32', 'classes'),
    /** Share of NaN and infinities. */
    broken: column('f32'),
    /** Euclidean norm; NaN of gates, and of updates before the first step. */
    norm: column('f32'),
    /** |update| / |weights| of the step before the snapshot, whatever `of`; NaN of gates, and before the first step. */
    ratio: column('f32'),
  },
});
export type InsideHistogramsFrame = FrameOf<typeof InsideHistogramsFrame>;
