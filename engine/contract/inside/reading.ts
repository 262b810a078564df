// inside.reader, inside.read and inside.followers: a model of samples (texts, recordings, sequences), step by step.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';
import { AttentionLayerSchema, InsideDescriptionSchema, InsidePlaceSchema } from './description.ts';
import { StepCardSchema } from './dynamics.ts';
import { ROW_ORDERS } from './states.ts';
import { InsideRunSchema, InsideTargetSchema, PlaceSchema } from './target.ts';

const Names = z.array(z.string()).readonly();
const PlaceChoiceSchema = PlaceSchema.default({ part: 'encoder', layer: 0, direction: 'forward' });

/** What is answered: the sample as a whole; at each step what comes after it; what the step is; or the frame that a step forecasts. */
const SaysSchema = z.enum(['sample', 'next', 'label', 'frame']);

/** Shares of one whole, a share for each label, or a value in the units of the data. */
const ScaleSchema = z.enum(['share', 'label', 'value']);

export const SampleModelSchema = z.object({
  /** What a step is: `characters`, `words`, `steps` ... */
  unit: z.string(),
  says: SaysSchema,
  scale: ScaleSchema,
  /** Classes of the answer, labels, or the names of values; empty where the model says what comes next. */
  classes: Names,
  /** It reads pictures: there is a view `pixels` of it. */
  hasPictures: z.boolean(),
  /** A text can be typed in. */
  readsText: z.boolean(),
  places: z.array(InsidePlaceSchema),
  attention: z.array(AttentionLayerSchema),
  parts: z.array(z.object({ part: InsideTargetSchema.shape.part.unwrap(), samples: z.int() })),
});
export type SampleModel = z.infer<typeof SampleModelSchema>;

export const InsideReaderSchema = SampleModelSchema.extend({
  runId: z.int().positive(),
  weights: InsideDescriptionSchema.shape.weights,
});
export type InsideReader = z.infer<typeof InsideReaderSchema>;

export const MOST_STEPS = 1_000;

export const ReadChoiceSchema = z.object({
  part: InsideTargetSchema.shape.part,
  /** Among the samples of the part. */
  sample: z.int().min(0).default(0),
  /** Read instead of a sample. */
  text: z.string().min(1).max(10_000).optional(),
  /** Of a long text: the steps that are read, from an empty state. */
  from: z.int().min(0).default(0),
  most: z.int().min(1).max(MOST_STEPS).default(300),
  place: PlaceChoiceSchema,
  what: z.string().default('hidden'),
  order: z.enum(ROW_ORDERS).exclude(['season']).default('index'),
  /** Every unit and every query has a line of its own, however many there are. */
  whole: z.boolean().default(false),
  /** Of attention; null: the mean over the heads. */
  layer: z.int().min(0).default(0),
  head: z.int().min(0).nullable().default(null),
  /** The step whose answer is explained, of a model that answers every step. Default: the last one. */
  step: z.int().min(0).optional(),
  /** Of what is said of a sample: the class or label that is explained. Default: the most likely one. Of a frame: the first value. */
  choice: z.string().optional(),
});
export type ReadChoice = z.infer<typeof ReadChoiceSchema>;
export const ReadTargetSchema = InsideRunSchema.extend(ReadChoiceSchema.shape);
export type ReadTarget = z.input<typeof ReadTargetSchema>;

const ShareSchema = z.object({ choice: z.string(), share: z.number() });
export type ChoiceShare = z.infer<typeof ShareSchema>;

const NumbersSchema = z.array(z.int());

/** A row is a step. */
export const InsideReadingFrame = defineFrame('inside.reading', {
  header: z.object({
    sample: z.object({
      part: z.string(),
      index: z.int(),
      /** Of the part. */
      samples: z.int(),
      name: z.string(),
      /** Its class; null where it has none, or it is the user's own text. */
      truth: z.string().nullable(),
      isOwn: z.boolean(),
    }),
    unit: z.string(),
    says: SaysSchema,
    /** Of `share`, and of the shares in `explained` and `answers`. */
    scale: ScaleSchema,
    /** The first step that is answered: a translator answers none of the text that it reads. */
    firstAnswer: z.int(),
    /** Steps of the whole sample, and how many of them lie before the first row. */
    length: z.int(),
    before: z.int(),
    stepSeconds: z.number().nullable(),
    /** What is read at each step; empty where that is numbers. */
    labels: Names,
    channels: Names,
    /** The classes with the largest shares, and the true one: whose shares stand in `share`. */
    classes: Names,
    /** What evidence and gradient are about: the class of the sample, or the true answer of step `step`. */
    explained: z.object({ step: z.int(), choice: z.string(), share: z.number() }),
    /** The most likely answers: of the sample, or of each step; none where a step is not answered. */
    answers: z.array(z.array(ShareSchema)).readonly(),
    /** Units, line by line; empty where the model keeps no state. */
    rows: z.array(NumbersSchema).readonly(),
    what: z.string(),
    middle: z.number(),
    reach: z.number(),
    truncated: z.int(),
    /** Steps that training's gradient went back at most, where it went through a text piece by piece. */
    reachOfTraining: z.int().nullable(),
    /** Queries of the chosen layer, line by line; empty without attention. */
    queries: z.array(NumbersSchema).readonly(),
    heads: z.array(z.object({ head: z.int(), name: z.string(), entropy: z.number() })).readonly(),
    /** Steps that were hidden together for the evidence. */
    block: z.int(),
  }),
  columns: {
    /** Of what the model reads, scaled as it is read. */
    input: column('f32', 'channels'),
    /** Shares of the classes if the sample ended after this step. */
    share: column('f32', 'classes'),
    /** Of the true answer of each step; NaN where it is not known, or there is no answer. */
    probability: column('f32'),
    /** Bits: the entropy of the answers of each step; NaN where the sample as a whole is answered. */
    entropy: column('f32'),
    /** Fall of the log odds of what is explained where this step says nothing: above 0 it speaks for it. */
    evidence: column('f32'),
    /** Norm of the gradient of its log-probability, or value, with respect to the state after this step; NaN where there is none. */
    gradient: column('f32'),
    /** NaN at the steps that this layer does not go over: a translator's encoder reads, its decoder writes. */
    mean: column('f32', 'rows'),
    extreme: column('f32', 'rows'),
    /** Of the keys, a query a line; NaN where a step is no key. */
    weight: column('f32', 'queries'),
  },
});
export type InsideReadingFrame = FrameOf<typeof InsideReadingFrame>;

export const FollowersChoiceSchema = z.object({ place: PlaceChoiceSchema });
export type FollowersChoice = z.infer<typeof FollowersChoiceSchema>;

export const InsideFollowersSchema = z.object({
  samples: z.int(),
  steps: z.int(),
  /** Units that follow something readable, the closest first. */
  followers: z.array(z.object({ unit: z.int(), follows: z.string(), correlation: z.number() })),
});
export type InsideFollowers = z.infer<typeof InsideFollowersSchema>;

/** A step counts among those of the sample: a translator's decoder begins where the text that is read ends. */
export const SampleStepChoiceSchema = ReadChoiceSchema.pick({
  part: true,
  sample: true,
  text: true,
  from: true,
  most: true,
  place: true,
}).extend({ step: z.int().min(0), unit: z.int().min(0) });
export type SampleStepChoice = z.infer<typeof SampleStepChoiceSchema>;

export const InsideCardSchema = StepCardSchema.extend({
  sample: z.string(),
  /** What is read at the step; null where that is numbers. */
  token: z.string().nullable(),
});
export type InsideCard = z.infer<typeof InsideCardSchema>;

export const PixelsChoiceSchema = ReadChoiceSchema.pick({
  part: true,
  sample: true,
  layer: true,
  head: true,
  step: true,
  choice: true,
});
export type PixelsChoice = z.infer<typeof PixelsChoiceSchema>;

/** A row is a number of a picture, [height, width, channels]. */
export const InsidePixelsFrame = defineFrame('inside.pixels', {
  header: z.object({
    name: z.string(),
    width: z.int(),
    height: z.int(),
    channels: z.int(),
    /** What the pictures are: those that are read, the true ones after them, and what the model says that they are. */
    read: Names,
    after: Names,
    said: Names,
    explained: z.object({ step: z.int(), choice: z.string(), value: z.number() }),
    /** The same answer where all that is read is the mean of the training part. */
    without: z.number(),
    /** Of each picture that is read: its share in `value - without`. */
    sums: z.array(z.number()).readonly(),
    /** How far all shares together are from `value - without`, in per cent of it. */
    gap: z.number(),
    /** `look` is there: attention to what is read. */
    looks: Names,
  }),
  columns: {
    read: column('u8', 'read'),
    after: column('u8', 'after'),
    said: column('u8', 'said'),
    /** Integrated gradients of the answer, from the mean of the training part. */
    evidence: column('f32', 'read'),
    /** Weight of attention on a pixel: that of its patches, spread evenly over each. */
    look: column('f32', 'looks'),
  },
});
export type InsidePixelsFrame = FrameOf<typeof InsidePixelsFrame>;
