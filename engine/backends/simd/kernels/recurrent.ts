// What the recurrent kernels (lstm, gru, rnn) share on the calling side: sizes, workspace, and the arguments of a call.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';

export interface RecurrentSizes {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
}

export interface RecurrentCall extends RecurrentSizes {
  /** [batch, time, features] */
  readonly x: TensorInfo;
  /** [batch, time, units] */
  readonly outputs: TensorInfo;
  readonly initialHidden: TensorInfo | undefined;
  readonly mask: TensorInfo | undefined;
  readonly reverse: boolean;
}

/** Workspace of one call, in floats. */
export interface RecurrentWorkspace {
  /** Of one batch row, multiplied by the rows of a piece (rounded up to 4). */
  readonly perRow: number;
  /** Packed weights. */
  readonly packed: number;
  /** Anything else, for the whole call. */
  readonly extra?: number;
}

const LINE_FLOATS = 16;
/** Most batch rows of a piece: their packed inputs and one panel of weights stay in the first cache. */
const MOST_ROWS = 16;

export function sizesOf(x: TensorInfo, recurrentKernel: TensorInfo): RecurrentSizes {
  const [batch, time, features] = x.shape as [number, number, number];
  return { batch, time, features, units: recurrentKernel.shape[0]! };
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Rows of a piece: a share of the batch for every thread, in whole register tiles. Results do not depend on it. */
function rowsOfPiece(batch: number, threads: number): number {
  return Math.min(MOST_ROWS, roundUp(Math.ceil(batch / threads), 4));
}

/** Describes the call to the kernels and runs `use` with the address of the `extra` workspace. */
export function withRecurrentCall(
  backend: SimdBackend,
  call: RecurrentCall,
  workspace: RecurrentWorkspace,
  use: (extra: number) => void,
): void {
  const rows = rowsOfPiece(call.batch, backend.kernels.threads);
  const pieces = Math.ceil(call.batch / rows);
  const perPiece = roundUp(workspace.perRow * rows, LINE_FLOATS);
  const packed = roundUp(workspace.packed, LINE_FLOATS);
  backend.withScratch(4 * (pieces * perPiece + packed + (workspace.extra ?? 0)), (work) => {
    const packedAt = work + 4 * pieces * perPiece;
    backend.kernels.exports.describe(
      call.batch,
      call.time,
      call.features,
      call.units,
      backend.pointerOf(call.x),
      backend.pointerOf(call.outputs),
      backend.pointerOrZero(call.initialHidden),
      backend.pointerOrZero(call.mask),
      call.reverse ? 1 : 0,
      rows,
      work,
      4 * perPiece,
      packedAt,
    );
    use(packedAt + 4 * packed);
  });
}

/** Floats that the weights' gradients need: packed steps, and room for sums. */
export function gradientWorkspace(sizes: RecurrentSizes, columns: number): { steps: number; spare: number } {
  const { batch, time, features, units } = sizes;
  const steps = batch * time * 4 * (Math.ceil(units / 4) + Math.ceil((features + 1) / 4));
  return {
    steps: roundUp(steps, LINE_FLOATS),
    spare: (roundUp(units, 4) + roundUp(features + 1, 4)) * columns,
  };
}

/** What all recurrent kernels read; those of one cell add their own. */
export interface RecurrentInputs {
  /** [batch, time, features] */
  readonly x: TensorInfo;
  /** [features, gates * units] */
  readonly kernel: TensorInfo;
  /** [units, gates * units] */
  readonly recurrentKernel: TensorInfo;
  readonly bias: TensorInfo;
  readonly initialHidden?: TensorInfo | undefined;
  readonly mask?: TensorInfo | undefined;
}

/** The loss's gradient with respect to the state after each step: Euclidean norms over batch and units, [time] each. */
export interface StateGradients {
  /** |dL/dh_t| */
  readonly hidden: Float32Array;
  /** |dL/dc_t|; absent where there is no cell. */
  readonly cell?: Float32Array;
  /** The same of every example. */
  readonly squares: StateSquares;
}

/** Squared norms over units, [time, batch] each. */
export interface StateSquares {
  /** |dL/dh_t|^2 */
  readonly hidden: Float32Array;
  /** |dL/dc_t|^2; absent where there is no cell. */
  readonly cell?: Float32Array;
}

export type RecurrentListener = (gradients: StateGradients) => void;

/** The call of a kernel on these inputs. */
export function callOf(
  inputs: RecurrentInputs & { readonly reverse: boolean },
  outputs: TensorInfo,
): RecurrentCall {
  const { x, initialHidden, mask, reverse } = inputs;
  return { ...sizesOf(x, inputs.recurrentKernel), x, outputs, initialHidden, mask, reverse };
}

/** Reports the squared norms of every row, [kinds, time, batch] with the kinds hidden and cell, and frees them. */
export function reportSquares(backend: SimdBackend, squares: TensorInfo, listener: RecurrentListener): void {
  const [, time, batch] = squares.shape as [number, number, number];
  const values = backend.readSync(squares.dataId) as Float32Array;
  backend.disposeData(squares.dataId);
  const hidden = values.slice(0, time * batch);
  const cell = values.slice(time * batch);
  listener({
    hidden: normsOverBatch(hidden, batch),
    ...(cell.length > 0 && { cell: normsOverBatch(cell, batch) }),
    squares: { hidden, ...(cell.length > 0 && { cell }) },
  });
}

/** Squares [time, batch] -> norms [time] */
export function normsOverBatch(squares: Float32Array, batch: number): Float32Array {
  return Float32Array.from({ length: squares.length / batch }, (_, t) =>
    Math.sqrt(squares.subarray(t * batch, (t + 1) * batch).reduce((sum, square) => sum + square, 0)),
  );
}
