// inside.describe: what there is to see of a run's model.
import { z } from 'zod';
import { KeptWeightsSchema, PlaceSchema } from './target.ts';

const GateSchema = z.object({
  /** As in the equations: i, f, g, o; z, r, n. */
  name: z.string(),
  /** `forget gate` */
  title: z.string(),
  /** A gate lies between 0 and 1, a candidate between -1 and 1. */
  isGate: z.boolean(),
  /** The share of the state that a unit keeps. */
  keeps: z.boolean(),
});

export const InsidePlaceSchema = z.object({
  place: PlaceSchema,
  cell: z.string(),
  units: z.int(),
  /** Segments where the model joins steps, steps of the horizon in a decoder. */
  steps: z.int(),
  /** First steps that the gradient does not reach, because training cuts it off there. */
  truncated: z.int(),
  /** What `inside.states` can show: hidden, cell and the gates by name. */
  what: z.array(z.string()),
  gates: z.array(GateSchema),
});
export type InsidePlace = z.infer<typeof InsidePlaceSchema>;

export const AttentionLayerSchema = z.object({
  layer: z.int(),
  heads: z.int(),
  queries: z.int(),
  keys: z.int(),
  /** A query sees no later key. */
  causal: z.boolean(),
  /** Queries are steps of the horizon, keys steps of the past. */
  isAlignment: z.boolean(),
});
export type AttentionLayer = z.infer<typeof AttentionLayerSchema>;

const SeriesOriginsSchema = z.object({
  series: z.string(),
  /** Its origins are neighbours: the first of them, and how many there are. */
  first: z.int(),
  origins: z.int(),
  firstUs: z.number(),
  lastUs: z.number(),
});

/** What follows from the model and its data, independent of its weights. */
export const ModelInsideSchema = z.object({
  /** Views of the group `inside` that this model has. */
  views: z.array(z.string()),
  places: z.array(InsidePlaceSchema),
  attention: z.array(AttentionLayerSchema),
  lookback: z.int(),
  horizon: z.int(),
  inputs: z.array(z.string()),
  targets: z.array(z.string()),
  /** Every column is forecast by itself: `target` chooses whose states are shown. */
  isByColumn: z.boolean(),
  /** Neighbouring steps that the model reads as one; `unread` are the window's first steps, which fill no segment. */
  segment: z.object({ length: z.int(), stride: z.int(), unread: z.int() }).nullable(),
  /** Steps of one season; null where none is known. */
  season: z.int().nullable(),
  parts: z.array(
    z.object({
      part: z.enum(['train', 'validation', 'test']),
      origins: z.int(),
      series: z.array(SeriesOriginsSchema),
    }),
  ),
});
export type ModelInside = z.infer<typeof ModelInsideSchema>;

export const InsideDescriptionSchema = ModelInsideSchema.extend({
  runId: z.int().positive(),
  /** Weights that there are. */
  weights: z.array(z.object({ weights: KeptWeightsSchema, epoch: z.int().nullable() })),
  /** What inside.replay would do: epochs, and about how long; null of a run that did not end, or did not begin. */
  replay: z.object({ epochs: z.int(), seconds: z.number().nullable() }).nullable(),
  notes: z.array(z.string()),
});
export type InsideDescription = z.infer<typeof InsideDescriptionSchema>;
