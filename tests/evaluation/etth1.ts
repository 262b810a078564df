// The ETTh1 data set for comparisons with published tables. It is not shipped; it is looked for in ../shared/data.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import {
  asForecastExperiment,
  type ForecastExperiment,
} from '../../engine/contract/tasks/forecast-experiment.ts';
import type { Series } from '../../engine/data/series.ts';

/** The file in `shared/data` beside the repository or any folder above it; null where it is missing. */
export function findEtth1(): string | null {
  let folder = process.cwd();
  for (;;) {
    const path = join(folder, 'shared', 'data', 'ETTh1.csv');
    if (existsSync(path)) return path;
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
}

/** The 14,400 rows of the published split: the first 20 months. */
export function readEtth1(path: string): Series {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n').slice(0, 14_401);
  const rows = lines.map((line) => line.split(','));
  const times = BigInt64Array.from(
    rows,
    (row) => BigInt(Date.parse(`${row[0]!.replace(' ', 'T')}Z`)) * 1000n,
  );
  const columns = header!
    .trim()
    .split(',')
    .slice(1)
    .map((name, index) => ({
      name,
      kind: 'numeric' as const,
      values: Float64Array.from(rows, (row) => Number(row[index + 1])),
      categories: [],
    }));
  return { name: 'ETTh1', times, columns };
}

/** All seven channels in and out, split 8,640 / 2,880 / 2,880 rows, standardized scores. */
export function etth1Experiment(
  horizon: number,
  evaluation: object = {},
  lookback = 336,
): ForecastExperiment {
  const channels = ['HUFL', 'HULL', 'MUFL', 'MULL', 'LUFL', 'LULL', 'OT'];
  const experiment = ExperimentSchema.parse({
    name: 'ETTh1',
    dataset: { name: 'ETTh1' },
    task: { kind: 'forecast', targets: channels, lookback, horizon, metrics: ['mse', 'mae'] },
    split: { kind: 'date', validationFrom: '2017-06-26', testFrom: '2017-10-24' },
    pipeline: [{ step: 'standardize' }],
    model: { kind: 'lstm', units: 8 },
    evaluation: { scale: 'standardized', ...evaluation },
  });
  return asForecastExperiment(experiment);
}
