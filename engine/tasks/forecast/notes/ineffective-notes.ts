// Notes on what an experiment asks for and does not get: test rows that are not there, fields of intervals without intervals, and what
// tells series apart where there is one alone.
import { type ForecastTask, quantileLevels } from '../../../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { countText } from '../../../data/count-text.ts';
import type { PartRanges } from '../../../data/split.ts';
import { intervalMethod } from '../../../evaluation/intervals/registry.ts';

export const ineffectiveNotes = (
  { task, split }: Pick<ForecastExperiment, 'task' | 'split'>,
  splits: readonly PartRanges[],
): string[] => [...shortTestNotes(split, splits), ...intervalNotes(task), ...oneSeriesNotes(task, splits)];

function shortTestNotes(split: ForecastExperiment['split'], splits: readonly PartRanges[]): string[] {
  if (split.kind !== 'count' || split.test === undefined) return [];
  const asked = split.test;
  const rows = splits.map(({ test }) => test.to - test.from).filter((count) => count < asked);
  if (rows.length === 0) return [];
  const of = splits.length === 1 ? '' : ` of ${countText(rows.length)} of ${countText(splits.length)} series`;
  const fewest = countText(Math.min(...rows));
  return [
    `The test part${of} has ${rows.length === 1 ? fewest : `${fewest} or more`} of the ${countText(asked)} rows that split.test asks for: the data end before.`,
  ];
}

function oneSeriesNotes(
  { seriesIdentity, staticFeatures = [] }: ForecastTask,
  splits: readonly PartRanges[],
): string[] {
  const idle = [
    ...(seriesIdentity ? ['task.seriesIdentity'] : []),
    ...(staticFeatures.length > 0 ? ['task.staticFeatures'] : []),
  ];
  if (splits.length > 1 || idle.length === 0) return [];
  const verb = idle.length === 1 ? 'tells' : 'tell';
  return [`${idle.join(' and ')} ${verb} the model nothing: there is one series.`];
}

function intervalNotes(task: ForecastTask): string[] {
  const hasQuantiles = quantileLevels(task) !== null;
  const idle = [
    ...(task.quantiles !== undefined && !hasQuantiles ? ['task.quantiles'] : []),
    ...(task.calibrationShare !== undefined && intervalMethod(task) === null
      ? ['task.calibrationShare']
      : []),
  ];
  if (idle.length === 0) return [];
  const verb = idle.length === 1 ? 'has' : 'have';
  return [
    `${idle.join(' and ')} ${verb} no effect: the task forecasts no ${hasQuantiles ? 'calibrated ' : ''}intervals (task.intervals).`,
  ];
}
