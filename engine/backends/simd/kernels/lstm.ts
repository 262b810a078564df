// The LSTM kernels of the simd backend: one call over the whole sequence, forward and backward.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';
import {
  callOf,
  gradientWorkspace,
  type RecurrentInputs,
  type RecurrentListener,
  reportSquares,
  roundUp,
  sizesOf,
  withRecurrentCall,
} from './recurrent.ts';

export interface LstmInputs extends RecurrentInputs {
  readonly initialCell?: TensorInfo | undefined;
  readonly reverse: boolean;
}

export interface LstmStates {
  /** [batch, time, units] */
  readonly outputs: TensorInfo;
  readonly finalHidden: TensorInfo;
  readonly finalCell: TensorInfo;
}

/** With what the backward pass needs. */
export interface LstmOutputs extends LstmStates {
  /** Gates i, f, g, o after their functions, [time, batch, 4 * units]. */
  readonly gates: TensorInfo;
  /** [time, batch, units] */
  readonly cells: TensorInfo;
}

/** Gradients of the outputs; absent where the loss does not depend on them. */
export interface LstmIncoming {
  readonly outputs: TensorInfo | null | undefined;
  readonly finalHidden: TensorInfo | null | undefined;
  readonly finalCell: TensorInfo | null | undefined;
}

/** A type, not an interface: it may be read by name. */
export type LstmGradients = {
  /** Gradient of the gates' arguments, [time, batch, 4 * units]; that of x is its product with the kernel. */
  readonly arguments: TensorInfo;
  readonly kernel: TensorInfo;
  readonly recurrentKernel: TensorInfo;
  readonly bias: TensorInfo;
  readonly initialHidden: TensorInfo | undefined;
  readonly initialCell: TensorInfo | undefined;
};

export function lstmForward(backend: SimdBackend, inputs: LstmInputs): LstmOutputs {
  const { batch, time, units } = sizesOf(inputs.x, inputs.recurrentKernel);
  const kept = {
    gates: backend.allocate([time, batch, 4 * units]),
    cells: backend.allocate([time, batch, units]),
  };
  return { ...runForward(backend, inputs, kept), ...kept };
}

/** The same, to the bit, where no backward pass follows: gates and cells of a step stay in the first cache, and none is kept. */
export function lstmStates(backend: SimdBackend, inputs: LstmInputs): LstmStates {
  return runForward(backend, inputs, null);
}

function runForward(
  backend: SimdBackend,
  inputs: LstmInputs,
  kept: Pick<LstmOutputs, 'gates' | 'cells'> | null,
): LstmStates {
  const { batch, time, features, units } = sizesOf(inputs.x, inputs.recurrentKernel);
  const result: LstmStates = {
    outputs: backend.allocate([batch, time, units]),
    finalHidden: backend.allocate([batch, units]),
    finalCell: backend.allocate([batch, units]),
  };
  const depth = 1 + features + units;
  const perRow = kept ? depth : depth + 5 * units;
  const workspace = { perRow, packed: depth * roundUp(4 * units, 8) };
  withRecurrentCall(backend, callOf(inputs, result.outputs), workspace, () =>
    backend.kernels.exports.lstmForward(
      backend.pointerOf(inputs.kernel),
      backend.pointerOf(inputs.recurrentKernel),
      backend.pointerOf(inputs.bias),
      backend.pointerOrZero(inputs.initialCell),
      backend.pointerOrZero(kept?.gates),
      backend.pointerOrZero(kept?.cells),
      backend.pointerOf(result.finalHidden),
      backend.pointerOf(result.finalCell),
    ),
  );
  countFastPath('lstmForward');
  return result;
}

/** Where nothing else holds the saved gates, the gradients of the gates' arguments overwrite them. */
export function lstmBackward(
  backend: SimdBackend,
  inputs: LstmInputs,
  saved: Pick<LstmOutputs, 'outputs' | 'gates' | 'cells'>,
  incoming: LstmIncoming,
  listener?: RecurrentListener,
): LstmGradients {
  const sizes = sizesOf(inputs.x, inputs.recurrentKernel);
  const { batch, features, units } = sizes;
  const width = 4 * units;
  const gradients: LstmGradients = {
    arguments: backend.takeOver(saved.gates),
    kernel: backend.allocate([features, width]),
    recurrentKernel: backend.allocate([units, width]),
    bias: backend.allocate([width]),
    initialHidden: inputs.initialHidden && backend.allocate([batch, units]),
    initialCell: inputs.initialCell && backend.allocate([batch, units]),
  };
  const squares = listener && backend.allocate([2, sizes.time, batch]);
  const { steps, spare } = gradientWorkspace(sizes, width);
  const workspace = { perRow: 2 * units, packed: width * roundUp(units, 8), extra: steps + spare };
  withRecurrentCall(backend, callOf(inputs, saved.outputs), workspace, (extra) =>
    backend.kernels.exports.lstmBackward(
      backend.pointerOf(inputs.recurrentKernel),
      backend.pointerOrZero(inputs.initialCell),
      backend.pointerOf(saved.gates),
      backend.pointerOf(saved.cells),
      backend.pointerOrZero(incoming.outputs),
      backend.pointerOrZero(incoming.finalHidden),
      backend.pointerOrZero(incoming.finalCell),
      backend.pointerOf(gradients.arguments),
      backend.pointerOf(gradients.kernel),
      backend.pointerOf(gradients.recurrentKernel),
      backend.pointerOf(gradients.bias),
      backend.pointerOrZero(gradients.initialHidden),
      backend.pointerOrZero(gradients.initialCell),
      backend.pointerOrZero(squares),
      extra,
      extra + 4 * steps,
    ),
  );
  if (squares) reportSquares(backend, squares, listener);
  countFastPath('lstmBackward');
  return gradients;
}
