// inside.jacobian, inside.memory and inside.diagnose: what is left of a state through time, what the forecast hangs on, and what all of it
// says in words.
import { z } from 'zod';
import { MOST_WINDOWS } from './dynamics.ts';
import { PlaceSchema } from './target.ts';

export const JacobianChoiceSchema = z.object({
  place: PlaceSchema.default({ part: 'encoder', layer: 0, direction: 'forward' }),
});
export type JacobianChoice = z.infer<typeof JacobianChoiceSchema>;

export const InsideJacobianSchema = z.object({
  place: PlaceSchema,
  /** `h`, or `(h, c)` of an LSTM: what is carried on from step to step. */
  state: z.string(),
  /** By lag k: ln of |d state_T / d state_(T-k)| as Frobenius norm over the root of the state's size, which is 0 for the identity. */
  logNorms: z.array(z.number()),
  /** Factor of one step, from a straight line through them. */
  perStep: z.number(),
  /** Every row of the product was followed; otherwise 32 random ones, as an estimate. */
  isExact: z.boolean(),
  sentence: z.string(),
});
export type InsideJacobian = z.infer<typeof InsideJacobianSchema>;

export const InsideCaptionsSchema = z.object({
  place: PlaceSchema,
  /** Of the training part; fewer than 200 give no captions. */
  windows: z.int(),
  /** Units that follow something readable with |r| of 0.8 and more. */
  captions: z.array(z.object({ unit: z.int(), follows: z.string(), correlation: z.number() })),
});
export type InsideCaptions = z.infer<typeof InsideCaptionsSchema>;

export const MemoryChoiceSchema = z.object({
  windows: z.int().min(1).max(MOST_WINDOWS).default(MOST_WINDOWS),
});
export type MemoryChoice = z.infer<typeof MemoryChoiceSchema>;

export const InsideMemorySchema = z.object({
  target: z.string(),
  windows: z.int(),
  /** By lag in rows: mean over windows of |dy / dx_(T-k)| of all inputs, y the sum of the answers. */
  byLag: z.array(z.number()),
  /** Smallest lag within which half of their sum lies; null where the answer does not depend on the window. */
  half: z.int().nullable(),
  /** Of the target's training rows, by lag; null where it cannot be said. */
  autocorrelation: z.array(z.number().nullable()),
  sentence: z.string(),
});
export type InsideMemory = z.infer<typeof InsideMemorySchema>;

export const FindingSchema = z.object({
  /** The view that shows it. */
  view: z.string(),
  /** Something may be wrong with the model, not only worth knowing. */
  isFault: z.boolean(),
  sentence: z.string(),
});
export const InsideDiagnosisSchema = z.object({ findings: z.array(FindingSchema) });
export type InsideDiagnosis = z.infer<typeof InsideDiagnosisSchema>;
