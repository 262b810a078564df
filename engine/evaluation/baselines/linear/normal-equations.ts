// The sums over windows from which a linear map from look-back to horizon is estimated.
//
// A window at origin t has the inputs x[i] = v[t - i] - v[t] (i from 1: rows before the origin) and the answers y[h] = v[t + h] -
// v[t]. Neighbouring windows share all rows but one at each end, so the product sum of two lags follows from that of the lags one
// row nearer: sum v[t-a-1] v[t-b-1] = sum v[t-a] v[t-b] + first - last. This takes rows x lags additions instead of rows x lags x
// lags.

/** Sums over windows of all channels; `lags` inputs, `horizon` answers. */
export interface NormalEquations {
  readonly lags: number;
  readonly horizon: number;
  windows: number;
  /** [lags, lags] sum of x[i] x[j]; symmetric. */
  readonly gram: Float64Array;
  /** [lags, horizon] sum of x[i] y[h] */
  readonly cross: Float64Array;
  /** [lags] and [horizon]: sums of x and y; [horizon]: sums of y squared. */
  readonly inputSums: Float64Array;
  readonly answerSums: Float64Array;
  readonly answerSquares: Float64Array;
}

export function createEquations(lags: number, horizon: number): NormalEquations {
  return {
    lags,
    horizon,
    windows: 0,
    gram: new Float64Array(lags * lags),
    cross: new Float64Array(lags * horizon),
    inputSums: new Float64Array(lags),
    answerSums: new Float64Array(horizon),
    answerSquares: new Float64Array(horizon),
  };
}

/** Neighbouring origins: every row from `from` to `to`, both included. */
export interface OriginRange {
  readonly from: number;
  readonly to: number;
}

/** Adds the windows of one channel at those origins. `known`: values at or before a row, `ahead`: those that answer. */
export function addWindows(
  equations: NormalEquations,
  known: Float64Array,
  ahead: Float64Array,
  range: OriginRange,
): void {
  const { lags, horizon } = equations;
  const products = laggedProducts(lags, { known, range });
  const answers = answerProducts(equations, { known, ahead, range });
  const width = lags + 1;
  const level = products[0]!;
  for (let i = 1; i <= lags; i += 1) {
    const atOrigin = products[i * width]!;
    for (let j = 1; j <= lags; j += 1) {
      const value = products[i * width + j]! - atOrigin - products[j]! + level;
      equations.gram[(i - 1) * lags + j - 1]! += value;
    }
    for (let h = 1; h <= horizon; h += 1) {
      const value = answers[i * horizon + h - 1]! - atOrigin - answers[h - 1]! + level;
      equations.cross[(i - 1) * horizon + h - 1]! += value;
    }
  }
  addSums(equations, { known, ahead, range });
}

/** The same of windows as they are: x[i] = v[t - i], i from 0, and y[h] = v[t + h]. */
export function addWholeWindows(
  equations: NormalEquations,
  known: Float64Array,
  ahead: Float64Array,
  range: OriginRange,
): void {
  const { lags, horizon, gram, cross, inputSums, answerSums, answerSquares } = equations;
  const products = laggedProducts(lags - 1, { known, range });
  products.forEach((value, at) => {
    gram[at]! += value;
  });
  answerProducts({ lags: lags - 1, horizon }, { known, ahead, range }).forEach((value, at) => {
    cross[at]! += value;
  });
  for (let t = range.from; t <= range.to; t += 1) {
    for (let i = 0; i < lags; i += 1) inputSums[i]! += known[t - i]!;
    for (let h = 1; h <= horizon; h += 1) {
      const answer = ahead[t + h]!;
      answerSums[h - 1]! += answer;
      answerSquares[h - 1]! += answer * answer;
    }
  }
  equations.windows += range.to - range.from + 1;
}

interface Rows {
  readonly known: Float64Array;
  readonly range: OriginRange;
}

interface AnswerRows extends Rows {
  readonly ahead: Float64Array;
}

/** [lags + 1, lags + 1]: over the origins t, the sum of v[t - i] v[t - j]. */
function laggedProducts(lags: number, { known, range: { from, to } }: Rows): Float64Array {
  const width = lags + 1;
  const out = new Float64Array(width * width);
  for (let j = 0; j < width; j += 1) {
    let sum = 0;
    for (let t = from; t <= to; t += 1) sum += known[t]! * known[t - j]!;
    out[j] = sum;
    out[j * width] = sum;
  }
  for (let i = 1; i < width; i += 1) {
    for (let j = i; j < width; j += 1) {
      const before = known[from - i]! * known[from - j]!;
      const after = known[to - i + 1]! * known[to - j + 1]!;
      const value = out[(i - 1) * width + j - 1]! + before - after;
      out[i * width + j] = value;
      out[j * width + i] = value;
    }
  }
  return out;
}

/** [lags + 1, horizon]: over the origins t, the sum of v[t - i] v[t + h]. */
function answerProducts(
  { lags, horizon }: Pick<NormalEquations, 'lags' | 'horizon'>,
  { known, ahead, range: { from, to } }: AnswerRows,
): Float64Array {
  const out = new Float64Array((lags + 1) * horizon);
  const direct = (i: number, h: number): number => {
    let sum = 0;
    for (let t = from; t <= to; t += 1) sum += known[t - i]! * ahead[t + h]!;
    return sum;
  };
  for (let h = 1; h <= horizon; h += 1) out[h - 1] = direct(0, h);
  for (let i = 1; i <= lags; i += 1) {
    out[i * horizon + horizon - 1] = direct(i, horizon);
    for (let h = 1; h < horizon; h += 1) {
      const before = known[from - i]! * ahead[from + h]!;
      const after = known[to - i + 1]! * ahead[to + h + 1]!;
      out[i * horizon + h - 1] = out[(i - 1) * horizon + h]! + before - after;
    }
  }
  return out;
}

function addSums(equations: NormalEquations, { known, ahead, range: { from, to } }: AnswerRows): void {
  const { lags, horizon, inputSums, answerSums, answerSquares } = equations;
  for (let t = from; t <= to; t += 1) {
    const last = known[t]!;
    for (let i = 1; i <= lags; i += 1) inputSums[i - 1]! += known[t - i]! - last;
    for (let h = 1; h <= horizon; h += 1) {
      const answer = ahead[t + h]! - last;
      answerSums[h - 1]! += answer;
      answerSquares[h - 1]! += answer * answer;
    }
  }
  equations.windows += to - from + 1;
}
