// Classical decomposition: the season of values as the mean, by phase, of what a centred moving average over one season leaves.

export interface Seasonality {
  /** The value without its season. `row`: which decides the phase. */
  take(value: number, row: number): number;
  put(value: number, row: number): number;
}

const NONE: Seasonality = { take: (value) => value, put: (value) => value };

const LEAST_SEASONS = 2;
/** Two-sided 90 % of the normal distribution. */
const SIGNIFICANT = 1.645;

/** None where `values` (training rows without gaps) cover too few seasons or do not repeat themselves. */
export function decompose(
  values: Float64Array,
  season: number | null,
  leastSeasons = LEAST_SEASONS,
): Seasonality {
  if (season === null || season < 2 || values.length < leastSeasons * season || !isSeasonal(values, season))
    return NONE;
  const isPositive = values.every((value) => value > 0);
  const factors = seasonOf(values, season, isPositive);
  // A factor near 0 would blow up what is divided by it.
  if (isPositive && factors.every((factor) => factor > 0)) {
    return {
      take: (value, row) => value / factors[row % season]!,
      put: (value, row) => value * factors[row % season]!,
    };
  }
  const addends = isPositive ? seasonOf(values, season, false) : factors;
  return {
    take: (value, row) => value - addends[row % season]!,
    put: (value, row) => value + addends[row % season]!,
  };
}

/** The test of the M4 competition: the autocorrelation at one season is beyond that of a process that ends before it. */
function isSeasonal(values: Float64Array, season: number): boolean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let row = lag; row < values.length; row += 1)
      sum += (values[row]! - mean) * (values[row - lag]! - mean);
    return sum;
  };
  const variance = covariance(0);
  if (variance === 0) return false;
  let squares = 1;
  for (let lag = 1; lag < season; lag += 1) {
    const correlation = covariance(lag) / variance;
    squares += 2 * correlation * correlation;
  }
  return Math.abs(covariance(season) / variance) > SIGNIFICANT * Math.sqrt(squares / values.length);
}

/** [season] by row modulo its length; of mean 1 where they are factors, of mean 0 where they are addends. */
function seasonOf(values: Float64Array, season: number, areFactors: boolean): Float64Array {
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  const half = season >> 1;
  for (let row = half; row + half < values.length; row += 1) {
    const trend = centredMean(values, row, season);
    sums[row % season]! += areFactors ? values[row]! / trend : values[row]! - trend;
    counts[row % season]! += 1;
  }
  const means = sums.map((sum, phase) => (counts[phase] === 0 ? (areFactors ? 1 : 0) : sum / counts[phase]!));
  const mean = means.reduce((sum, value) => sum + value, 0) / season;
  return means.map((value) => (areFactors ? value / mean : value - mean));
}

/** Over one season around the row; of an even season the outermost two rows count half. */
function centredMean(values: Float64Array, row: number, season: number): number {
  const half = season >> 1;
  let sum = 0;
  for (let at = row - half; at <= row + half; at += 1) sum += values[at]!;
  if (season % 2 === 0) sum -= (values[row - half]! + values[row + half]!) / 2;
  return sum / season;
}
