// LSTM over a whole sequence (Hochreiter and Schmidhuber 1997, with forget gate: Gers et al. 2000):
//   i, f, o = sigmoid(x W + h U + b), g = tanh(x W + h U + b), c' = f c + i g, h' = o tanh(c').
// Gates lie in the order i, f, g, o, as in Keras, PyTorch and TensorFlow's BlockLSTMV2.
// Where the backend has a kernel of its own (simd, tensorflow), one call does the whole sequence; elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../backends/simd/backend.ts';
import { inputGradient } from '../../backends/simd/kernels/input-gradient.ts';
import {
  type LstmInputs,
  lstmBackward,
  lstmForward,
  type NormListener,
} from '../../backends/simd/kernels/lstm.ts';
import { overrideKernel } from '../../backends/simd/register.ts';
import {
  computed,
  type FusedAttributes,
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from '../fused.ts';
import { lstmComposed } from './lstm-composed.ts';
import { isCoveredByTensorflow, lstmOnTensorflow } from './lstm-tensorflow.ts';
import type { RecurrentOptions, RecurrentResult, RecurrentWeights } from './recurrent-types.ts';

export interface LstmWeights extends RecurrentWeights {
  /** [4 * units] */
  readonly bias: tf.Tensor1D;
}

export interface LstmOptions extends RecurrentOptions {
  /** Cell state before the first step, [batch, units]; zeros if absent. */
  readonly initialCell?: tf.Tensor2D | undefined;
}

export interface LstmResult extends RecurrentResult {
  /** Cell state after the last step taken, [batch, units]. */
  readonly finalCell: tf.Tensor2D;
  /** With `returnGates`: cell state after every step, [batch, time, units]. */
  readonly cells?: tf.Tensor3D | undefined;
}

const LSTM_KERNEL = 'HindcastLstm';

interface LstmAttributes extends FusedAttributes {
  readonly reverse: boolean;
  readonly onGradientNorms: NormListener | undefined;
}

/**
 * @param x [batch, time, features], time at least 1
 * @param weights kernel [features, 4 * units], recurrentKernel [units, 4 * units], bias [4 * units]
 * @returns outputs [batch, time, units], finalHidden and finalCell [batch, units]; differentiable in x, the weights and
 *   the initial state
 */
export function lstm(x: tf.Tensor3D, weights: LstmWeights, options: LstmOptions = {}): LstmResult {
  if (isCoveredByTensorflow(options)) return lstmOnTensorflow(x, weights, options);
  if (!hasKernel(LSTM_KERNEL)) return lstmComposed(x, weights, options);
  const { initialHidden, initialCell, mask, reverse = false, onGradientNorms } = options;
  const { kernel, recurrentKernel, bias } = weights;
  const inputs = { x, kernel, recurrentKernel, bias, initialHidden, initialCell, mask };
  const [outputs, finalHidden, finalCell, gates, cells] = runFused(LSTM_KERNEL, inputs, {
    reverse,
    onGradientNorms,
  });
  const result = {
    outputs: outputs as tf.Tensor3D,
    finalHidden: finalHidden as tf.Tensor2D,
    finalCell: finalCell as tf.Tensor2D,
  };
  const activations = options.returnGates
    ? {
        gates: tf.transpose(gates as tf.Tensor3D, [1, 0, 2]),
        cells: tf.transpose(cells as tf.Tensor3D, [1, 0, 2]),
      }
    : {};
  gates!.dispose();
  cells!.dispose();
  return { ...result, ...activations };
}

function kernelInputs<T extends tf.TensorInfo>(
  tensors: Record<string, T | undefined> | readonly T[],
  attributes: LstmAttributes,
) {
  // The names were made by runFused from LstmInputs' own.
  return { ...namedInputs(tensors, attributes.names), reverse: attributes.reverse } as unknown as LstmInputs;
}

overrideKernel(LSTM_KERNEL, ({ inputs, attrs, backend }) => {
  const result = lstmForward(backend, kernelInputs(inputs, attrs as unknown as LstmAttributes));
  return [result.outputs, result.finalHidden, result.finalCell, result.gates, result.cells];
});

registerFusedGradient({
  kernelName: LSTM_KERNEL,
  outputsToSave: [true, false, false, true, true],
  gradFunc: (dys, saved, attrs) => {
    const attributes = attrs as unknown as LstmAttributes;
    const inputs = kernelInputs(saved, attributes);
    const [outputs, gates, cells] = saved.slice(attributes.names.length) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [dOutputs, dFinalHidden, dFinalCell] = dys;
    const backend = tf.backend() as SimdBackend;
    const incoming = { outputs: dOutputs, finalHidden: dFinalHidden, finalCell: dFinalCell };
    const gradients = lstmBackward(
      backend,
      inputs,
      { outputs, gates, cells },
      incoming,
      attributes.onGradientNorms,
    );
    const gateArguments = track(gradients.gateArguments);
    return gradientsByPosition(attributes.names, {
      x: () => track(inputGradient(backend, gateArguments, inputs.kernel)),
      kernel: computed(gradients.kernel),
      recurrentKernel: computed(gradients.recurrentKernel),
      bias: computed(gradients.bias),
      initialHidden: computed(gradients.initialHidden),
      initialCell: computed(gradients.initialCell),
    });
  },
});
