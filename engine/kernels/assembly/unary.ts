// Elementwise functions of one array. The frequent ones use the vector functions of math.ts; the rest AssemblyScript's
// own Math (a port of musl in WebAssembly), computed in float64 and rounded once.
import { arg, parallel, setArg } from './control';
import { JOB_UNARY } from './jobs';
import { exp4, log4, relu4, sigmoid4, sigmoidArray, tanh4, tanhArray } from './math';

/** Elements of one piece. */
const PIECE = 16384;
const OP = 0, COUNT = 1, SOURCE = 2, TARGET = 3;
/** Operations below this number are vector functions. */
const FIRST_SCALAR = 16;

export function unary(op: i32, count: i32, source: usize, target: usize): void {
  setArg(OP, op); setArg(COUNT, count); setArg(SOURCE, <i32>source); setArg(TARGET, <i32>target);
  parallel(JOB_UNARY, (count + PIECE - 1) / PIECE);
}

export function unaryPiece(piece: i32): void {
  const first = piece * PIECE, count = min(PIECE, arg(COUNT) - first), op = arg(OP);
  const source = <usize>arg(SOURCE) + (<usize>first << 2), target = <usize>arg(TARGET) + (<usize>first << 2);
  if (op == 2) return sigmoidArray(source, target, count);
  if (op == 3) return tanhArray(source, target, count);
  let i = 0;
  if (op < FIRST_SCALAR) {
    for (; i + 4 <= count; i += 4) {
      const at = <usize>i << 2;
      v128.store(target + at, vector(op, v128.load(source + at)));
    }
  }
  for (; i < count; i++) {
    const at = <usize>i << 2, x = load<f32>(source + at);
    store<f32>(target + at, op < FIRST_SCALAR ? f32x4.extract_lane(vector(op, f32x4.splat(x)), 0) : scalar(op, x));
  }
}

function vector(op: i32, x: v128): v128 {
  switch (op) {
    case 1: return relu4(x);
    case 2: return sigmoid4(x);
    case 3: return tanh4(x);
    case 4: return exp4(x);
    case 5: return log4(x);
    case 6: return f32x4.sqrt(x);
    case 7: return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
    case 8: return f32x4.mul(x, x);
    default: return x;
  }
}

function scalar(op: i32, value: f32): f32 {
  const x = <f64>value;
  switch (op) {
    case 16: return <f32>Math.expm1(x);
    case 17: return <f32>Math.log1p(x);
    case 18: return <f32>Math.sin(x);
    case 19: return <f32>Math.cos(x);
    case 20: return <f32>Math.tan(x);
    case 21: return <f32>Math.asin(x);
    case 22: return <f32>Math.acos(x);
    case 23: return <f32>Math.atan(x);
    case 24: return <f32>Math.sinh(x);
    case 25: return <f32>Math.cosh(x);
    case 26: return <f32>Math.asinh(x);
    case 27: return <f32>Math.acosh(x);
    case 28: return <f32>Math.atanh(x);
    case 29: return <f32>(x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));
    case 30: return <f32>(x >= 0 ? x : Math.expm1(x));
    case 31: return <f32>(x >= 0 ? 1.0507009873554804934193349852946 * x : 1.7580993408473768599402175208123 * Math.expm1(x));
    case 32: return <f32>erf(x);
    default: return value;
  }
}

/**
 * Error function by its series 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (1 3 5 .. (2n+1)) (Abramowitz and Stegun 7.1.6), all of
 * whose terms have one sign; beyond 4 it is 1 in float32.
 */
function erf(x: f64): f64 {
  if (x != x) return x;
  if (x > 4) return 1;
  if (x < -4) return -1;
  let term = x, sum = x;
  for (let n = 1; n < 100 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return 1.1283791670955126 * Math.exp(-x * x) * sum;
}
