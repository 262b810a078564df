// Suggests a first forecast of a dataset, with settings that do well on most series. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { completeForecast } from '../../../engine/defaults/tasks/forecast.ts';
import { type Draft, valueAt, withValue } from '../../features/design/draft.ts';
import { draftName } from '../draft-name.ts';

/** A first experiment on that dataset: forecasts its best-known kind of column, and leaves all else to the data. */
export function suggestForecast(dataset: DatasetSummary): Draft {
  const numeric = dataset.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name);
  const target =
    numeric.find((name) => /^(close|price|value|temp_max|load|y)$/i.test(name)) ?? numeric[0] ?? '';
  const draft = {
    // The name is made of what the data decide too.
    name: '',
    dataset: { name: dataset.name },
    task: { kind: 'forecast', targets: [target] },
    split: { kind: 'fraction', train: 0.7, validation: 0.15 },
    model: { kind: 'lstm' },
    seed: 1,
  };
  const complete = withoutFollowing(completeForecast(draft, dataset));
  return { ...complete, name: forecastName(complete) };
}

/** Pipeline, calendar, first forecast and dropout are left out: they follow what is chosen later, until they are changed by hand. */
function withoutFollowing({ pipeline: _decided, ...draft }: Draft): Draft {
  return ['task.calendar', 'task.firstForecast', 'model.dropout'].reduce(
    (rest, path) => withValue(rest, path, undefined),
    draft as Draft,
  );
}

/** Targets beyond these are counted. */
const MOST_NAMED = 2;

/** `co2 CO2 gru 32` */
export function forecastName(draft: Draft): string {
  const targets = valueAt(draft, 'task.targets');
  const names = Array.isArray(targets) ? targets.map(String) : [];
  const more = names.length - MOST_NAMED;
  return draftName(draft, [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`+${more}`] : [])]);
}
