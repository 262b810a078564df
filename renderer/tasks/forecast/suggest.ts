// Suggests a first forecast of a dataset, with settings that do well on most series. Pure.
import type { DatasetSummary } from '../../../engine/contract/dataset.ts';
import { completeForecast, isEveryDay } from '../../../engine/defaults/tasks/forecast.ts';
import { type Draft, valueAt } from '../../features/design/draft.ts';

/** A first experiment on that dataset: forecasts its best-known kind of column from its numeric ones. */
export function suggestForecast(dataset: DatasetSummary): Draft {
  const numeric = dataset.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const target =
    numeric.find((name) => /^(close|price|value|temp_max|load|y)$/i.test(name)) ?? numeric[0] ?? '';
  const features = suggestInputs(dataset, target);
  const draft = {
    // The name is made of what the data decide too.
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'forecast', targets: [target], features },
    split: { kind: 'fraction', train: 0.7, validation: 0.15 },
    pipeline: suggestPipeline(dataset),
    model: { kind: 'lstm' },
    seed: 1,
  };
  const complete = completeForecast(draft, dataset);
  return { ...complete, name: forecastName(complete) };
}

/** Columns beyond these are noise more often than news. */
const MOST_INPUTS = 8;

/** What is measured every day tells of each other; prices, and series with a longer season, are forecast from themselves (docs/defaults.md). */
function suggestInputs(dataset: DatasetSummary, target: string): string[] {
  const others = dataset.columns.map(({ name }) => name).filter((name) => name !== target);
  return isEveryDay(dataset) && others.length < MOST_INPUTS ? [target, ...others] : [target];
}

/** Targets beyond these are counted. */
const MOST_NAMED = 2;

/** `CO2 gru 32`: target, model and its size. */
export function forecastName(draft: Draft): string {
  const targets = valueAt(draft, 'task.targets');
  const names = Array.isArray(targets) ? targets.map(String) : [];
  const more = names.length - MOST_NAMED;
  const named = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`+${more}`] : [])];
  const model = [valueAt(draft, 'model.kind'), valueAt(draft, 'model.units')];
  return [...named, ...model].filter((part) => part !== undefined && part !== null && part !== '').join(' ');
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
