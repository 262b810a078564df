// The season of a run's data.
import { detectFrequency, seasonOf } from '../../data/frequency.ts';
import type { OpenedModel } from './inspected.ts';

/** Rows of one season of a series; null where none is known. */
export function seasonOfRun(
  { experiment, prepared }: Pick<OpenedModel, 'experiment' | 'prepared'>,
  series: number,
): number | null {
  return experiment.evaluation.season ?? seasonOf(detectFrequency(prepared.series[series]!.times));
}
