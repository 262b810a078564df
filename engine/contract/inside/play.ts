// inside.play: all that answers while a hand changes a window, of one pass through the model and in one message.
import { z } from 'zod';
import { FrameAnswerSchema } from '../values/frame-answer.ts';
import { AttentionChoiceSchema } from './attention.ts';
import { StatesChoiceSchema } from './states.ts';

export const PlayChoiceSchema = z.object({
  /** Null: a model without them, or nobody looks at them. */
  states: StatesChoiceSchema.nullable().default(null),
  attention: AttentionChoiceSchema.nullable().default(null),
});
export type PlayChoice = z.infer<typeof PlayChoiceSchema>;

/** An `InsideWindowFrame`, an `InsideStatesFrame` and an `InsideAttentionFrame`. */
export const InsidePlaySchema = z.object({
  window: FrameAnswerSchema,
  states: FrameAnswerSchema.nullable(),
  attention: FrameAnswerSchema.nullable(),
});

/** The frames, encoded. */
export interface InsidePlay {
  readonly window: Uint8Array;
  readonly states: Uint8Array | null;
  readonly attention: Uint8Array | null;
}
