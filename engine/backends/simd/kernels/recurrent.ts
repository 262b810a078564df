// What the recurrent kernels (lstm, gru, rnn) share on the calling side: sizes, workspace and the description of a call.
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

export function pointerOrZero(backend: SimdBackend, tensor: TensorInfo | null | undefined): number {
  return tensor ? backend.pointerOf(tensor) : 0;
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
      pointerOrZero(backend, call.initialHidden),
      pointerOrZero(backend, call.mask),
      call.reverse ? 1 : 0,
      rows,
      work,
      4 * perPiece,
      packedAt,
    );
    use(packedAt + 4 * packed);
  });
}

/** Floats that the weights' gradients need: packed steps, and room for the inputs' share. */
export function gradientWorkspace(sizes: RecurrentSizes, columns: number): { steps: number; spare: number } {
  const { batch, time, features, units } = sizes;
  const steps = batch * time * 4 * (Math.ceil(units / 4) + Math.ceil((features + 1) / 4));
  return { steps: roundUp(steps, LINE_FLOATS), spare: (features + 4) * columns };
}

/** Sums squared norms [kinds, time, batch] over the batch: one norm for every kind and step. */
export function stepNorms(squares: Float32Array, batch: number): Float32Array {
  const norms = new Float32Array(squares.length / batch);
  for (let step = 0; step < norms.length; step++) {
    let sum = 0;
    for (let row = 0; row < batch; row++) sum += squares[step * batch + row]!;
    norms[step] = Math.sqrt(sum);
  }
  return norms;
}
