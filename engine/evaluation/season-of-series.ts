// Rows of one season, by series: as the experiment says or as the times suggest.
import type { Evaluation } from '../contract/experiment/experiment.ts';
import { detectFrequency, seasonOf } from '../data/frequency.ts';
import type { PreparedSeries } from '../data/prepared.ts';

/** Null where the rows of a series suggest none. */
export const seasonOfSeries = (
  { times }: Pick<PreparedSeries, 'times'>,
  { season }: Pick<Evaluation, 'season'>,
): number | null => season ?? seasonOf(detectFrequency(times));
