// columns.csv: the meaning and the unit of each column of the exported tables.
import type { Task } from '../contract/tasks/task.ts';
import { METRICS } from '../evaluation/metrics/registry.ts';
import { lossUnitOfRun } from '../words/tasks/loss-unit.ts';
import { field } from './csv-text.ts';
import type { ColumnMeanings, Tables } from './task-content.ts';

const MEANINGS: ColumnMeanings = {
  target: ['column forecast; empty in scores.csv: the mean over all targets', ''],
  unit: ['unit of the values in this line', ''],
  part: ['part of the data that was scored: validation or test', ''],
  subject: ['what forecast: the model, or a baseline', ''],
  metric: [METRICS.map(({ name, meaning }) => `${name}: ${meaning}`).join(' '), ''],
  value: ['the score', 'column "unit"'],
  count: ['values scored: windows x steps x targets, without missing ones', ''],
  epoch: ['epoch, from 1', ''],
  learningRate: ['learning rate of the step', ''],
};
const UNKNOWN = ['', ''] as const;
/** In metrics-by-step.csv this is the step of training. */
const TRAINING_STEP = ['step of training, from 1', ''] as const;

/** `tables`: lines by file, the header first; `ofTask`: meanings that only the task knows. */
export function columnsCsv(tables: Tables, task: Task, ofTask: ColumnMeanings): string[] {
  const meanings = { ...MEANINGS, ...ofTask };
  const rows = Object.entries(tables).flatMap(([file, [header = '']]) =>
    header.split(',').map((column) => {
      const isTraining = file.startsWith('metrics-');
      const [meaning, unit] = isTraining ? trainingMeaning(column, task) : meaningOf(column, meanings);
      return [file, column, meaning, unit].map(field).join(',');
    }),
  );
  return ['file,column,meaning,unit', ...rows];
}

/** `baseline/repeat` has the meaning of `baseline/`, unless it has one of its own. */
const meaningOf = (column: string, meanings: ColumnMeanings): readonly [string, string] =>
  meanings[column] ?? meanings[column.replace(/\/.*/, '/')] ?? UNKNOWN;

function trainingMeaning(column: string, task: Task): readonly [string, string] {
  const { loss } = task;
  const unit = lossUnitOfRun(task);
  if (column === 'step') return TRAINING_STEP;
  if (column === 'loss') return [`${loss} of the batch`, unit];
  if (column === 'trainLoss') return [`${loss} over the epoch's batches, as the weights were at each`, unit];
  if (column === 'validationLoss') return [`${loss} over the validation part`, unit];
  if (column === 'gradientNorm') return ['norm of all gradients together, before clipping', ''];
  if (column.startsWith('gradientNorm/'))
    return [`norm of the gradient of ${column.slice(13)}, before clipping`, ''];
  if (column.startsWith('validation')) {
    return [`${column.slice(10).toLowerCase()} over the validation part`, 'as in scores.csv'];
  }
  return MEANINGS[column] ?? UNKNOWN;
}
