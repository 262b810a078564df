// Plain RNN over a whole sequence (Elman 1990), forward and backward through time: h' = f(x W + b + h U), f = tanh or relu. Only
// the outputs are kept for the backward pass. At padding the state passes unchanged.
import { arg, parallel, scratch, setArg } from './control';
import { JOB_RNN_BACKWARD, JOB_RNN_FORWARD } from './jobs';
import { bytes, load4, store4, store8 } from './lanes';
import { reluArray, tanhArray } from './math';
import { packColumns } from './pack';
import {
  addOutputGradient, addProduct, BATCH, beginInputs, depthAt, FEATURES, firstRow, hiddenBefore, hiddenPart, inputRow, isPadding,
  nextInputs, outputAt, outputGradient, OWN, packed, packSteps, packWeights, pass, passFinal, passIncoming, pieceCount, rowsOf,
  rowSquares, stepAt, stepsProduct, storeSquares, TIME, UNITS, workOf,
} from './recurrent';
import { rowsTimes } from './tile';

const RELU = OWN, FINAL_HIDDEN = OWN + 1, D_OUTPUTS = OWN + 2, D_FINAL_HIDDEN = OWN + 3, DZ = OWN + 4, D_HIDDEN0 = OWN + 5, NORMS = OWN + 6;

/** After `describe`. `packed`: (features + 1 + units) x units, columns rounded up to 8. `relu`: 1, or 0 for tanh. */
export function rnnForward(kernel: usize, recurrent: usize, bias: usize, relu: i32, finalHidden: usize): void {
  const units = arg(UNITS);
  setArg(RELU, relu); setArg(FINAL_HIDDEN, <i32>finalHidden);
  packWeights(packed(), kernel, bias, recurrent, units, bytes(units));
  parallel(JOB_RNN_FORWARD, pieceCount());
}

export function rnnForwardPiece(piece: i32): void {
  const b = firstRow(piece), rows = rowsOf(piece), units = arg(UNITS), time = arg(TIME);
  const depth = arg(FEATURES) + 1 + units, inputs = workOf(piece);
  beginInputs(inputs, b, rows);
  for (let count = 0; count < time; count++) {
    const t = stepAt(count);
    nextInputs(inputs, b, rows, t);
    const z = outputAt(b, t), ldz = bytes(time * units);
    rowsTimes(rows, units, depthAt(count), inputs, inputRow(), packed(), bytes(8 * depth), z, ldz, false, scratch());
    for (let row = b; row < b + rows; row++) {
      const output = outputAt(row, t);
      if (isPadding(row, t)) pass(output, hiddenBefore(row, t), units);
      else if (arg(RELU)) reluArray(output, output, units);
      else tanhArray(output, output, units);
      pass(hiddenPart(inputs + <usize>(row - b) * inputRow()), output, units);
    }
  }
  passFinal(<usize>arg(FINAL_HIDDEN), b, rows);
}

/**
 * After `describe` with the forward call's values. Writes dz [time, batch, units] and the other gradients as lstmBackward
 * does; norms [time, batch]. `packed`: units x units, columns rounded up to 8.
 */
export function rnnBackward(
  recurrent: usize, relu: i32, dOutputs: usize, dFinalHidden: usize, dz: usize, dKernel: usize, dRecurrent: usize, dBias: usize,
  dHidden0: usize, norms: usize, steps: usize, spare: usize,
): void {
  const units = arg(UNITS);
  setArg(RELU, relu); setArg(D_OUTPUTS, <i32>dOutputs); setArg(D_FINAL_HIDDEN, <i32>dFinalHidden); setArg(DZ, <i32>dz);
  setArg(D_HIDDEN0, <i32>dHidden0); setArg(NORMS, <i32>norms);
  packColumns(packed(), bytes(8 * units), recurrent, units, units, bytes(units), 4);
  parallel(JOB_RNN_BACKWARD, pieceCount());
  packSteps(steps);
  stepsProduct(dz, units, units, dRecurrent, dKernel, dBias, units, spare);
}

export function rnnBackwardPiece(piece: i32): void {
  const b = firstRow(piece), rows = rowsOf(piece), units = arg(UNITS);
  const dh = workOf(piece);
  passIncoming(dh, <usize>arg(D_FINAL_HIDDEN), b, rows);
  for (let count = arg(TIME) - 1; count >= 0; count--) {
    const t = stepAt(count), dz = <usize>arg(DZ) + bytes((t * arg(BATCH) + b) * units);
    for (let row = 0; row < rows; row++) backwardRow(b + row, t, dz + bytes(row * units), dh + bytes(row * units));
    if (count > 0 || arg(D_HIDDEN0) != 0) addProduct(dh, rows, dz, bytes(units), units, packed(), units);
  }
  if (arg(D_HIDDEN0) != 0) memory.copy(<usize>arg(D_HIDDEN0) + bytes(b * units), dh, bytes(rows * units));
}

/** Takes dL/dh after the step; leaves dz, and in dh what does not go through z. */
function backwardRow(b: i32, t: i32, dz: usize, dh: usize): void {
  const units = arg(UNITS), norms = <usize>arg(NORMS), output = outputAt(b, t), one = f32x4.splat(1), zero = f32x4.splat(0);
  addOutputGradient(dh, outputGradient(<usize>arg(D_OUTPUTS), b, t), units);
  if (norms != 0) storeSquares(norms, 0, t, b, rowSquares(dh, units));
  if (isPadding(b, t)) {
    memory.fill(dz, 0, bytes(units));
    return;
  }
  let u = 0;
  if (arg(RELU)) {
    for (; u < units; u += 4) {
      const left = units - u, at = bytes(u), slope = v128.and(f32x4.gt(load4(output + at, left), zero), one);
      store4(dz + at, f32x4.mul(load4(dh + at, left), slope), left);
    }
  } else {
    for (; u + 8 <= units; u += 8) {
      const at = bytes(u), h0 = v128.load(output + at), h1 = v128.load(output + at, 16);
      const z0 = f32x4.mul(v128.load(dh + at), f32x4.sub(one, f32x4.mul(h0, h0)));
      const z1 = f32x4.mul(v128.load(dh + at, 16), f32x4.sub(one, f32x4.mul(h1, h1)));
      store8(dz + at, z0, z1);
    }
    for (; u < units; u += 4) {
      const left = units - u, at = bytes(u), h = load4(output + at, left);
      store4(dz + at, f32x4.mul(load4(dh + at, left), f32x4.sub(one, f32x4.mul(h, h))), left);
    }
  }
  memory.fill(dh, 0, bytes(units));
}
