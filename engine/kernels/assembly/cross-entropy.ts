// Cross-entropy of rows of logits against the index of the true class, as a mean over the rows whose mask is not 0:
// log(sum e^x) - x[label]; its gradient is softmax(x) less 1 at the label.
import { arg, argf, parallel, setArg, setArgf } from './control';
import { expBelow4 } from './exponential';
import { JOB_CROSS_ENTROPY, JOB_CROSS_ENTROPY_GRADIENT } from './jobs';
import { bytes, load4, store4 } from './lanes';
import { finishMean } from './loss';

const PIECE = 64;
const ROWS = 0, CLASSES = 1, LOGITS = 2, LABELS = 3, MASK = 4, LOGS = 5, PARTIALS = 6, FACTOR = 7, GRADIENT = 8;

/** logits [rows, classes], labels [rows], mask [rows] or 0; logs [rows] = log(sum e^x) is kept. result as in loss.ts. */
export function crossEntropy(
  rows: i32, classes: i32, logits: usize, labels: usize, mask: usize, logs: usize, partials: usize, result: usize,
): void {
  const pieces = (rows + PIECE - 1) / PIECE;
  setArg(ROWS, rows); setArg(CLASSES, classes); setArg(LOGITS, <i32>logits); setArg(LABELS, <i32>labels); setArg(MASK, <i32>mask);
  setArg(LOGS, <i32>logs); setArg(PARTIALS, <i32>partials);
  parallel(JOB_CROSS_ENTROPY, pieces);
  finishMean(pieces, partials, result);
}

// @ts-ignore: decorator
@inline
function isKnown(row: i32): bool {
  return arg(MASK) == 0 || load<f32>(<usize>arg(MASK) + bytes(row)) != 0;
}

export function crossEntropyPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(ROWS)), classes = arg(CLASSES);
  let sum: f64 = 0, known: f64 = 0;
  for (let row = first; row < end; row++) {
    const logits = <usize>arg(LOGITS) + bytes(row * classes);
    const log = isKnown(row) ? logSum(logits, classes) : 0;
    store<f32>(<usize>arg(LOGS) + bytes(row), <f32>log);
    if (!isKnown(row)) continue;
    sum += log - <f64>load<f32>(logits + bytes(load<i32>(<usize>arg(LABELS) + bytes(row))));
    known += 1;
  }
  store<f64>(<usize>arg(PARTIALS) + (<usize>piece << 4), sum);
  store<f64>(<usize>arg(PARTIALS) + (<usize>piece << 4), known, 8);
}

/** log(sum e^x) of a row, in float64. */
export function logSum(logits: usize, classes: i32): f64 {
  let most: f32 = -Infinity;
  for (let j = 0; j < classes; j++) most = max(most, load<f32>(logits + bytes(j)));
  const shift = f32x4.splat(most);
  let low = f64x2.splat(0), high = low, j = 0;
  for (; j + 4 <= classes; j += 4) {
    const e = expBelow4(f32x4.sub(v128.load(logits + bytes(j)), shift));
    low = f64x2.add(low, f64x2.promote_low_f32x4(e));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(e, e, 1, 0)));
  }
  const sums = f64x2.add(low, high);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; j < classes; j++) sum += <f64>f32x4.extract_lane(expBelow4(f32x4.splat(load<f32>(logits + bytes(j)) - most)), 0);
  return <f64>most + Math.log(sum);
}

/** gradient [rows, classes] = factor (softmax - 1 at the label); 0 in rows that the mask leaves out. */
export function crossEntropyGradient(
  rows: i32, classes: i32, logits: usize, labels: usize, mask: usize, logs: usize, factor: f32, gradient: usize,
): void {
  setArg(ROWS, rows); setArg(CLASSES, classes); setArg(LOGITS, <i32>logits); setArg(LABELS, <i32>labels); setArg(MASK, <i32>mask);
  setArg(LOGS, <i32>logs); setArgf(FACTOR, factor); setArg(GRADIENT, <i32>gradient);
  parallel(JOB_CROSS_ENTROPY_GRADIENT, (rows + PIECE - 1) / PIECE);
}

export function crossEntropyGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(ROWS)), classes = arg(CLASSES), factor = f32x4.splat(argf(FACTOR));
  for (let row = first; row < end; row++) {
    const logits = <usize>arg(LOGITS) + bytes(row * classes), gradient = <usize>arg(GRADIENT) + bytes(row * classes);
    if (!isKnown(row)) {
      memory.fill(gradient, 0, bytes(classes));
      continue;
    }
    const log = f32x4.splat(load<f32>(<usize>arg(LOGS) + bytes(row)));
    for (let j = 0; j < classes; j += 4) {
      const share = expBelow4(f32x4.sub(load4(logits + bytes(j), classes - j), log));
      store4(gradient + bytes(j), f32x4.mul(share, factor), classes - j);
    }
    const at = gradient + bytes(load<i32>(<usize>arg(LABELS) + bytes(row)));
    store<f32>(at, load<f32>(at) - argf(FACTOR));
  }
}
