// A model with weights from a seed on hourly data of two columns, as a look inside is given it.
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import type { WindowChoice } from '../../engine/contract/inside/target.ts';
import type { Series } from '../../engine/data/series.ts';
import type { StoredWeights, Subject } from '../../engine/inside/forecaster/load.ts';
import type { NamedArray } from '../../engine/models/parameters.ts';
import { encodeWeights } from '../../engine/training/weights.ts';
import { Numbers } from '../ops/numbers.ts';

const HOUR_US = 3_600_000_000n;

export interface TestSubject {
  readonly model: object;
  readonly task?: object;
  readonly experiment?: object;
  readonly rows?: number;
  /** `best` weights; `first` ones are there anyway. */
  readonly weights?: readonly NamedArray[];
  /** Rows of `level` without a value. */
  readonly missing?: readonly number[];
  /** Instead of waves: values of `level` and `wind`. */
  readonly columns?: readonly Float64Array[];
}

function hourly([level, wind]: readonly Float64Array[]): Series {
  return {
    name: 'here',
    times: BigInt64Array.from({ length: level!.length }, (_, row) => BigInt(row) * HOUR_US),
    columns: [
      { name: 'level', kind: 'numeric', values: level!, categories: [] },
      { name: 'wind', kind: 'numeric', values: wind!, categories: [] },
    ],
  };
}

function waves(rows: number, missing: readonly number[]): Float64Array[] {
  const noise = new Numbers(11);
  const wave = (period: number) =>
    Float64Array.from(
      noise.array(rows),
      (jitter, row) => Math.sin((2 * Math.PI * row) / period) + 0.2 * jitter,
    );
  const level = wave(24).map((value, row) => (missing.includes(row) ? Number.NaN : 20 + 5 * value));
  return [level, wave(7)];
}

let made = 0;

export function subjectOf({
  model,
  task,
  experiment,
  rows = 400,
  weights,
  missing = [],
  columns = waves(rows, missing),
}: TestSubject): Subject {
  made += 1;
  const stored: StoredWeights | null = weights ? { data: encodeWeights(weights), isCheckpoint: false } : null;
  return {
    dataKey: `data ${made}`,
    weightsKey: `weights ${made}`,
    experiment: ExperimentSchema.parse({
      name: 'seen',
      dataset: { name: 'here' },
      task: {
        kind: 'forecast',
        targets: ['level'],
        features: ['level', 'wind'],
        lookback: 12,
        horizon: 3,
        ...task,
      },
      model,
      ...experiment,
    }),
    weights: weights ? 'best' : 'first',
    fitted: null,
    threads: { now: 2, most: 2, fixed: true },
    readData: async () => ({ kind: 'series', name: 'here', series: [hourly(columns)] }),
    readWeights: async (kind) => (kind === 'best' ? stored : null),
  };
}

export const choiceOf = (more: Partial<WindowChoice> = {}): WindowChoice => ({
  part: 'test',
  origin: 0,
  target: undefined,
  ...more,
});
