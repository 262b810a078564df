// Finds the kind of a task, and reads an experiment's data for training.

import type { Experiment } from '../contract/experiment/experiment.ts';
import type { Task } from '../contract/tasks/task.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { SampleSource } from '../data/samples/sample-table.ts';
import type { SeriesSource } from '../data/series.ts';
import { TASKS } from './registry.ts';
import type { PreparedTask, TaskData, TaskKind } from './task-kind.ts';

const BY_NAME: Readonly<Record<string, TaskKind | undefined>> = TASKS;

export function taskOf({ kind }: Task): TaskKind {
  const found = BY_NAME[kind];
  if (found) return found;
  throw new HindcastError('internal', `No task is called "${kind}"; engine/tasks/registry.ts lists them.`);
}

/** What the experiment's task needs of a dataset version. @throws HindcastError for columns and series that it lacks. */
export async function readData({ task }: Experiment, source: DataSource): Promise<TaskData> {
  const request = taskOf(task).needs(task);
  const { datasetName: name } = source;
  const { columns } = request;
  if (request.kind === 'samples') {
    if (!source.readSamples)
      throw new HindcastError('internal', `The data "${name}" cannot be read as samples.`);
    return { kind: 'samples', name, samples: await source.readSamples(columns) };
  }
  const { series: names } = request;
  const series = await source.read(names ? { columns, series: names } : { columns });
  return { kind: 'series', name, series };
}

/** Where the store's versions are read; what holds series alone cannot be read as samples. */
export type DataSource = SeriesSource & Partial<Pick<SampleSource, 'readSamples'>>;

/** @throws HindcastError for what does not suit the data. */
export function prepareTask(experiment: Experiment, data: TaskData): PreparedTask {
  return taskOf(experiment.task).prepare(experiment, data);
}
