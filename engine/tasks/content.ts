// The task's part of an export, made from its predictions of the test part.
import type { Experiment } from '../contract/experiment/experiment.ts';
import type { TaskContent } from '../export/task-content.ts';
import { taskOf } from './task-of.ts';

export function contentOf({ task }: Experiment, predictions: Uint8Array): TaskContent {
  const kind = taskOf(task);
  return {
    sentence: kind.sentence(task),
    inputs: kind.inputs(task),
    targets: kind.targets(task),
    columns: kind.exports.columns,
    tables: () => kind.exports.tables(predictions),
    section: () => kind.exports.report(predictions),
  };
}
