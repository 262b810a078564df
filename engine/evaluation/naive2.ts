// Naive2, which the M competitions measure all methods by: the last value without its season, with the season of the forecast row. The
// season is taken out by classical decomposition, where the test of the competition finds one in at least three seasons (Makridakis and
// others 2020).
import { decompose } from './baselines/smoothing/decompose.ts';

/** The forecast that many steps after a row of that last value. */
export type Naive2 = (last: number, row: number, step: number) => number;

const LEAST_SEASONS = 3;

/** @param values of the rows that may be seen, without gaps, from row 0 on */
export function naive2Of(values: Float64Array, season: number | null): Naive2 {
  const { take, put } = decompose(values, season, LEAST_SEASONS);
  return (last, row, step) => put(take(last, row), row + step);
}
