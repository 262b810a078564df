// What is known of the true values of a part before a model is trained: some metrics have no score on some of them.
import type { Evaluation } from '../contract/experiment/experiment.ts';
import type { Part, PreparedForecast } from '../data/prepared.ts';
import { scoredWindows } from '../data/windows.ts';

/** Of one series and target: its known values that any scored window forecasts, each counted once. */
export interface TrueValues {
  readonly series: string;
  readonly target: string;
  readonly count: number;
  readonly zeros: number;
  /** Not 0, but smaller than a hundredth of the mean size. */
  readonly nearZero: number;
  readonly isConstant: boolean;
}

const NEAR = 0.01;

/** Those of series and targets that have any. */
export function trueValuesOf(
  { series, targetNames, windows, horizon }: PreparedForecast,
  part: Exclude<Part, 'train'>,
  evaluation: Evaluation,
): TrueValues[] {
  const set = windows[part];
  const rows = series.map((): number[] => []);
  for (let window = 0; window < scoredWindows(set, evaluation); window += 1) {
    const own = rows[set.series[window]!]!;
    const first = set.origin[window]! + 1;
    // Origins come in order, so the rows before the last one that is listed are listed.
    for (let row = Math.max(first, (own.at(-1) ?? -1) + 1); row < first + horizon; row += 1) own.push(row);
  }
  return series.flatMap(({ name, actuals }, index) =>
    actuals.flatMap((column, target) => {
      const known = Float64Array.from(rows[index]!, (row) => column[row]!).filter((v) => !Number.isNaN(v));
      return known.length === 0 ? [] : [summary(known, { series: name, target: targetNames[target]! })];
    }),
  );
}

function summary(values: Float64Array, named: Pick<TrueValues, 'series' | 'target'>): TrueValues {
  const near = NEAR * values.reduce((sum, value) => sum + Math.abs(value) / values.length, 0);
  let zeros = 0;
  let nearZero = 0;
  for (const value of values) {
    if (value === 0) zeros += 1;
    else if (Math.abs(value) < near) nearZero += 1;
  }
  const isConstant = values.every((value) => value === values[0]);
  return { ...named, count: values.length, zeros, nearZero, isConstant };
}
