// columns.csv: what each column of the exported tables means, and its unit.
import type { Loss } from '../contract/experiment.ts';
import { field } from './csv-text.ts';

const MEANINGS: Readonly<Record<string, readonly [meaning: string, unit: string]>> = {
  series: ['series of the dataset', ''],
  origin: ['last row that the forecast knows', 'ISO 8601, UTC'],
  time: ['the time forecast for', 'ISO 8601, UTC'],
  step: ['rows after the origin, from 1', 'rows'],
  target: ['column forecast; empty in scores.csv: the mean over all targets', ''],
  forecast: ['forecast of the best weights', 'column "unit"'],
  actual: ['true value, empty where unknown', 'column "unit"'],
  unit: ['unit of the values in this line', ''],
  part: ['part of the data that was scored: validation or test', ''],
  subject: ['what forecast: the model, or a baseline', ''],
  metric: ['mae: mean absolute error; mse: mean squared error; rmse: its root', ''],
  value: ['the error', 'column "unit"'],
  count: ['values scored: windows x steps x targets, without missing ones', ''],
  epoch: ['epoch, from 1', ''],
  learningRate: ['learning rate of the step', ''],
};
/** In metrics-by-step.csv this is the step of training. */
const TRAINING_STEP = ['step of training, from 1', ''] as const;

/** `tables`: lines by file, the header first. */
export function columnsCsv(tables: Readonly<Record<string, readonly string[]>>, loss: Loss): string[] {
  const rows = Object.entries(tables).flatMap(([file, [header = '']]) =>
    header.split(',').map((column) => {
      const isTraining = file.startsWith('metrics-');
      const [meaning, unit] = isTraining ? trainingMeaning(column, loss) : MEANINGS[column]!;
      return [file, column, meaning, unit].map(field).join(',');
    }),
  );
  return ['file,column,meaning,unit', ...rows];
}

function trainingMeaning(column: string, loss: Loss): readonly [string, string] {
  if (column === 'step') return TRAINING_STEP;
  if (column === 'loss') return [`${loss} of the batch`, 'model units'];
  if (column === 'trainLoss')
    return [`${loss} over the epoch's batches, as the weights were at each`, 'model units'];
  if (column === 'validationLoss') return [`${loss} over the validation part`, 'model units'];
  if (column === 'gradientNorm') return ['norm of all gradients together, before clipping', ''];
  if (column.startsWith('gradientNorm/'))
    return [`norm of the gradient of ${column.slice(13)}, before clipping`, ''];
  if (column.startsWith('validation')) {
    return [`${column.slice(10).toLowerCase()} over the validation part`, 'as in scores.csv'];
  }
  return MEANINGS[column] ?? ['', ''];
}
