// Additive exponential smoothing in error-correction form, ETS(A,N|Ad,N|A) of Hyndman and others 2008:
//   forecast = l + phi b + s[t - m],  e = y - forecast
//   l' = l + phi b + alpha e,  b' = phi b + beta e,  s[t] = s[t - m] + gamma e
// A missing value has the error 0.

export interface Parameters {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

/** Before the first row. */
export interface Start {
  readonly level: number;
  readonly trend: number;
  /** [rows of a season] by row modulo its length; empty: no season. */
  readonly season: Float64Array;
}

/** After each row from `from` on. */
export interface States {
  readonly from: number;
  /** Rows of a season; 0: none. */
  readonly period: number;
  readonly level: Float64Array;
  readonly trend: Float64Array;
  /** By row, beginning one season before `from`; empty without a season. */
  readonly season: Float64Array;
}

export function createStates(from: number, rows: number, period: number): States {
  const size = Math.max(0, rows - from);
  return {
    from,
    period,
    level: new Float64Array(size),
    trend: new Float64Array(size),
    season: new Float64Array(period === 0 ? 0 : size + period),
  };
}

/** Runs over the rows and writes the states after them into `states`. @returns the sum of squared errors of the known rows. */
export function smooth(
  values: Float64Array,
  { alpha, beta, gamma, phi }: Parameters,
  start: Start,
  states: States | null = null,
): number {
  const period = start.season.length;
  const season = start.season.slice();
  let { level, trend } = start;
  let squares = 0;
  let phase = 0;
  if (states !== null && period > 0) {
    // Seasons of rows before the first one are those of the start.
    for (let row = states.from - period; row < 0; row += 1)
      states.season[row - states.from + period] = season[(row + period * period) % period]!;
  }
  for (let row = 0; row < values.length; row += 1) {
    const seasonal = period === 0 ? 0 : season[phase]!;
    const damped = phi * trend;
    const error = values[row]! - (level + damped + seasonal);
    const known = Number.isNaN(error) ? 0 : error;
    squares += known * known;
    level += damped + alpha * known;
    trend = damped + beta * known;
    if (period > 0) {
      season[phase] = seasonal + gamma * known;
      phase = phase + 1 === period ? 0 : phase + 1;
    }
    if (states !== null) keep(states, { row, level, trend, season: seasonal + gamma * known });
  }
  return squares;
}

function keep(
  { from, period, level, trend, season }: States,
  after: { readonly row: number; readonly level: number; readonly trend: number; readonly season: number },
): void {
  const at = after.row - from;
  if (period > 0 && at + period >= 0) season[at + period] = after.season;
  if (at < 0) return;
  level[at] = after.level;
  trend[at] = after.trend;
}

/** Adds up the steps after the origin at that row: `out` is called with each step, from 1 on, and its forecast. */
export function forecastFrom(
  states: States,
  origin: number,
  { horizon, phi }: { readonly horizon: number; readonly phi: number },
  out: (step: number, value: number) => void,
): void {
  const at = origin - states.from;
  const { period } = states;
  let weight = phi;
  let damped = 0;
  for (let step = 1; step <= horizon; step += 1) {
    damped += weight;
    weight *= phi;
    // Row of the same phase in the last season before or at the origin.
    const back = period === 0 ? 0 : step - period * Math.ceil(step / period);
    const seasonal = period === 0 ? 0 : states.season[at + period + back]!;
    out(step, states.level[at]! + damped * states.trend[at]! + seasonal);
  }
}
