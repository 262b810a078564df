// Sums, differences, products and quotients of two arrays; the second may be shorter and repeat (a bias, a table of positions,
// one number).
import { arg, parallel, setArg } from './control';
import { JOB_ARITHMETIC, JOB_BROADCAST } from './jobs';
import { bytes, load4, store4, store8 } from './lanes';

const PIECE = 16384;
const OP = 0, COUNT = 1, A = 2, B = 3, PERIOD = 4, TARGET = 5;

/** target[i] = a[i] op b[i % period]; 0 a + b, 1 a - b, 2 a b, 3 a / b, 4 b - a, 5 b / a. */
export function arithmetic(op: i32, count: i32, a: usize, b: usize, period: i32, target: usize): void {
  setArg(OP, op); setArg(COUNT, count); setArg(A, <i32>a); setArg(B, <i32>b); setArg(PERIOD, period); setArg(TARGET, <i32>target);
  parallel(JOB_ARITHMETIC, (count + PIECE - 1) / PIECE);
}

export function arithmeticPiece(piece: i32): void {
  const end = min((piece + 1) * PIECE, arg(COUNT)), period = arg(PERIOD), op = arg(OP);
  let i = piece * PIECE;
  if (period == 1) return repeated(op, i, end, f32x4.splat(load<f32>(<usize>arg(B))));
  while (i < end) {
    const offset = i % period, count = min(end - i, period - offset);
    stretch(op, <usize>arg(A) + bytes(i), <usize>arg(B) + bytes(offset), <usize>arg(TARGET) + bytes(i), count);
    i += count;
  }
}

const N1 = 6, N2 = 7, A0 = 8, A1 = 9, A2 = 10, B0 = 11, B1 = 12, B2 = 13;
/** Rows of a piece: more where they are short. */
const PIECE_ROWS = 14;

/**
 * target[i0, i1, i2] = a[i0 a0 + i1 a1 + i2 a2] op b[i0 b0 + i1 b1 + i2 b2] for all i below n; a2 and b2 are 0 or 1. What stays equal along
 * an axis has the stride 0 there.
 */
export function broadcast(
  op: i32, n0: i32, n1: i32, n2: i32, a0: i32, a1: i32, a2: i32, b0: i32, b1: i32, b2: i32, a: usize, b: usize, target: usize,
): void {
  const rows = max(1, PIECE / n2);
  setArg(OP, op); setArg(COUNT, n0 * n1); setArg(A, <i32>a); setArg(B, <i32>b); setArg(TARGET, <i32>target); setArg(N1, n1); setArg(N2, n2);
  setArg(A0, a0); setArg(A1, a1); setArg(A2, a2); setArg(B0, b0); setArg(B1, b1); setArg(B2, b2); setArg(PIECE_ROWS, rows);
  parallel(JOB_BROADCAST, (n0 * n1 + rows - 1) / rows);
}

export function broadcastPiece(piece: i32): void {
  const rows = arg(PIECE_ROWS), end = min((piece + 1) * rows, arg(COUNT)), n1 = arg(N1), n2 = arg(N2), op = arg(OP);
  for (let row = piece * rows; row < end; row++) {
    const i0 = row / n1, i1 = row % n1;
    const a = <usize>arg(A) + bytes(i0 * arg(A0) + i1 * arg(A1)), b = <usize>arg(B) + bytes(i0 * arg(B0) + i1 * arg(B1));
    const target = <usize>arg(TARGET) + bytes(row * n2), isARow = arg(A2) != 0, isBRow = arg(B2) != 0;
    if (isARow && isBRow) {
      stretch(op, a, b, target, n2);
      continue;
    }
    const oneA = f32x4.splat(load<f32>(a)), oneB = f32x4.splat(load<f32>(b));
    for (let j = 0; j < n2; j += 4) {
      const x = isARow ? load4(a + bytes(j), n2 - j) : oneA, y = isBRow ? load4(b + bytes(j), n2 - j) : oneB;
      store4(target + bytes(j), combine(op, x, y), n2 - j);
    }
  }
}

// @ts-ignore: decorator
@inline
function combine(op: i32, a: v128, b: v128): v128 {
  switch (op) {
    case 0: return f32x4.add(a, b);
    case 1: return f32x4.sub(a, b);
    case 2: return f32x4.mul(a, b);
    case 3: return f32x4.div(a, b);
    case 4: return f32x4.sub(b, a);
    default: return f32x4.div(b, a);
  }
}

function repeated(op: i32, first: i32, end: i32, b: v128): void {
  for (let i = first; i < end; i += 4) {
    store4(<usize>arg(TARGET) + bytes(i), combine(op, load4(<usize>arg(A) + bytes(i), end - i), b), end - i);
  }
}

function stretch(op: i32, a: usize, b: usize, target: usize, count: i32): void {
  if (op == 0) {
    for (; count >= 8; count -= 8) {
      const low = f32x4.add(v128.load(a), v128.load(b)), high = f32x4.add(v128.load(a, 16), v128.load(b, 16));
      store8(target, low, high);
      a += 32; b += 32; target += 32;
    }
  }
  for (; count > 0; count -= 4) {
    store4(target, combine(op, load4(a, count), load4(b, count)), count);
    a += 16; b += 16; target += 16;
  }
}
