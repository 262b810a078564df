// The linear layer y = f(x W + b) as one op, f = identity, relu, sigmoid, tanh or GELU. On the simd backend product, bias and
// activation are one kernel, and so are the parts of the gradient; elsewhere stock ops are used.
import * as tf from '@tensorflow/tfjs-core';
import {
  activationGradient,
  linearForward,
  linearGeluForward,
  linearInputGradient,
  weightGradients,
} from '../backends/simd/kernels/linear.ts';
import type { KernelActivation } from '../kernels/codes.ts';
import { type BackwardCall, defineOp, type OpGradient } from './define-op.ts';
import { track } from './fused.ts';
import { geluComposed } from './gelu.ts';

export type LinearActivation = KernelActivation;

export interface LinearWeights {
  /** [inputs, outputs] */
  readonly kernel: tf.Tensor2D;
  /** [outputs] */
  readonly bias?: tf.Tensor1D | undefined;
}

interface LinearInputs {
  readonly x: tf.TensorInfo;
  readonly kernel: tf.TensorInfo;
  readonly bias?: tf.TensorInfo | undefined;
}

interface LinearAttributes {
  readonly activation: LinearActivation;
}

/** `kept`: the value or its derivative, which the gradient of the activation needs; absent without activation. */
function backward({
  backend,
  inputs: { x, kernel, bias },
  attributes: { activation },
  outputs: [kept],
  incoming,
}: BackwardCall<LinearInputs, LinearAttributes>): Record<string, OpGradient> {
  const dy = incoming[0]!;
  const dz = kept ? track(activationGradient(backend, activation, kept, dy)) : dy;
  const ofWeights = weightGradients(backend, x, dz, bias !== undefined);
  return { x: () => linearInputGradient(backend, dz, kernel), ...ofWeights };
}

const defineLinear = (kernelName: string, outputsToSave: readonly boolean[]) =>
  defineOp<LinearInputs, LinearAttributes>({
    kernelName,
    outputsToSave,
    forward: ({ backend, inputs: { x, kernel, bias }, attributes: { activation } }) =>
      linearForward(backend, x, kernel, bias, activation),
    backward,
  });

/** Without activation: nothing of the value is needed again. */
const linearOp = defineLinear('HindcastLinear', []);
/** With an activation whose derivative comes from the value. */
const activatedOp = defineLinear('HindcastLinearActivated', [true]);
/** With GELU: its derivative is kept instead of the value, so that the gradient is a product. */
const geluOp = defineOp<LinearInputs, LinearAttributes & { readonly withSlope: boolean }>({
  kernelName: 'HindcastLinearGelu',
  outputsToSave: [false, true],
  forward: ({ backend, inputs: { x, kernel, bias }, attributes: { withSlope } }) =>
    linearGeluForward(backend, x, kernel, bias, withSlope),
  backward,
});

/** x [..., inputs] -> [..., outputs]; differentiable in x and the weights. */
export function linear(
  x: tf.Tensor,
  weights: LinearWeights,
  activation: LinearActivation = 'linear',
): tf.Tensor {
  return linearOp.isAvailable()
    ? linearFused(x, weights, activation)
    : linearComposed(x, weights, activation);
}

function linearFused(x: tf.Tensor, { kernel, bias }: LinearWeights, activation: LinearActivation): tf.Tensor {
  const inputs = { x, kernel, bias };
  if (activation !== 'gelu') {
    const op = activation === 'linear' ? linearOp : activatedOp;
    return op.run(inputs, { activation })[0]!;
  }
  const withSlope = tf.engine().state.gradientDepth > 0;
  const [y, slope] = geluOp.run(inputs, { activation, withSlope });
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
