// The linear layer y = f(x W + b) as one op, f = identity, relu, sigmoid or tanh. On the simd backend product, bias and
// activation are one kernel, and so are the parts of the gradient; elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import { activationGradient, linearForward, weightGradients } from '../backends/simd/kernels/linear.ts';
import { matmul } from '../backends/simd/kernels/matmul.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import type { KernelActivation } from '../kernels/codes.ts';
import {
  computed,
  type FusedAttributes,
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';

export type LinearActivation = KernelActivation;

export interface LinearWeights {
  /** [inputs, outputs] */
  readonly kernel: tf.Tensor2D;
  /** [outputs] */
  readonly bias?: tf.Tensor1D | undefined;
}

const LINEAR_KERNEL = 'HindcastLinear';

interface LinearAttributes extends FusedAttributes {
  readonly activation: LinearActivation;
}

/** x [..., inputs] -> [..., outputs]; differentiable in x and the weights. */
export function linear(
  x: tf.Tensor,
  weights: LinearWeights,
  activation: LinearActivation = 'linear',
): tf.Tensor {
  const [inputs, outputs] = weights.kernel.shape;
  const op = hasKernel(LINEAR_KERNEL) ? linearFused : linearComposed;
  if (x.rank === 2) return op(x as tf.Tensor2D, weights, activation);
  const rows = tf.reshape(x, [-1, inputs]) as tf.Tensor2D;
  return tf.reshape(op(rows, weights, activation), [...x.shape.slice(0, -1), outputs]);
}

function linearFused(
  x: tf.Tensor2D,
  { kernel, bias }: LinearWeights,
  activation: LinearActivation,
): tf.Tensor {
  return runFused(LINEAR_KERNEL, { x, kernel, bias }, { activation })[0]!;
}

/** From stock ops, for every backend; the reference of the fused op. x [rows, inputs]. */
export function linearComposed(
  x: tf.Tensor2D,
  { kernel, bias }: LinearWeights,
  activation: LinearActivation,
): tf.Tensor {
  const product = tf.matMul(x, kernel);
  const z = bias ? tf.add(product, bias) : product;
  if (activation === 'relu') return tf.relu(z);
  if (activation === 'sigmoid') return tf.sigmoid(z);
  return activation === 'tanh' ? tf.tanh(z) : z;
}

overrideKernel(LINEAR_KERNEL, ({ inputs, attrs, backend }) => {
  const { names, activation } = attrs as unknown as LinearAttributes;
  const { x, kernel, bias } = namedInputs(inputs, names);
  return linearForward(backend, x!, kernel!, bias, activation);
});

registerFusedGradient({
  kernelName: LINEAR_KERNEL,
  outputsToSave: [true],
  gradFunc: (dys, saved, attrs) => {
    const { names, activation } = attrs as unknown as LinearAttributes;
    const { x, kernel } = namedInputs(saved, names);
    const y = saved[names.length]!;
    const dy = dys[0]!;
    const backend = tf.backend() as SimdBackend;
    const dz = activation === 'linear' ? dy : track(activationGradient(backend, activation, y, dy));
    const ofWeights = weightGradients(backend, x!, dz, names.includes('bias'));
    return gradientsByPosition(names, {
      x: () => track(matmul(backend, dz, kernel!, { transposeB: true })),
      kernel: computed(ofWeights.kernel),
      bias: computed(ofWeights.bias),
    });
  },
});
