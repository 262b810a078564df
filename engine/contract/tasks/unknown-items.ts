// Of new lists of tokens: what the vocabulary of a run lacks.
import { z } from 'zod';

export const UnknownItemsSchema = z.object({
  /** The first ones. */
  items: z.array(z.string()).readonly(),
  /** Different ones. */
  different: z.int(),
  /** That have one or several of them. */
  samples: z.int(),
});
export type UnknownItems = z.infer<typeof UnknownItemsSchema>;
