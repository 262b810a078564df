// inside.window and inside.states: one window as the model reads it, and its states as a heat map of units over time.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { AboutSchema, PlaceSchema } from './target.ts';

const Names = z.array(z.string()).readonly();

/** The look-back, then the horizon: a row each. */
export const InsideWindowFrame = defineFrame('inside.window', {
  header: z.object({
    about: AboutSchema,
    lookback: z.int(),
    horizon: z.int(),
    /** Columns that the model reads, at most 64 of them; the chosen target alone where every column is forecast by itself. */
    inputs: Names,
    /** How many columns it reads. */
    inputCount: z.int(),
    /** First rows that the model does not read, because they fill no segment. */
    unread: z.int(),
    /** What the edits change, in words; null without one. */
    change: z.string().nullable(),
  }),
  columns: {
    /** Microseconds UTC. */
    time: column('f64'),
    /** Model units, after the pipeline; NaN in the horizon. */
    input: column('f32', 'inputs'),
    /** Of the target, original units; NaN where missing. */
    actual: column('f64'),
    /** NaN in the look-back. */
    forecast: column('f64'),
    /** Model units: what the model itself answers. */
    answer: column('f32'),
  },
});
export type InsideWindowFrame = FrameOf<typeof InsideWindowFrame>;

export const ROW_ORDERS = ['index', 'similarity', 'memory', 'season'] as const;
const OrderSchema = z.enum(ROW_ORDERS);
export type RowOrder = z.infer<typeof OrderSchema>;

/** How finely an answer is divided; a cell of more than one value holds their mean and the one farthest from the middle. */
export const CellsSchema = z.object({
  rows: z.int().min(1).max(400).default(400),
  columns: z.int().min(1).max(1_200).default(1_200),
  /** Nothing is reduced; `rows` and `columns` are ignored. */
  whole: z.boolean().default(false),
});
export type Cells = z.infer<typeof CellsSchema>;

export const StatesChoiceSchema = CellsSchema.extend({
  place: PlaceSchema.default({ part: 'encoder', layer: 0, direction: 'forward' }),
  /** `hidden`, `cell`, or a gate by its name (see inside.describe). */
  what: z.string().default('hidden'),
  order: OrderSchema.default('index'),
});
export type StatesChoice = z.infer<typeof StatesChoiceSchema>;

/** A column of the frame is one or more neighbouring steps; the list `rows` says which units each line of cells stands for. */
export const InsideStatesFrame = defineFrame('inside.states', {
  header: z.object({
    about: AboutSchema,
    place: PlaceSchema,
    what: z.string(),
    order: OrderSchema,
    units: z.int(),
    steps: z.int(),
    rows: z.array(z.array(z.int())).readonly(),
    /** Each cell is one value. */
    whole: z.boolean(),
    /** The colour scale's middle (0, or 0.5 of a gate) and its reach to both sides: the largest distance from the middle. */
    middle: z.number(),
    reach: z.number(),
    /** First steps that the gradient does not reach. */
    truncated: z.int(),
    /** The step whose state the answer is made of: the last one, or the first of the backward direction. */
    readout: z.int(),
    /** Of each unit, by its index: share of steps at which it is saturated (|tanh| > 0.95; of a gated cell state its tanh). */
    saturated: z.array(z.number()).readonly(),
    /** Of each unit: steps within which it forgets to 1/e, from its keep gate or, without one, its own autocorrelation; null: not within ten windows. */
    memory: z.array(z.number().nullable()).readonly(),
  }),
  columns: {
    /** First step, and how many. */
    step: column('i32'),
    steps: column('i32'),
    /** Rows of `inside.window` that these steps read: from, up to and without `end`. */
    row: column('i32'),
    end: column('i32'),
    mean: column('f32', 'rows'),
    /** With its sign. */
    extreme: column('f32', 'rows'),
  },
});
export type InsideStatesFrame = FrameOf<typeof InsideStatesFrame>;
