// The metrics and baselines that the engine knows, as data. A window asks for it once, so that no screen has a list of its own.
import { z } from 'zod';
import { MetricInfoSchema } from './metrics.ts';

export const BaselineInfoSchema = z.object({
  /** Its one name, in scores, tables, sentences, exports and on screens. */
  subject: z.string(),
  /** One sentence: how it forecasts. */
  meaning: z.string(),
  /** What it takes for the future: the last value, a trend that continues from it, the season before, the mean, or what was fitted. */
  follows: z.enum(['last', 'drift', 'season', 'mean', 'fit']),
  /** How to choose it as a model: `model.kind linear`; absent where it is none. */
  asModel: z.string().optional(),
});
export type BaselineInfo = z.infer<typeof BaselineInfoSchema>;

export const CatalogueSchema = z.object({
  metrics: z.array(MetricInfoSchema),
  /** In the order of tables. */
  baselines: z.array(BaselineInfoSchema),
});
export type Catalogue = z.infer<typeof CatalogueSchema>;
