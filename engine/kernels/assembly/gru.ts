// GRU over a whole sequence (Cho et al. 2014), forward and backward through time (formulas: engine/ops/recurrent/gru.ts), with the
// reset gate after the recurrent product (cuDNN, PyTorch) or before it (the original).
// Kept for the backward pass: [time, batch, 4 units] = z, r, n after their functions, and q, which is the recurrent product
// h Un + cn (reset after) or r h (reset before). At padding the state passes unchanged and all four are 0. Where no backward pass follows,
// each step of a piece overwrites those of the one before, which stay in the first cache.
import { arg, parallel, scratch, setArg } from './control';
import { mad } from './fused';
import { JOB_GRU_BACKWARD, JOB_GRU_FORWARD } from './jobs';
import { bytes, load4, store4, store8 } from './lanes';
import { sigmoidArray, tanhArray } from './math';
import { packColumns } from './pack';
import {
  addOutputGradient, addProduct, BATCH, beginInputs, FEATURES, firstRow, hiddenBefore, hiddenPart, inputRow, isPadding, loadOrZero,
  nextInputs, outputAt, outputGradient, OWN, packed, packSteps, packStepsOf, packWeights, pass, passFinal, passIncoming, pieceCount,
  rowsOf, rowSquares, stepAt, stepsProduct, storeSquares, TIME, UNITS, workOf,
} from './recurrent';
import { rowsTimes } from './tile';

const GATES = OWN, RESET_AFTER = OWN + 1, FINAL_HIDDEN = OWN + 2, D_OUTPUTS = OWN + 3, D_FINAL_HIDDEN = OWN + 4, D = OWN + 5;
const D_HIDDEN0 = OWN + 6, NORMS = OWN + 7;

/** Packed weights: three blocks one after the other. */
// @ts-ignore: decorator
@inline
function roundedUnits(columns: i32): i32 {
  return (columns + 7) & ~7;
}

/** [x | 1 | h] -> z, r */
// @ts-ignore: decorator
@inline
function gatesDepth(): i32 {
  return arg(FEATURES) + 1 + arg(UNITS);
}

// @ts-ignore: decorator
@inline
function candidateInput(): usize {
  return packed() + bytes(gatesDepth() * roundedUnits(2 * arg(UNITS)));
}

// @ts-ignore: decorator
@inline
function candidateHidden(): usize {
  return candidateInput() + bytes((arg(FEATURES) + 1) * roundedUnits(arg(UNITS)));
}

/**
 * After `describe`. bias [3 units] = input biases of z, r (their recurrent biases added) and n; candidateBias [units] = cn.
 * `packed`: (features + 1 + units) x 2 units, (features + 1) x units and (1 + units) x units, columns rounded up to 8. `gates` of 0:
 * not kept; a piece's workspace then has room for four times the units of a row behind its inputs.
 */
export function gruForward(
  kernel: usize, recurrent: usize, bias: usize, candidateBias: usize, resetAfter: i32, gates: usize, finalHidden: usize,
): void {
  const units = arg(UNITS), row = bytes(3 * units), n = bytes(2 * units);
  setArg(GATES, <i32>gates); setArg(RESET_AFTER, resetAfter); setArg(FINAL_HIDDEN, <i32>finalHidden);
  packWeights(packed(), kernel, bias, recurrent, 2 * units, row);
  packWeights(candidateInput(), kernel + n, bias + n, 0, units, row);
  packWeights(candidateHidden(), 0, candidateBias, recurrent + n, units, row);
  parallel(JOB_GRU_FORWARD, pieceCount());
}

export function gruForwardPiece(piece: i32): void {
  const b = firstRow(piece), rows = rowsOf(piece), units = arg(UNITS), width = 4 * units, inputs = workOf(piece);
  const gates = <usize>arg(GATES), own = inputs + <usize>rows * inputRow();
  beginInputs(inputs, b, rows);
  for (let count = 0, time = arg(TIME); count < time; count++) {
    const t = stepAt(count), z = gates == 0 ? own : gates + bytes((t * arg(BATCH) + b) * width); // [rows, 4 units]
    nextInputs(inputs, b, rows, t);
    product(rows, 2 * units, gatesDepth(), inputs, packed(), z, false);
    product(rows, units, arg(FEATURES) + 1, inputs, candidateInput(), z + bytes(2 * units), false);
    for (let row = 0; row < rows; row++) sigmoidArray(z + bytes(row * width), z + bytes(row * width), 2 * units);
    if (arg(RESET_AFTER)) candidateAfter(rows, inputs, z);
    else candidateBefore(rows, inputs, z);
    for (let row = 0; row < rows; row++) {
      forwardRow(b + row, t, z + bytes(row * width), hiddenPart(inputs + <usize>row * inputRow()));
    }
  }
  passFinal(<usize>arg(FINAL_HIDDEN), b, rows);
}

function product(rows: i32, columns: i32, depth: i32, inputs: usize, weights: usize, to: usize, accumulate: bool): void {
  rowsTimes(rows, columns, depth, inputs, inputRow(), weights, bytes(8 * depth), to, bytes(4 * arg(UNITS)), accumulate, scratch());
}

/** q = h Un + cn; the argument of n += r q. */
function candidateAfter(rows: i32, inputs: usize, z: usize): void {
  const units = arg(UNITS), block = bytes(units);
  product(rows, units, 1 + units, hiddenPart(inputs) - 4, candidateHidden(), z + 3 * block, false);
  for (let row = 0; row < rows; row++) {
    const r = z + bytes(row * 4 * units) + block, n = r + block, q = n + block;
    let u = 0;
    for (; u + 8 <= units; u += 8) {
      const at = bytes(u), from = r + at, by = q + at, to = n + at;
      store8(to, mad(v128.load(from), v128.load(by), v128.load(to)), mad(v128.load(from, 16), v128.load(by, 16), v128.load(to, 16)));
    }
    for (; u < units; u += 4) {
      const left = units - u, at = bytes(u);
      store4(n + at, mad(load4(r + at, left), load4(q + at, left), load4(n + at, left)), left);
    }
  }
}

/** q = r h; the argument of n += q Un + cn. h in the inputs is overwritten by q. */
function candidateBefore(rows: i32, inputs: usize, z: usize): void {
  const units = arg(UNITS), block = bytes(units);
  for (let row = 0; row < rows; row++) {
    const r = z + bytes(row * 4 * units) + block, q = r + 2 * block, hidden = hiddenPart(inputs + <usize>row * inputRow());
    for (let u = 0; u < units; u += 4) {
      const left = units - u, at = bytes(u), part = f32x4.mul(load4(r + at, left), load4(hidden + at, left));
      store4(q + at, part, left);
      store4(hidden + at, part, left);
    }
  }
  product(rows, units, 1 + units, hiddenPart(inputs) - 4, candidateHidden(), z + 2 * block, true);
}

/** h' = (1 - z) n + z h, to the outputs and to `next`. */
function forwardRow(b: i32, t: i32, z: usize, next: usize): void {
  const units = arg(UNITS), hidden = hiddenBefore(b, t), output = outputAt(b, t);
  if (isPadding(b, t)) {
    pass(output, hidden, units);
    pass(next, hidden, units);
    memory.fill(z, 0, bytes(4 * units));
    return;
  }
  const n = z + bytes(2 * units), one = f32x4.splat(1);
  tanhArray(n, n, units);
  let u = 0;
  if (hidden != 0) {
    for (; u + 8 <= units; u += 8) {
      const at = bytes(u), gate = z + at, fresh = n + at, old = hidden + at, z0 = v128.load(gate), z1 = v128.load(gate, 16);
      const h0 = mad(z0, v128.load(old), f32x4.mul(f32x4.sub(one, z0), v128.load(fresh)));
      const h1 = mad(z1, v128.load(old, 16), f32x4.mul(f32x4.sub(one, z1), v128.load(fresh, 16)));
      store8(output + at, h0, h1);
      store8(next + at, h0, h1);
    }
  }
  for (; u < units; u += 4) {
    const left = units - u, at = bytes(u), gate = load4(z + at, left);
    const fresh = f32x4.mul(f32x4.sub(one, gate), load4(n + at, left));
    const h = mad(gate, loadOrZero(hidden, u, left), fresh);
    store4(output + at, h, left);
    store4(next + at, h, left);
  }
}

/**
 * After `describe` with the forward call's values. Writes D [time, batch, 4 units] = gradients of the arguments of z, r and
 * n, and of q's product (reset after), the gradients of the weights (dBias [3 units]; dCandidateBias [units]) and of the
 * initial state, and the squared norms of dL/dh [time, batch]. `packed`: 3 units x units, columns rounded up to 8; `steps` twice
 * as long for reset before.
 */
export function gruBackward(
  recurrent: usize, resetAfter: i32, gates: usize, dOutputs: usize, dFinalHidden: usize, d: usize, dKernel: usize, dRecurrent: usize,
  dBias: usize, dCandidateBias: usize, dHidden0: usize, norms: usize, steps: usize, spare: usize,
): void {
  const units = arg(UNITS), block = bytes(units);
  setArg(GATES, <i32>gates); setArg(RESET_AFTER, resetAfter); setArg(D_OUTPUTS, <i32>dOutputs);
  setArg(D_FINAL_HIDDEN, <i32>dFinalHidden); setArg(D, <i32>d); setArg(D_HIDDEN0, <i32>dHidden0); setArg(NORMS, <i32>norms);
  packColumns(packed(), bytes(8 * 3 * units), recurrent, units, 3 * units, 3 * block, 4);
  parallel(JOB_GRU_BACKWARD, pieceCount());
  packSteps(steps);
  stepsProduct(d, 4 * units, 2 * units, dRecurrent, dKernel, dBias, 3 * units, spare);
  stepsProduct(d + 2 * block, 4 * units, units, 0, dKernel + 2 * block, dBias + 2 * block, 3 * units, spare);
  if (resetAfter) {
    stepsProduct(d + 3 * block, 4 * units, units, dRecurrent + 2 * block, 0, dCandidateBias, 3 * units, spare);
  } else {
    packStepsOf(steps, gates + 3 * block, 4 * units);
    stepsProduct(d + 2 * block, 4 * units, units, dRecurrent + 2 * block, 0, dCandidateBias, 3 * units, spare);
  }
}

export function gruBackwardPiece(piece: i32): void {
  const b = firstRow(piece), rows = rowsOf(piece), units = arg(UNITS), width = 4 * units, block = bytes(units);
  // Workspace: dL/dh [rows, units], gradient of r h [rows, units].
  const dh = workOf(piece), dq = dh + bytes(rows * units);
  const candidate = packed() + bytes(8 * 2 * units);
  passIncoming(dh, <usize>arg(D_FINAL_HIDDEN), b, rows);
  for (let count = arg(TIME) - 1; count >= 0; count--) {
    const t = stepAt(count), d = <usize>arg(D) + bytes((t * arg(BATCH) + b) * width);
    for (let row = 0; row < rows; row++) backwardRow(b + row, t, d + bytes(row * width), dh + bytes(row * units));
    if (!arg(RESET_AFTER)) {
      memory.fill(dq, 0, bytes(rows * units));
      addProduct(dq, rows, d + 2 * block, bytes(width), units, candidate, 3 * units);
      for (let row = 0; row < rows; row++) resetRow(b + row, t, d + bytes(row * width), dh + bytes(row * units), dq + bytes(row * units));
    } else if (count > 0 || arg(D_HIDDEN0) != 0) {
      addProduct(dh, rows, d + 3 * block, bytes(width), units, candidate, 3 * units);
    }
    if (count > 0 || arg(D_HIDDEN0) != 0) addProduct(dh, rows, d, bytes(width), 2 * units, packed(), 3 * units);
  }
  if (arg(D_HIDDEN0) != 0) memory.copy(<usize>arg(D_HIDDEN0) + bytes(b * units), dh, bytes(rows * units));
}

/** Takes dL/dh after the step; leaves D (for reset before without r's part), and in dh the direct part z dh. */
function backwardRow(b: i32, t: i32, d: usize, dh: usize): void {
  const units = arg(UNITS), block = bytes(units), norms = <usize>arg(NORMS);
  addOutputGradient(dh, outputGradient(<usize>arg(D_OUTPUTS), b, t), units);
  if (norms != 0) storeSquares(norms, 0, t, b, rowSquares(dh, units));
  if (isPadding(b, t)) {
    memory.fill(d, 0, bytes(4 * units));
    return;
  }
  const gates = <usize>arg(GATES) + bytes((t * arg(BATCH) + b) * 4 * units), hidden = hiddenBefore(b, t), one = f32x4.splat(1);
  let u = 0;
  if (hidden != 0) {
    for (; u + 8 <= units; u += 8) {
      const at = bytes(u), z = gates + at, n = z + 2 * block, to = d + at;
      const z0 = v128.load(z), z1 = v128.load(z, 16), n0 = v128.load(n), n1 = v128.load(n, 16);
      const h0 = v128.load(dh + at), h1 = v128.load(dh + at, 16), before = hidden + at;
      const dz0 = f32x4.mul(f32x4.mul(h0, f32x4.sub(v128.load(before), n0)), f32x4.mul(z0, f32x4.sub(one, z0)));
      const dz1 = f32x4.mul(f32x4.mul(h1, f32x4.sub(v128.load(before, 16), n1)), f32x4.mul(z1, f32x4.sub(one, z1)));
      const dn0 = f32x4.mul(f32x4.mul(h0, f32x4.sub(one, z0)), f32x4.sub(one, f32x4.mul(n0, n0)));
      const dn1 = f32x4.mul(f32x4.mul(h1, f32x4.sub(one, z1)), f32x4.sub(one, f32x4.mul(n1, n1)));
      store8(to, dz0, dz1);
      store8(to + 2 * block, dn0, dn1);
      store8(dh + at, f32x4.mul(h0, z0), f32x4.mul(h1, z1));
    }
  }
  for (; u < units; u += 4) {
    const left = units - u, at = bytes(u), dhu = load4(dh + at, left);
    const z = load4(gates + at, left), n = load4(gates + 2 * block + at, left);
    const dn = f32x4.mul(f32x4.mul(dhu, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)));
    const dz = f32x4.mul(f32x4.mul(dhu, f32x4.sub(loadOrZero(hidden, u, left), n)), f32x4.mul(z, f32x4.sub(one, z)));
    store4(d + at, dz, left);
    store4(d + 2 * block + at, dn, left);
    store4(dh + at, f32x4.mul(dhu, z), left);
  }
  if (arg(RESET_AFTER)) resetAfterRow(gates + block, d + block);
}

/** Reset after: from n's part of D those of r and of q's product. `gates` and `d` begin at r's. */
function resetAfterRow(gates: usize, d: usize): void {
  const units = arg(UNITS), block = bytes(units), one = f32x4.splat(1);
  let u = 0;
  for (; u + 8 <= units; u += 8) {
    const at = bytes(u), q = gates + 2 * block + at, to = d + at;
    const r0 = v128.load(gates + at), r1 = v128.load(gates + at, 16), n0 = v128.load(to + block), n1 = v128.load(to + block, 16);
    const dr0 = f32x4.mul(f32x4.mul(n0, v128.load(q)), f32x4.mul(r0, f32x4.sub(one, r0)));
    const dr1 = f32x4.mul(f32x4.mul(n1, v128.load(q, 16)), f32x4.mul(r1, f32x4.sub(one, r1)));
    store8(to, dr0, dr1);
    store8(to + 2 * block, f32x4.mul(n0, r0), f32x4.mul(n1, r1));
  }
  for (; u < units; u += 4) {
    const left = units - u, at = bytes(u), r = load4(gates + at, left), dn = load4(d + block + at, left);
    const dr = f32x4.mul(f32x4.mul(dn, load4(gates + 2 * block + at, left)), f32x4.mul(r, f32x4.sub(one, r)));
    store4(d + at, dr, left);
    store4(d + 2 * block + at, f32x4.mul(dn, r), left);
  }
}

/** Reset before: dq is the gradient of r h; adds its parts to r and to dh. */
function resetRow(b: i32, t: i32, d: usize, dh: usize, dq: usize): void {
  if (isPadding(b, t)) return;
  const units = arg(UNITS), hidden = hiddenBefore(b, t), one = f32x4.splat(1);
  const gates = <usize>arg(GATES) + bytes((t * arg(BATCH) + b) * 4 * units) + bytes(units);
  for (let u = 0; u < units; u += 4) {
    const left = units - u, at = bytes(u), r = load4(gates + at, left), g = load4(dq + at, left);
    const dr = f32x4.mul(f32x4.mul(g, loadOrZero(hidden, u, left)), f32x4.mul(r, f32x4.sub(one, r)));
    store4(d + bytes(units) + at, dr, left);
    store4(d + bytes(3 * units) + at, f32x4.splat(0), left);
    store4(dh + at, mad(g, r, load4(dh + at, left)), left);
  }
}
