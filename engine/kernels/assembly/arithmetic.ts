// Sums, differences, products and quotients of two arrays; the second may be shorter and repeat (a bias, a table of
// positions, one number).
import { arg, parallel, setArg } from './control';
import { JOB_ARITHMETIC } from './jobs';
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
    const place = i % period, count = min(end - i, period - place);
    stretch(op, <usize>arg(A) + bytes(i), <usize>arg(B) + bytes(place), <usize>arg(TARGET) + bytes(i), count);
    i += count;
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
