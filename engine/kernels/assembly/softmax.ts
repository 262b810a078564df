// Softmax of rows: e^(x - max) / sum, the sum over four lanes in order.
import { arg, parallel, setArg } from './control';
import { JOB_SOFTMAX } from './jobs';
import { bytes, load4, store4 } from './lanes';
import { exp4 } from './math';

const ROWS = 0, COLUMNS = 1, X = 2, Y = 3;
/** Rows of one piece. */
const PIECE = 64;

/** y[rows, columns] = softmax of the rows of x. */
export function softmax(rows: i32, columns: i32, x: usize, y: usize): void {
  setArg(ROWS, rows); setArg(COLUMNS, columns); setArg(X, <i32>x); setArg(Y, <i32>y);
  parallel(JOB_SOFTMAX, (rows + PIECE - 1) / PIECE);
}

export function softmaxPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(ROWS)), row = bytes(arg(COLUMNS));
  for (let i = first; i < end; i++) {
    softmaxRow(<usize>arg(X) + <usize>i * row, <usize>arg(Y) + <usize>i * row, arg(COLUMNS));
  }
}

function softmaxRow(x: usize, y: usize, columns: i32): void {
  let most: f32 = -Infinity;
  for (let j = 0; j < columns; j++) most = max(most, load<f32>(x + bytes(j)));
  const shift = f32x4.splat(most);
  for (let j = 0; j < columns; j += 4) {
    store4(y + bytes(j), exp4(f32x4.sub(load4(x + bytes(j), columns - j), shift)), columns - j);
  }
  let sum: f32 = 0;
  for (let j = 0; j < columns; j++) sum += load<f32>(y + bytes(j));
  const divisor = f32x4.splat(sum);
  for (let j = 0; j < columns; j += 4) {
    store4(y + bytes(j), f32x4.div(load4(y + bytes(j), columns - j), divisor), columns - j);
  }
}
