// The metrics that each epoch is scored by. Intervals are calibrated by the weights that training ends with, so before that there is
// nothing to score of them.
import type { ForecastTask, IntervalChoice } from '../../../contract/tasks/forecast.ts';
import { intervalMethod } from '../../../evaluation/intervals/registry.ts';
import { findMetric } from '../../../evaluation/metrics/registry.ts';

export const epochMetrics = (task: Pick<ForecastTask, 'metrics'> & IntervalChoice): readonly string[] =>
  task.metrics.filter((metric) => intervalMethod(task) === null || !findMetric(metric).needsQuantiles);
