// Reductions of rows and axes: sums over an axis, the index of a row's largest value, and the logarithm of softmax.
import { arg, parallel, setArg } from './control';
import { logSum } from './cross-entropy';
import { expBelow4 } from './exponential';
import { JOB_ARG_MAX, JOB_AXIS_SUMS, JOB_LOG_SOFTMAX, JOB_LOG_SOFTMAX_GRADIENT } from './jobs';
import { bytes, load4, store4 } from './lanes';

const ROWS = 0, COLUMNS = 1, X = 2, Y = 3, DX = 4, REDUCED = 5;
const PIECE = 64;

/** y [outer, inner] = sums over the middle axis of x [outer, reduced, inner], in order and in float64: the stock kernel's bits. */
export function axisSums(outer: i32, reduced: i32, inner: i32, x: usize, y: usize): void {
  setArg(ROWS, outer * inner); setArg(COLUMNS, inner); setArg(REDUCED, reduced); setArg(X, <i32>x); setArg(Y, <i32>y);
  parallel(JOB_AXIS_SUMS, (outer * inner + PIECE - 1) / PIECE);
}

export function axisSumsPiece(piece: i32): void {
  const end = min((piece + 1) * PIECE, arg(ROWS)), inner = arg(COLUMNS), reduced = arg(REDUCED), step = bytes(inner);
  let i = piece * PIECE;
  while (i < end) {
    const column = i % inner, count = min(end - i, inner - column);
    let from = <usize>arg(X) + bytes(i / inner * reduced * inner + column);
    if (count >= 4) {
      let low = f64x2.splat(0), high = low;
      for (let r = 0; r < reduced; r++) {
        const x = v128.load(from);
        low = f64x2.add(low, f64x2.promote_low_f32x4(x));
        high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 0)));
        from += step;
      }
      v128.store(<usize>arg(Y) + bytes(i), v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
      i += 4;
    } else {
      let sum: f64 = 0;
      for (let r = 0; r < reduced; r++) {
        sum += <f64>load<f32>(from);
        from += step;
      }
      store<f32>(<usize>arg(Y) + bytes(i), <f32>sum);
      i++;
    }
  }
}

/** y [rows] int32 = position of the largest value of every row, the first of equal ones, as the stock kernel finds it. */
export function argMax(rows: i32, columns: i32, x: usize, y: usize): void {
  setArg(ROWS, rows); setArg(COLUMNS, columns); setArg(X, <i32>x); setArg(Y, <i32>y);
  parallel(JOB_ARG_MAX, (rows + PIECE - 1) / PIECE);
}

export function argMaxPiece(piece: i32): void {
  const end = min((piece + 1) * PIECE, arg(ROWS)), columns = arg(COLUMNS);
  for (let row = piece * PIECE; row < end; row++) {
    const x = <usize>arg(X) + bytes(row * columns);
    let most = load<f32>(x), best = 0;
    for (let j = 1; j < columns; j++) {
      const value = load<f32>(x + bytes(j));
      if (value > most) {
        most = value;
        best = j;
      }
    }
    store<i32>(<usize>arg(Y) + bytes(row), best);
  }
}

/** y [rows, columns] = x - log(sum e^x) of its row. */
export function logSoftmax(rows: i32, columns: i32, x: usize, y: usize): void {
  setArg(ROWS, rows); setArg(COLUMNS, columns); setArg(X, <i32>x); setArg(Y, <i32>y);
  parallel(JOB_LOG_SOFTMAX, (rows + PIECE - 1) / PIECE);
}

export function logSoftmaxPiece(piece: i32): void {
  const end = min((piece + 1) * PIECE, arg(ROWS)), columns = arg(COLUMNS);
  for (let row = piece * PIECE; row < end; row++) {
    const x = <usize>arg(X) + bytes(row * columns), y = <usize>arg(Y) + bytes(row * columns), log = logSum(x, columns);
    for (let j = 0; j < columns; j++) store<f32>(y + bytes(j), <f32>(<f64>load<f32>(x + bytes(j)) - log));
  }
}

/** dx = dy - e^y sum(dy) for every row, all [rows, columns]. */
export function logSoftmaxGradient(rows: i32, columns: i32, y: usize, dy: usize, dx: usize): void {
  setArg(ROWS, rows); setArg(COLUMNS, columns); setArg(X, <i32>dy); setArg(Y, <i32>y); setArg(DX, <i32>dx);
  parallel(JOB_LOG_SOFTMAX_GRADIENT, (rows + PIECE - 1) / PIECE);
}

export function logSoftmaxGradientPiece(piece: i32): void {
  const end = min((piece + 1) * PIECE, arg(ROWS)), columns = arg(COLUMNS);
  for (let row = piece * PIECE; row < end; row++) {
    const at = bytes(row * columns), dy = <usize>arg(X) + at, y = <usize>arg(Y) + at, dx = <usize>arg(DX) + at;
    let total: f64 = 0;
    for (let j = 0; j < columns; j++) total += <f64>load<f32>(dy + bytes(j));
    const sum = f32x4.splat(<f32>total);
    for (let j = 0; j < columns; j += 4) {
      const share = f32x4.mul(expBelow4(load4(y + bytes(j), columns - j)), sum);
      store4(dx + bytes(j), f32x4.sub(load4(dy + bytes(j), columns - j), share), columns - j);
    }
  }
}
