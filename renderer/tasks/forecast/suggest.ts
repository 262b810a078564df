// A first forecast on a dataset: what one would try, and what does well on most series. Pure.
import type { DatasetSummary } from '../../../engine/contract/dataset.ts';
import type { Draft } from '../../features/design/draft.ts';

/** Rows of the past and of the future that suit a frequency. */
const LENGTHS: readonly { readonly word: string; readonly lookback: number; readonly horizon: number }[] = [
  { word: 'minute', lookback: 120, horizon: 30 },
  { word: 'hour', lookback: 96, horizon: 24 },
  { word: 'day', lookback: 30, horizon: 7 },
  { word: 'week', lookback: 52, horizon: 8 },
  { word: 'month', lookback: 36, horizon: 12 },
];

/** A first experiment on that dataset: forecasts its best-known kind of column from its numeric ones. */
export function suggestForecast(dataset: DatasetSummary): Draft {
  const numeric = dataset.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const target =
    numeric.find((name) => /^(close|price|value|temp_max|load|y)$/i.test(name)) ?? numeric[0] ?? '';
  const { lookback, horizon } = LENGTHS.find(({ word }) => dataset.frequency?.includes(word)) ?? {
    lookback: 48,
    horizon: 12,
  };
  return {
    name: `${dataset.name} ${target}`.trim(),
    dataset: { name: dataset.name },
    task: { kind: 'forecast', targets: [target], features: [target], lookback, horizon },
    split: { kind: 'fraction', train: 0.7, validation: 0.15 },
    pipeline: suggestPipeline(dataset),
    model: { kind: 'lstm', units: 32, layers: 1 },
    training: {
      epochs: 20,
      batchSize: 32,
      optimizer: { kind: 'adam', learningRate: 0.001 },
      clipNorm: 1,
      earlyStopping: { patience: 5 },
    },
    seed: 1,
  };
}

/** A model that must forecast levels does worse than the last value on most series: it is given changes from the last row. */
function suggestPipeline({ columns }: DatasetSummary): Draft[] {
  const hasCategories = columns.some(({ kind }) => kind === 'category');
  return [
    { step: 'fill', method: 'forward' },
    ...(hasCategories ? [{ step: 'one-hot' }] : []),
    { step: 'standardize', scope: 'series' },
    { step: 'subtract-last' },
  ];
}
