// What a card that was just written says of its check, whatever the task.
import { z } from 'zod';
import type { Verification } from '../../contract/results/new-data.ts';

const OfForecasts = z.object({
  windows: z.int(),
  largestDifference: z.number(),
  tolerance: z.number(),
});
const OfProbabilities = OfForecasts.omit({ windows: true }).extend({ samples: z.int() });

export function verifiedIn(card: string): Verification {
  const { verified } = JSON.parse(card) as { readonly verified: unknown };
  const ofClasses = OfProbabilities.safeParse(verified);
  if (!ofClasses.success) return { ...OfForecasts.parse(verified), measured: 'forecasts' };
  const { samples, ...rest } = ofClasses.data;
  return { ...rest, windows: samples, measured: 'probabilities' };
}
