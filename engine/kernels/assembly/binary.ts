// Elementwise functions of two arrays that JavaScript may compute differently from machine to machine, in float64 by
// AssemblyScript's own Math (a port of musl) and rounded once.
import { arg, parallel, setArg } from './control';
import { JOB_BINARY } from './jobs';

const PIECE = 16384;
const OP = 0, COUNT = 1, A = 2, A_STEP = 3, B = 4, B_STEP = 5, TARGET = 6;

/** target[i] = f(a[i * aStep], b[i * bStep]); a step of 0 repeats one value. 0: a^b, 1: atan2(a, b). */
export function binary(op: i32, count: i32, a: usize, aStep: i32, b: usize, bStep: i32, target: usize): void {
  setArg(OP, op); setArg(COUNT, count); setArg(A, <i32>a); setArg(A_STEP, aStep); setArg(B, <i32>b);
  setArg(B_STEP, bStep); setArg(TARGET, <i32>target);
  parallel(JOB_BINARY, (count + PIECE - 1) / PIECE);
}

export function binaryPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), op = arg(OP);
  for (let i = first; i < end; i++) {
    const a = <f64>load<f32>(<usize>arg(A) + (<usize>(i * arg(A_STEP)) << 2));
    const b = <f64>load<f32>(<usize>arg(B) + (<usize>(i * arg(B_STEP)) << 2));
    store<f32>(<usize>arg(TARGET) + (<usize>i << 2), <f32>(op == 0 ? Math.pow(a, b) : Math.atan2(a, b)));
  }
}
