// The linear layer y = f(x W + b) as one op, f = identity, relu, sigmoid, tanh or GELU. On the simd backend product, bias and
// activation are one kernel, and so are the parts of the gradient; elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import {
  activationGradient,
  linearForward,
  linearGeluForward,
  linearInputGradient,
  weightGradients,
} from '../backends/simd/kernels/linear.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import type { KernelActivation } from '../kernels/codes.ts';
import {
  computed,
  type FusedAttributes,
  type FusedGradient,
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';
import { geluComposed } from './gelu.ts';

export type LinearActivation = KernelActivation;

export interface LinearWeights {
  /** [inputs, outputs] */
  readonly kernel: tf.Tensor2D;
  /** [outputs] */
  readonly bias?: tf.Tensor1D | undefined;
}

/** Without activation: nothing of the value is needed again. */
const LINEAR_KERNEL = 'HindcastLinear';
/** With an activation whose derivative comes from the value. */
const LINEAR_ACTIVATED_KERNEL = 'HindcastLinearActivated';
/** With GELU: its derivative is kept instead of the value, so that the gradient is a product. */
const LINEAR_GELU_KERNEL = 'HindcastLinearGelu';

interface LinearAttributes extends FusedAttributes {
  readonly activation: LinearActivation;
}

/** x [..., inputs] -> [..., outputs]; differentiable in x and the weights. */
export function linear(
  x: tf.Tensor,
  weights: LinearWeights,
  activation: LinearActivation = 'linear',
): tf.Tensor {
  return hasKernel(LINEAR_KERNEL)
    ? linearFused(x, weights, activation)
    : linearComposed(x, weights, activation);
}

function linearFused(x: tf.Tensor, { kernel, bias }: LinearWeights, activation: LinearActivation): tf.Tensor {
  const inputs = { x, kernel, bias };
  if (activation !== 'gelu') {
    const name = activation === 'linear' ? LINEAR_KERNEL : LINEAR_ACTIVATED_KERNEL;
    return runFused(name, inputs, { activation })[0]!;
  }
  const withSlope = tf.engine().state.gradientDepth > 0;
  const [y, slope] = runFused(LINEAR_GELU_KERNEL, inputs, { activation, withSlope });
  slope?.dispose();
  return y!;
}

/** From stock ops, for every backend; the reference of the fused op. */
export function linearComposed(
  x: tf.Tensor,
  { kernel, bias }: LinearWeights,
  activation: LinearActivation,
): tf.Tensor {
  const [inputs, outputs] = kernel.shape;
  const flat = tf.matMul(tf.reshape(x, [-1, inputs]) as tf.Tensor2D, kernel);
  const product = tf.reshape(flat, [...x.shape.slice(0, -1), outputs]);
  const z = bias ? tf.add(product, bias) : product;
  if (activation === 'relu') return tf.relu(z);
  if (activation === 'gelu') return geluComposed(z);
  if (activation === 'sigmoid') return tf.sigmoid(z);
  return activation === 'tanh' ? tf.tanh(z) : z;
}

for (const name of [LINEAR_KERNEL, LINEAR_ACTIVATED_KERNEL]) {
  overrideKernel(name, ({ inputs, attrs, backend }) => {
    const { names, activation } = attrs as unknown as LinearAttributes;
    const { x, kernel, bias } = namedInputs(inputs, names);
    return linearForward(backend, x!, kernel!, bias, activation);
  });
}

overrideKernel(LINEAR_GELU_KERNEL, ({ inputs, attrs, backend }) => {
  const { names, withSlope } = attrs as unknown as LinearAttributes & { readonly withSlope: boolean };
  const { x, kernel, bias } = namedInputs(inputs, names);
  return linearGeluForward(backend, x!, kernel!, bias, withSlope);
});

const inputsToSave = ['x', 'kernel'];

const gradFunc: FusedGradient['gradFunc'] = (dys, saved, attrs) => {
  const { names, activation } = attrs as unknown as LinearAttributes;
  const [x, kernel, kept] = saved as [tf.Tensor, tf.Tensor, tf.Tensor | undefined];
  const dy = dys[0]!;
  const backend = tf.backend() as SimdBackend;
  const dz = kept ? track(activationGradient(backend, activation, kept, dy)) : dy;
  const ofWeights = weightGradients(backend, x, dz, names.includes('bias'));
  return gradientsByPosition(names, {
    x: () => track(linearInputGradient(backend, dz, kernel)),
    kernel: computed(ofWeights.kernel),
    bias: computed(ofWeights.bias),
  });
};

registerFusedGradient({ kernelName: LINEAR_KERNEL, inputsToSave, gradFunc });
registerFusedGradient({
  kernelName: LINEAR_ACTIVATED_KERNEL,
  inputsToSave,
  outputsToSave: [true],
  gradFunc,
});
registerFusedGradient({
  kernelName: LINEAR_GELU_KERNEL,
  inputsToSave,
  outputsToSave: [false, true],
  gradFunc,
});
