// Finds the kind of a task, and reads an experiment's data for training.
import { HindcastError } from '../contract/errors.ts';
import type { Experiment } from '../contract/experiment.ts';
import type { Task } from '../contract/tasks/task.ts';
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
export async function readData({ task }: Experiment, source: SeriesSource): Promise<TaskData> {
  const { kind, columns, series: names } = taskOf(task).needs(task);
  const series = await source.read(names ? { columns, series: names } : { columns });
  return { kind, name: source.datasetName, series };
}

/** @throws HindcastError for what does not suit the data. */
export function prepareTask(experiment: Experiment, data: TaskData): PreparedTask {
  return taskOf(experiment.task).prepare(experiment, data);
}
