// What a look inside is about: a run with weights of a certain age, and one window of its data.
import { z } from 'zod';
import { RunReferenceSchema } from '../values/ids.ts';
import { EditsSchema } from './edits.ts';

/** `best` and `last` are kept with the run; `first` are made again from its seed. */
export const KeptWeightsSchema = z.enum(['best', 'last', 'first']);
export type KeptWeightsName = z.infer<typeof KeptWeightsSchema>;

/** Those after an epoch that was not kept are there once the run was replayed (inside.replay). */
export const InsideWeightsSchema = z.union([KeptWeightsSchema, z.object({ epoch: z.int().min(0) })]);
export type InsideWeights = z.infer<typeof InsideWeightsSchema>;

export const InsideRunSchema = z.object({
  run: RunReferenceSchema,
  weights: InsideWeightsSchema.default('best'),
});

export const InsideTargetSchema = InsideRunSchema.extend({
  part: z.enum(['train', 'validation', 'test']).default('test'),
  /** Index among the origins of the part. */
  origin: z.int().min(0).default(0),
  /** A target column: whose forecast is shown and, where channels are independent, whose states. Default: the first. */
  target: z.string().optional(),
});
export type InsideTarget = z.infer<typeof InsideTargetSchema>;
/** With what is changed in the window first: of views of one window. */
export const EditedTargetSchema = InsideTargetSchema.extend({ edits: EditsSchema.optional() });
export type EditedTarget = z.infer<typeof EditedTargetSchema>;
/** The window of a target, without the run. */
export type WindowChoice = Omit<EditedTarget, 'run' | 'weights'>;

/** One direction of one recurrent layer; layers count from 0, the lowest. */
export const PlaceSchema = z.object({
  part: z.enum(['encoder', 'decoder']).default('encoder'),
  layer: z.int().min(0).default(0),
  direction: z.enum(['forward', 'backward']).default('forward'),
});
export type Place = z.infer<typeof PlaceSchema>;

/** What an answer is about, as it was understood. */
export const AboutSchema = z.object({
  part: InsideTargetSchema.shape.part.unwrap(),
  origin: z.int(),
  /** Origins of the part. */
  origins: z.int(),
  /** Microseconds UTC. */
  originUs: z.number(),
  series: z.string(),
  target: z.string(),
});
export type About = z.infer<typeof AboutSchema>;
