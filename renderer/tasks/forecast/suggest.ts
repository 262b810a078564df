// Suggests a first forecast of a dataset, with settings that do well on most series. Pure.
import type { DatasetSummary } from '../../../engine/contract/dataset.ts';
import { completeForecast } from '../../../engine/contract/tasks/forecast.ts';
import type { Draft } from '../../features/design/draft.ts';

/** A first experiment on that dataset: forecasts its best-known kind of column from its numeric ones. */
export function suggestForecast(dataset: DatasetSummary): Draft {
  const numeric = dataset.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const target =
    numeric.find((name) => /^(close|price|value|temp_max|load|y)$/i.test(name)) ?? numeric[0] ?? '';
  const draft = {
    name: `${dataset.name} ${target}`.trim(),
    dataset: { name: dataset.name },
    task: { kind: 'forecast', targets: [target], features: [target] },
    split: { kind: 'fraction', train: 0.7, validation: 0.15 },
    pipeline: suggestPipeline(dataset),
    model: { kind: 'lstm' },
    seed: 1,
  };
  return completeForecast(draft, dataset);
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
