// Does the level of a series stay where it is? Two tests that ask from opposite sides, and what they say together in words.
//
// ADF (statsmodels `adfuller`, regression='c', autolag='AIC'; p-values after MacKinnon 1994, 2010): small p speaks against a wandering level.
// KPSS (statsmodels `kpss`, regression='c', nlags='auto'): small p speaks against a level that stays.
import type { Stationarity, UnitRoot } from '../../contract/datasets/explore.ts';
import { deterministicExp, deterministicLog as log } from '../../numerics/deterministic-math.ts';
import { complementaryErrorFunction } from '../../numerics/normal.ts';
import { type Analysis, type ExploredColumn, knownOf, lastRows } from './analysis.ts';
import { leadingFits } from './least-squares.ts';

/** More rows change neither test much, and cost their number times the lags squared. */
const MOST_ROWS = 5_000;
const FEWEST_ROWS = 20;
const LEVEL = 0.05;

const power = (x: number, exponent: number): number => (x > 0 ? deterministicExp(exponent * log(x)) : 0);
const normalCdf = (x: number): number => complementaryErrorFunction(-x / Math.SQRT2) / 2;

/** The differences, explained by the level before, a constant, and the `fewest` to `lags` differences before. */
function regressions(values: Float64Array, fewest: number, lags: number) {
  const skipped = lags;
  const steps = Float64Array.from({ length: values.length - 1 }, (_, i) => values[i + 1]! - values[i]!);
  const rows = steps.length - skipped;
  const at = (source: Float64Array, shift: number) =>
    source.subarray(skipped - shift, skipped - shift + rows);
  const target = at(steps, 0);
  const level = values.subarray(skipped, skipped + rows);
  const earlier = Array.from({ length: lags }, (_, i) => at(steps, i + 1));
  return leadingFits([level, new Float64Array(rows).fill(1), ...earlier], target, 2 + fewest);
}

const polynomial = (x: number, coefficients: readonly number[]): number =>
  coefficients.reduceRight((sum, one) => sum * x + one, 0);

/** MacKinnon's approximation for one series and a constant. */
function macKinnon(statistic: number): number {
  if (statistic > 2.74) return 1;
  if (statistic < -18.83) return 0;
  const isSmall = statistic <= -1.61;
  return normalCdf(
    polynomial(statistic, isSmall ? [2.1659, 1.4412, 0.038269] : [1.7339, 0.93202, -0.12745, -0.010368]),
  );
}

export function adf(values: Float64Array): UnitRoot | null {
  const n = values.length;
  const wanted = Math.ceil(12 * Math.sqrt(Math.sqrt(n / 100)));
  const most = Math.min(Math.floor(n / 2) - 2, wanted);
  if (n < FEWEST_ROWS || most < 0) return null;
  const fits = regressions(values, 0, most);
  if (fits === null) return null;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [lags, { rows, squares }] of fits.entries()) {
    // Akaike's criterion of a regression of normal errors.
    const criterion = rows * (log(2 * Math.PI) + log(squares / rows) + 1) + 2 * (lags + 2);
    if (criterion < least) [best, least] = [lags, criterion];
  }
  // With fewer lags more rows are explained.
  const [fit] = regressions(values, best, best) ?? [];
  if (fit === undefined) return null;
  const statistic = fit.coefficients[0]! / fit.firstError;
  return { statistic, p: macKinnon(statistic), lags: best };
}

const KPSS_LEVELS: readonly (readonly [number, number])[] = [
  [0.347, 0.1],
  [0.463, 0.05],
  [0.574, 0.025],
  [0.739, 0.01],
];

function kpssP(statistic: number): number {
  const [first, last] = [KPSS_LEVELS[0]!, KPSS_LEVELS.at(-1)!];
  if (statistic <= first[0]) return first[1];
  if (statistic >= last[0]) return last[1];
  const above = KPSS_LEVELS.findIndex(([critical]) => critical > statistic);
  const [[a, pa], [b, pb]] = [KPSS_LEVELS[above - 1]!, KPSS_LEVELS[above]!];
  return pa + ((statistic - a) / (b - a)) * (pb - pa);
}

const product = (values: Float64Array, lag: number): number => {
  let sum = 0;
  for (let i = lag; i < values.length; i++) sum += values[i]! * values[i - lag]!;
  return sum;
};

/** Lags after Hobijn, Franses and Ooms (1998). */
function kpssLags(residuals: Float64Array): number {
  const n = residuals.length;
  const covariances = Math.floor(power(n, 2 / 9));
  let s0 = product(residuals, 0) / n;
  let s1 = 0;
  for (let i = 1; i <= covariances; i++) {
    const one = product(residuals, i) / (n / 2);
    s0 += one;
    s1 += i * one;
  }
  const ratio = s1 / s0;
  const gamma = 1.1447 * power(ratio * ratio, 1 / 3);
  return Math.min(Math.floor(gamma * power(n, 1 / 3)), n - 1);
}

export function kpss(values: Float64Array): UnitRoot | null {
  const n = values.length;
  if (n < FEWEST_ROWS) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const residuals = values.map((value) => value - mean);
  const variance = product(residuals, 0);
  if (!(variance > 0)) return null;
  const lags = kpssLags(residuals);
  let [path, eta] = [0, 0];
  for (const residual of residuals) {
    path += residual;
    eta += path * path;
  }
  let spread = variance;
  for (let i = 1; i <= lags; i++) spread += 2 * product(residuals, i) * (1 - i / (lags + 1));
  const statistic = eta / (n * n) / (spread / n);
  return { statistic, p: kpssP(statistic), lags };
}

function wordsOf(unitRoot: UnitRoot | null, level: UnitRoot | null): string {
  if (unitRoot === null || level === null) return 'has too few different values for a test';
  const [stays, wanders] = [unitRoot.p < LEVEL, level.p < LEVEL];
  if (stays && !wanders) return 'keeps its level: both tests say so';
  if (!stays && wanders)
    return 'wanders: both tests say so; differences, or the last value subtracted, are easier to forecast';
  if (stays && wanders) return 'comes back to a level that moves: a trend or long seasons may be in it';
  return 'tells neither: it is too short or too noisy for both tests';
}

function stationarityOf({ name, values }: ExploredColumn): Stationarity {
  const all = knownOf(values);
  const known = lastRows(all, MOST_ROWS);
  const [unitRoot, level] = [adf(known), kpss(known)];
  const judged = all.length > MOST_ROWS ? ` (of the last ${MOST_ROWS.toLocaleString('en-US')} values)` : '';
  return {
    column: name,
    adf: unitRoot,
    kpss: level,
    words: `"${name}" ${wordsOf(unitRoot, level)}${judged}.`,
  };
}

export const stationarity: Analysis<Stationarity[]> = {
  title: 'whether levels stay (ADF and KPSS)',
  run: ({ columns }) => columns.map(stationarityOf),
};
