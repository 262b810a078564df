// The sample data: window and experiment file begin with the same experiment.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DatasetSummary } from '../../engine/contract/datasets/dataset.ts';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { completeExperiment } from '../../engine/defaults/experiment.ts';
import { suggestForecast } from '../../renderer/tasks/forecast/suggest.ts';
import { type Imported, importPath, SAMPLES } from '../data/import/support.ts';

const summaryOf = ({ series, columns }: Imported): DatasetSummary =>
  ({
    name: 'data',
    rows: series.reduce((sum, { rows }) => sum + rows, 0),
    series: series.length,
    columns,
    frequency: series[0]!.frequency,
    startUs: Math.min(...series.map(({ startUs }) => startUs)),
    endUs: Math.max(...series.map(({ endUs }) => endUs)),
  }) as unknown as DatasetSummary;

const WEATHER = ['precipitation', 'temp_min', 'wind', 'weather'];

test.each([
  ['sp500-2000.csv', 'close', ['close'], undefined, 'fill log standardize subtract-last'],
  [
    'seattle-weather.csv',
    'temp_max',
    ['temp_max', ...WEATHER],
    ['time-of-year'],
    'fill one-hot standardize subtract-last',
  ],
  ['co2-concentration.csv', 'CO2', ['CO2'], undefined, 'fill standardize subtract-last'],
  ['stocks.csv', 'price', ['price'], undefined, 'fill log standardize subtract-last'],
])(
  '%s: the first draft and a file with data, target and model alone',
  async (file, target, features, calendar, steps) => {
    const summary = summaryOf(await importPath(join(SAMPLES, file)));
    const draft = ExperimentSchema.parse(completeExperiment(suggestForecast(summary), summary));
    const written = {
      name: draft.name,
      dataset: { name: 'data' },
      task: { kind: 'forecast', targets: [target] },
      model: { kind: 'lstm' },
    };
    expect(ExperimentSchema.parse(completeExperiment(written, summary))).toEqual(draft);
    expect(draft.task).toMatchObject({ targets: [target], features });
    expect((draft.task as { calendar?: unknown }).calendar).toEqual(calendar);
    expect(draft.pipeline.map(({ step }) => step).join(' ')).toBe(steps);
  },
);
