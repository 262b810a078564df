// Parts of the gradient of y = f(x W + b): f' computed from the value y, and the sum of a matrix's rows.
import { arg, parallel, setArg } from './control';
import { JOB_ACTIVATION_GRADIENT, JOB_COLUMN_SUMS } from './jobs';
import { bytes, load4, store4, store8 } from './lanes';

const PIECE = 16384;
const COLUMNS = 64;
const KIND = 0, COUNT = 1, Y = 2, DY = 3, TARGET = 4, ROWS = 5;

/** target = dy f'(x) by y = f(x): 1 relu, 2 sigmoid, 3 tanh; 4: y is f'(x) itself. The target may be y itself. */
export function activationGradient(kind: i32, count: i32, y: usize, dy: usize, target: usize): void {
  setArg(KIND, kind); setArg(COUNT, count); setArg(Y, <i32>y); setArg(DY, <i32>dy); setArg(TARGET, <i32>target);
  parallel(JOB_ACTIVATION_GRADIENT, (count + PIECE - 1) / PIECE);
}

export function activationGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), kind = arg(KIND), one = f32x4.splat(1);
  let i = first;
  if (kind == 4) {
    let y = <usize>arg(Y) + bytes(i), dy = <usize>arg(DY) + bytes(i), target = <usize>arg(TARGET) + bytes(i);
    for (; i + 8 <= end; i += 8) {
      store8(target, f32x4.mul(v128.load(y), v128.load(dy)), f32x4.mul(v128.load(y, 16), v128.load(dy, 16)));
      y += 32; dy += 32; target += 32;
    }
  }
  for (; i < end; i += 4) {
    const at = bytes(i), left = end - i;
    const y = load4(<usize>arg(Y) + at, left), dy = load4(<usize>arg(DY) + at, left);
    let slope = one;
    if (kind == 1) slope = v128.and(f32x4.gt(y, f32x4.splat(0)), one);
    else if (kind == 2) slope = f32x4.mul(y, f32x4.sub(one, y));
    else if (kind == 3) slope = f32x4.sub(one, f32x4.mul(y, y));
    else slope = y;
    store4(<usize>arg(TARGET) + at, f32x4.mul(dy, slope), left);
  }
}

/** target[columns] = sum of the rows of y[rows, columns], from the first to the last. */
export function columnSums(rows: i32, columns: i32, y: usize, target: usize): void {
  setArg(ROWS, rows); setArg(COUNT, columns); setArg(Y, <i32>y); setArg(TARGET, <i32>target);
  parallel(JOB_COLUMN_SUMS, (columns + COLUMNS - 1) / COLUMNS);
}

export function columnSumsPiece(piece: i32): void {
  const first = piece * COLUMNS, columns = arg(COUNT), end = min(first + COLUMNS, columns), rows = arg(ROWS);
  let j = first;
  // A cache line at a time.
  for (; j + 16 <= end; j += 16) {
    let a = f32x4.splat(0), b = a, c = a, d = a, from = <usize>arg(Y) + bytes(j);
    for (let i = 0; i < rows; i++) {
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
      from += bytes(columns);
    }
    const to = <usize>arg(TARGET) + bytes(j);
    store8(to, a, b);
    v128.store(to, d, 48);
    v128.store(to, c, 32);
  }
  for (; j < end; j += 4) {
    let sum = f32x4.splat(0), from = <usize>arg(Y) + bytes(j);
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, load4(from, end - j));
      from += bytes(columns);
    }
    store4(<usize>arg(TARGET) + bytes(j), sum, end - j);
  }
}
