// The API group `inside`: see on your own data why a sequence model learns or fails.
import { BlobSchema, reads } from '../api-base.ts';
import { InsideDescriptionSchema } from './description.ts';
import { StatesChoiceSchema } from './states.ts';
import { InsideRunSchema, InsideTargetSchema } from './target.ts';

export const inside = {
  /** Layers, directions, units, gates, heads, origins, weights: what there is to see of this model. Also of a run that has not begun. */
  describe: reads.input(InsideRunSchema.pick({ run: true })).output(InsideDescriptionSchema),
  /** The window as the model reads it, with its forecast: an `InsideWindowFrame`. */
  window: reads.input(InsideTargetSchema).output(BlobSchema),
  /** States or gates of one window, units over time: an `InsideStatesFrame`. */
  states: reads.input(InsideTargetSchema.extend(StatesChoiceSchema.shape)).output(BlobSchema),
};
