// The samples that a classification reads: those of a dataset, or windows of its series.
import type { SampleTable } from '../../contract/datasets/sample-values.ts';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { samplesOf, seriesOf, type TaskData } from '../task-kind.ts';
import { windowSamples } from './window-samples.ts';

/** @throws HindcastError for series that do not suit the windows */
export function sourceTable({ task, split }: ClassifyExperiment, data: TaskData): SampleTable {
  const { window } = task;
  return window
    ? windowSamples(task, window, { split, series: seriesOf(data).series })
    : samplesOf(data).samples;
}
