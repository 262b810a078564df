// inside.replay: the run is trained again, so that the weights of its epochs can be looked into.
import { z } from 'zod';

export const InsideReplaySchema = z.object({
  /** Epochs that can be asked for as weights; of very many, evenly spaced ones. */
  epochs: z.array(z.int()),
  /** It ended with the very weights of the run; null where the run kept no hash of them. */
  isSame: z.boolean().nullable(),
  sentence: z.string(),
});
export type InsideReplay = z.infer<typeof InsideReplaySchema>;

export interface ReplayChoice {
  /** Done by the run. */
  readonly epochs: number;
  readonly weightsHash: string | null;
}
