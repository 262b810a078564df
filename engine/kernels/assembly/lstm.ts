// LSTM over a whole sequence, forward and backward through time (formulas: engine/ops/recurrent/lstm.ts).
// Kept for the backward pass, time-major: the gates after their functions [time, batch, 4 units] and the cells
// [time, batch, units]. At padding (mask 0) state passes unchanged, gates and their gradients are 0.
// Where no backward pass follows, neither is kept: each step of a piece overwrites the gates and cells of the one before, which stay in the
// first cache.
import { arg, parallel, scratch, setArg } from './control';
import { mad } from './fused';
import { JOB_LSTM_BACKWARD, JOB_LSTM_FORWARD } from './jobs';
import { bytes, load4, store4, store8 } from './lanes';
import { sigmoidArray, tanhArray } from './math';
import { packColumns } from './pack';
import {
  addOutputGradient, addProduct, BATCH, beginInputs, depthAt, FEATURES, firstRow, hiddenBefore, hiddenPart, inputRow, isPadding,
  loadOrZero, nextInputs, outputAt, outputGradient, OWN, packed, packSteps, packWeights, pass, passFinal, passIncoming, pieceCount,
  rowsOf, rowSquares, stepAt, stepsProduct, storeSquares, TIME, UNITS, workOf,
} from './recurrent';
import { rowsTimes } from './tile';

const GATES = OWN, CELLS = OWN + 1, CELL0 = OWN + 2, FINAL_HIDDEN = OWN + 3, FINAL_CELL = OWN + 4;
const D_OUTPUTS = OWN + 5, D_FINAL_HIDDEN = OWN + 6, D_FINAL_CELL = OWN + 7, DZ = OWN + 8, D_HIDDEN0 = OWN + 9;
const D_CELL0 = OWN + 10, NORMS = OWN + 11;
/** Bytes of a thread's scratch that the products use. */
const SPARE_BYTES: usize = 128;

/**
 * After `describe`. `packed`: (1 + features + units) x 4 units, columns rounded up to 8. `gates` and `cells` of 0: not kept; a piece's
 * workspace then has room for five times the units of a row behind its inputs.
 */
export function lstmForward(
  kernel: usize, recurrent: usize, bias: usize, cell0: usize, gates: usize, cells: usize, finalHidden: usize, finalCell: usize,
): void {
  setArg(GATES, <i32>gates); setArg(CELLS, <i32>cells); setArg(CELL0, <i32>cell0);
  setArg(FINAL_HIDDEN, <i32>finalHidden); setArg(FINAL_CELL, <i32>finalCell);
  packWeights(packed(), kernel, bias, recurrent, 4 * arg(UNITS), bytes(4 * arg(UNITS)));
  parallel(JOB_LSTM_FORWARD, pieceCount());
}

// @ts-ignore: decorator
@inline
function cellAt(t: i32, b: i32): usize {
  return <usize>arg(CELLS) + bytes((t * arg(BATCH) + b) * arg(UNITS));
}

/** Address of the cell before the step taken as number `count`, of row b; 0 stands for zeros. */
// @ts-ignore: decorator
@inline
function cellBefore(b: i32, count: i32): usize {
  return count > 0 ? cellAt(stepAt(count - 1), b) : firstCell(b);
}

// @ts-ignore: decorator
@inline
function firstCell(b: i32): usize {
  const start = <usize>arg(CELL0);
  return start == 0 ? 0 : start + bytes(b * arg(UNITS));
}

export function lstmForwardPiece(piece: i32): void {
  const b = firstRow(piece), rows = rowsOf(piece), units = arg(UNITS), time = arg(TIME), width = 4 * units;
  const depth = arg(FEATURES) + 1 + units, inputs = workOf(piece), spare = scratch(), isKept = arg(GATES) != 0;
  const ownGates = inputs + <usize>rows * inputRow(), ownCells = ownGates + bytes(rows * width);
  beginInputs(inputs, b, rows);
  for (let count = 0; count < time; count++) {
    const t = stepAt(count);
    nextInputs(inputs, b, rows, t);
    const z = isKept ? <usize>arg(GATES) + bytes((t * arg(BATCH) + b) * width) : ownGates; // [rows, 4 units]
    rowsTimes(rows, width, depthAt(count), inputs, inputRow(), packed(), bytes(8 * depth), z, bytes(width), false, spare);
    for (let row = 0; row < rows; row++) {
      const at = z + bytes(row * width), g = at + bytes(2 * units), o = g + bytes(units);
      sigmoidArray(at, at, 2 * units);
      tanhArray(g, g, units);
      sigmoidArray(o, o, units);
    }
    for (let row = 0; row < rows; row++) {
      const cell = isKept ? cellAt(t, b + row) : ownCells + bytes(row * units);
      const before = isKept || count == 0 ? cellBefore(b + row, count) : cell;
      forwardRow(b + row, t, z + bytes(row * width), before, cell, hiddenPart(inputs + <usize>row * inputRow()));
    }
  }
  passFinal(<usize>arg(FINAL_HIDDEN), b, rows);
  const last = isKept ? cellAt(stepAt(time - 1), b) : ownCells;
  pass(<usize>arg(FINAL_CELL) + bytes(b * units), last, rows * units);
}

/** Up to four units of c' = f c + i g. */
// @ts-ignore: decorator
@inline
function cellLanes(z: usize, before: usize, cell: usize, u: i32, left: i32): void {
  const gate = bytes(arg(UNITS)), at = z + bytes(u);
  const c = mad(load4(at + gate, left), loadOrZero(before, u, left), f32x4.mul(load4(at, left), load4(at + 2 * gate, left)));
  store4(cell + bytes(u), c, left);
}

/**
 * New cell and output of one row, the output to `hidden` too; z [4 units] holds the gates' values, and the cell may lie where the one before
 * does. The gates' functions run in loops of their own (lstmForwardPiece): independent iterations keep the pipes full, while one loop over everything would wait for itself.
 */
function forwardRow(b: i32, t: i32, z: usize, before: usize, cell: usize, hidden: usize): void {
  const units = arg(UNITS), output = outputAt(b, t);
  if (isPadding(b, t)) {
    pass(output, hiddenBefore(b, t), units);
    pass(cell, before, units);
    memory.fill(z, 0, bytes(4 * units));
    return;
  }
  const gate = bytes(units);
  let u = 0;
  if (before != 0) {
    for (; u + 8 <= units; u += 8) {
      const at = bytes(u), i = z + at, f = i + gate, g = f + gate;
      const c0 = mad(v128.load(f), v128.load(before + at), f32x4.mul(v128.load(i), v128.load(g)));
      const c1 = mad(v128.load(f, 16), v128.load(before + at, 16), f32x4.mul(v128.load(i, 16), v128.load(g, 16)));
      store8(cell + at, c0, c1);
    }
  }
  for (; u < units; u += 4) cellLanes(z, before, cell, u, units - u);
  tanhArray(cell, output, units);
  u = 0;
  for (; u + 8 <= units; u += 8) {
    const at = bytes(u), o = z + 3 * gate + at;
    const h0 = f32x4.mul(v128.load(o), v128.load(output + at)), h1 = f32x4.mul(v128.load(o, 16), v128.load(output + at, 16));
    store8(output + at, h0, h1);
    store8(hidden + at, h0, h1);
  }
  for (; u < units; u += 4) {
    const left = units - u, at = bytes(u);
    const h = f32x4.mul(load4(z + 3 * gate + at, left), load4(output + at, left));
    store4(output + at, h, left);
    store4(hidden + at, h, left);
  }
}

/**
 * After `describe` with the forward call's values. Writes dz [time, batch, 4 units], which may overwrite the gates (then less
 * has to pass through the caches), the gradients of the weights and of the initial state (0: not wanted), and, where `norms` is not 0, the
 * squared norms of dL/dh and dL/dc of every step and row [2, time, batch]. `packed`: 4 units x units, columns rounded up to 8; `steps`:
 * see packSteps; `spare`: see stepsProduct. Incoming gradients may be 0.
 */
export function lstmBackward(
  recurrent: usize, cell0: usize, gates: usize, cells: usize, dOutputs: usize, dFinalHidden: usize, dFinalCell: usize, dz: usize,
  dKernel: usize, dRecurrent: usize, dBias: usize, dHidden0: usize, dCell0: usize, norms: usize, steps: usize, spare: usize,
): void {
  const units = arg(UNITS);
  setArg(GATES, <i32>gates); setArg(CELLS, <i32>cells); setArg(CELL0, <i32>cell0); setArg(D_OUTPUTS, <i32>dOutputs);
  setArg(D_FINAL_HIDDEN, <i32>dFinalHidden); setArg(D_FINAL_CELL, <i32>dFinalCell); setArg(DZ, <i32>dz);
  setArg(D_HIDDEN0, <i32>dHidden0); setArg(D_CELL0, <i32>dCell0); setArg(NORMS, <i32>norms);
  packColumns(packed(), bytes(8 * 4 * units), recurrent, units, 4 * units, bytes(4 * units), 4);
  parallel(JOB_LSTM_BACKWARD, pieceCount());
  packSteps(steps);
  stepsProduct(dz, 4 * units, 4 * units, dRecurrent, dKernel, dBias, 4 * units, spare);
}

export function lstmBackwardPiece(piece: i32): void {
  const b = firstRow(piece), rows = rowsOf(piece), units = arg(UNITS), time = arg(TIME), width = 4 * units;
  // Workspace: dL/dh [rows, units], dL/dc [rows, units].
  const dh = workOf(piece), dc = dh + bytes(rows * units);
  passIncoming(dh, <usize>arg(D_FINAL_HIDDEN), b, rows);
  passIncoming(dc, <usize>arg(D_FINAL_CELL), b, rows);
  for (let count = time - 1; count >= 0; count--) {
    const t = stepAt(count), dz = <usize>arg(DZ) + bytes((t * arg(BATCH) + b) * width);
    for (let row = 0; row < rows; row++) {
      backwardRow(b + row, t, count, dz + bytes(row * width), dh + bytes(row * units), dc + bytes(row * units));
    }
    // Rows at padding have dz = 0 and keep their dh; the others come in with dh = 0.
    if (count > 0 || arg(D_HIDDEN0) != 0) addProduct(dh, rows, dz, bytes(width), width, packed(), width);
  }
  if (arg(D_HIDDEN0) != 0) memory.copy(<usize>arg(D_HIDDEN0) + bytes(b * units), dh, bytes(rows * units));
  if (arg(D_CELL0) != 0) memory.copy(<usize>arg(D_CELL0) + bytes(b * units), dc, bytes(rows * units));
}

/**
 * One row of one step: takes dL/dh and dL/dc after it, leaves dz, dL/dc before it, and in dh what does not go through z. The gates
 * may lie where dz goes: what is read of a lane is read before its dz is written.
 */
function backwardRow(b: i32, t: i32, count: i32, dz: usize, dh: usize, dc: usize): void {
  const units = arg(UNITS), norms = <usize>arg(NORMS);
  const z = <usize>arg(GATES) + bytes((t * arg(BATCH) + b) * 4 * units), before = cellBefore(b, count);
  addOutputGradient(dh, outputGradient(<usize>arg(D_OUTPUTS), b, t), units);
  if (norms != 0) storeSquares(norms, 0, t, b, rowSquares(dh, units));
  if (isPadding(b, t)) {
    memory.fill(dz, 0, bytes(4 * units));
    if (norms != 0) storeSquares(norms, 1, t, b, rowSquares(dc, units));
    return;
  }
  const tc = scratch() + SPARE_BYTES; // tanh of the cell [units]
  tanhArray(cellAt(t, b), tc, units);
  const one = f32x4.splat(1), zero = f32x4.splat(0), gate = bytes(units);
  let squares = zero, others = zero, u = 0; // of dL/dc
  if (before != 0) {
    for (; u + 8 <= units; u += 8) {
      const at = bytes(u), i = z + at, f = i + gate, g = f + gate, o = g + gate, to = dz + at;
      const i0 = v128.load(i), i1 = v128.load(i, 16), f0 = v128.load(f), f1 = v128.load(f, 16);
      const g0 = v128.load(g), g1 = v128.load(g, 16), o0 = v128.load(o), o1 = v128.load(o, 16);
      const b0 = v128.load(before + at), b1 = v128.load(before + at, 16), t0 = v128.load(tc + at), t1 = v128.load(tc + at, 16);
      const h0 = v128.load(dh + at), h1 = v128.load(dh + at, 16);
      const c0 = mad(f32x4.mul(h0, o0), f32x4.sub(one, f32x4.mul(t0, t0)), v128.load(dc + at));
      const c1 = mad(f32x4.mul(h1, o1), f32x4.sub(one, f32x4.mul(t1, t1)), v128.load(dc + at, 16));
      store8(to, f32x4.mul(f32x4.mul(c0, g0), f32x4.mul(i0, f32x4.sub(one, i0))), f32x4.mul(f32x4.mul(c1, g1), f32x4.mul(i1, f32x4.sub(one, i1))));
      store8(
        to + gate,
        f32x4.mul(f32x4.mul(c0, b0), f32x4.mul(f0, f32x4.sub(one, f0))),
        f32x4.mul(f32x4.mul(c1, b1), f32x4.mul(f1, f32x4.sub(one, f1))),
      );
      store8(
        to + 2 * gate,
        f32x4.mul(f32x4.mul(c0, i0), f32x4.sub(one, f32x4.mul(g0, g0))),
        f32x4.mul(f32x4.mul(c1, i1), f32x4.sub(one, f32x4.mul(g1, g1))),
      );
      store8(
        to + 3 * gate,
        f32x4.mul(f32x4.mul(h0, t0), f32x4.mul(o0, f32x4.sub(one, o0))),
        f32x4.mul(f32x4.mul(h1, t1), f32x4.mul(o1, f32x4.sub(one, o1))),
      );
      store8(dc + at, f32x4.mul(c0, f0), f32x4.mul(c1, f1));
      store8(dh + at, zero, zero);
      squares = mad(c0, c0, squares);
      others = mad(c1, c1, others);
    }
  }
  for (; u < units; u += 4) squares = backwardLanes(z, before, tc, dz, dh, dc, squares, u, units - u);
  if (norms != 0) storeSquares(norms, 1, t, b, f32x4.add(squares, others));
}

/**
 * Of up to four units: gradients of the gates' arguments, and dL/dc before the step; clears dL/dh, which went into them; adds the squares
 * of dL/dc of this step.
 */
// @ts-ignore: decorator
@inline
function backwardLanes(
  z: usize, before: usize, tc: usize, dz: usize, dh: usize, dc: usize, squares: v128, u: i32, left: i32,
): v128 {
  const gate = bytes(arg(UNITS)), at = bytes(u), one = f32x4.splat(1), to = dz + at, from = z + at;
  const i = load4(from, left), f = load4(from + gate, left), g = load4(from + 2 * gate, left), o = load4(from + 3 * gate, left);
  const dhu = load4(dh + at, left), tcu = load4(tc + at, left);
  const dcu = mad(f32x4.mul(dhu, o), f32x4.sub(one, f32x4.mul(tcu, tcu)), load4(dc + at, left));
  store4(to, f32x4.mul(f32x4.mul(dcu, g), f32x4.mul(i, f32x4.sub(one, i))), left);
  store4(to + gate, f32x4.mul(f32x4.mul(dcu, loadOrZero(before, u, left)), f32x4.mul(f, f32x4.sub(one, f))), left);
  store4(to + 2 * gate, f32x4.mul(f32x4.mul(dcu, i), f32x4.sub(one, f32x4.mul(g, g))), left);
  store4(to + 3 * gate, f32x4.mul(f32x4.mul(dhu, tcu), f32x4.mul(o, f32x4.sub(one, o))), left);
  store4(dc + at, f32x4.mul(dcu, f), left);
  store4(dh + at, f32x4.splat(0), left);
  return mad(dcu, dcu, squares);
}
