// The plain RNN kernels of the simd backend: one call over the whole sequence, forward and backward.
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

export interface RnnInputs extends RecurrentInputs {
  readonly reverse: boolean;
  readonly activation: 'tanh' | 'relu';
}

export interface RnnOutputs {
  /** [batch, time, units] */
  readonly outputs: TensorInfo;
  readonly finalHidden: TensorInfo;
}

/** A type, not an interface: it may be read by name. */
export type RnnGradients = {
  /** Gradient of the activations' arguments, [time, batch, units]. */
  readonly arguments: TensorInfo;
  readonly kernel: TensorInfo;
  readonly recurrentKernel: TensorInfo;
  readonly bias: TensorInfo;
  readonly initialHidden: TensorInfo | undefined;
};

export function rnnForward(backend: SimdBackend, inputs: RnnInputs): RnnOutputs {
  const { batch, time, features, units } = sizesOf(inputs.x, inputs.recurrentKernel);
  const result = {
    outputs: backend.allocate([batch, time, units]),
    finalHidden: backend.allocate([batch, units]),
  };
  const depth = 1 + features + units;
  const workspace = { perRow: depth, packed: depth * roundUp(units, 8) };
  withRecurrentCall(backend, callOf(inputs, result.outputs), workspace, () =>
    backend.kernels.exports.rnnForward(
      backend.pointerOf(inputs.kernel),
      backend.pointerOf(inputs.recurrentKernel),
      backend.pointerOf(inputs.bias),
      inputs.activation === 'relu' ? 1 : 0,
      backend.pointerOf(result.finalHidden),
    ),
  );
  countFastPath('rnnForward');
  return result;
}

export function rnnBackward(
  backend: SimdBackend,
  inputs: RnnInputs,
  outputs: TensorInfo,
  incoming: { readonly [Name in keyof RnnOutputs]: TensorInfo | null | undefined },
  listener?: RecurrentListener,
): RnnGradients {
  const sizes = sizesOf(inputs.x, inputs.recurrentKernel);
  const { batch, time, features, units } = sizes;
  const gradients: RnnGradients = {
    arguments: backend.allocate([time, batch, units]),
    kernel: backend.allocate([features, units]),
    recurrentKernel: backend.allocate([units, units]),
    bias: backend.allocate([units]),
    initialHidden: inputs.initialHidden && backend.allocate([batch, units]),
  };
  const squares = listener && backend.allocate([1, time, batch]);
  const { steps, spare } = gradientWorkspace(sizes, units);
  const workspace = { perRow: units, packed: units * roundUp(units, 8), extra: steps + spare };
  withRecurrentCall(backend, callOf(inputs, outputs), workspace, (extra) =>
    backend.kernels.exports.rnnBackward(
      backend.pointerOf(inputs.recurrentKernel),
      inputs.activation === 'relu' ? 1 : 0,
      backend.pointerOrZero(incoming.outputs),
      backend.pointerOrZero(incoming.finalHidden),
      backend.pointerOf(gradients.arguments),
      backend.pointerOf(gradients.kernel),
      backend.pointerOf(gradients.recurrentKernel),
      backend.pointerOf(gradients.bias),
      backend.pointerOrZero(gradients.initialHidden),
      backend.pointerOrZero(squares),
      extra,
      extra + 4 * steps,
    ),
  );
  if (squares) reportSquares(backend, squares, listener);
  countFastPath('rnnBackward');
  return gradients;
}
