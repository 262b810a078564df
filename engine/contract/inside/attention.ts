// inside.attention and inside.query: where a layer looks, and one query in numbers.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { CellsSchema } from './states.ts';
import { AboutSchema } from './target.ts';

const LayerSchema = z.int().min(0).default(0);

export const AttentionChoiceSchema = CellsSchema.extend({
  layer: LayerSchema,
  /** Null: the mean over the heads. */
  head: z.int().min(0).nullable().default(null),
});
export type AttentionChoice = z.infer<typeof AttentionChoiceSchema>;

const HeadSchema = z.object({
  head: z.int(),
  /** `last step`, `own step`, `lag 24`, `uniform`, `mixed`: what its lag profile says. */
  name: z.string(),
  /** Mean over queries of the entropy, divided by the entropy of equal weights on all visible keys; queries with one visible key are left out. */
  entropy: z.number(),
  /** By lag: mean weight over the queries that have such a key; lags of an alignment count from the origin. */
  profile: z.array(z.number()),
  /** Share of the weight that lies on keys after the query. */
  ahead: z.number(),
});
export type HeadSummary = z.infer<typeof HeadSchema>;

/** A column of the frame is one or more neighbouring keys; `rows` says which queries each line of cells stands for. */
export const InsideAttentionFrame = defineFrame('inside.attention', {
  header: z.object({
    about: AboutSchema,
    layer: z.int(),
    head: z.int().nullable(),
    heads: z.array(HeadSchema).readonly(),
    queries: z.int(),
    keys: z.int(),
    rows: z.array(z.array(z.int())).readonly(),
    whole: z.boolean(),
    /** Largest weight. */
    reach: z.number(),
    causal: z.boolean(),
    isAlignment: z.boolean(),
    /** In the last layer, where the answer is made of the last step alone: that query; the others change nothing. Else null. */
    onlyQuery: z.int().nullable(),
  }),
  columns: {
    key: column('i32'),
    keys: column('i32'),
    /** Rows of `inside.window` that these keys read. */
    row: column('i32'),
    end: column('i32'),
    mean: column('f32', 'rows'),
    /** The largest. */
    extreme: column('f32', 'rows'),
  },
});
export type InsideAttentionFrame = FrameOf<typeof InsideAttentionFrame>;

export const QueryChoiceSchema = z.object({
  layer: LayerSchema,
  head: z.int().min(0).default(0),
  query: z.int().min(0),
});
export type QueryChoice = z.infer<typeof QueryChoiceSchema>;

const KeySchema = z.object({
  key: z.int(),
  /** Rows of the window: from, up to and without `end`. */
  row: z.int(),
  end: z.int(),
  score: z.number(),
  weight: z.number(),
  vector: z.array(z.number()),
});

export const InsideQuerySchema = z.object({
  about: AboutSchema,
  layer: z.int(),
  head: z.int(),
  query: z.int(),
  /** What the layer reads at the query (normalised where the norm comes first), with its position. */
  x: z.array(z.number()),
  /** Of this head. */
  q: z.array(z.number()),
  /** q k is multiplied by it. */
  scale: z.number(),
  /** By key; scores after the scale, null where the key is not visible. */
  scores: z.array(z.number().nullable()),
  weights: z.array(z.number()),
  /** The five with the largest weights. */
  top: z.array(KeySchema),
  /** Sum of weights x values. */
  output: z.array(z.number()),
});
export type InsideQuery = z.infer<typeof InsideQuerySchema>;
