// Scaled dot-product attention of several heads (Vaswani et al. 2017): for every head
//   outputs = softmax(scale Q K^T) V, where padding and causality may hide keys from a query.
// The simd backend never stores the weight matrix (Dao et al., FlashAttention, 2022); elsewhere stock ops are used.
import * as tf from '@tensorflow/tfjs-core';
import {
  type AttentionCall,
  type AttentionParts,
  attentionBackward,
  attentionForward,
} from '../../backends/simd/kernels/attention.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { type BackwardCall, defineOp, type OpCall } from '../define-op.ts';
import { attentionComposed } from './attention-composed.ts';
import { type AttentionOptions, type AttentionResult, headWidth } from './attention-types.ts';

export type { AttentionOptions, AttentionResult } from './attention-types.ts';

interface Attributes extends Pick<AttentionCall, 'heads' | 'dim' | 'causal' | 'scale' | 'dropout'> {
  readonly returnWeights: boolean;
}

interface SeparateInputs {
  readonly query: tf.TensorInfo;
  readonly key: tf.TensorInfo;
  readonly value: tf.TensorInfo;
  readonly mask?: tf.TensorInfo | undefined;
}

interface JoinedInputs {
  readonly projected: tf.TensorInfo;
  readonly mask?: tf.TensorInfo | undefined;
}

/** The outputs and their logarithms are saved; the weights are not. */
const outputsToSave = [true, true, false];

const attentionOp = defineOp<SeparateInputs, Attributes>({
  kernelName: 'HindcastAttention',
  outputsToSave,
  forward: (call) => forward(call, separateCall(call)),
  backward(call) {
    const attention = separateCall(call);
    const like = ({ tensor }: { tensor: tf.TensorInfo }) => ({
      tensor: call.backend.allocate(tensor.shape),
      offset: 0,
    });
    const gradients = {
      query: like(attention.query),
      key: like(attention.key),
      value: like(attention.value),
    };
    backward(call, attention, gradients);
    return {
      query: gradients.query.tensor,
      key: gradients.key.tensor,
      value: gradients.value.tensor,
    };
  },
});

const selfAttentionOp = defineOp<JoinedInputs, Attributes>({
  kernelName: 'HindcastSelfAttention',
  outputsToSave,
  forward: (call) => forward(call, joinedCall(call)),
  backward(call) {
    const attention = joinedCall(call);
    const gradient = call.backend.allocate(attention.query.tensor.shape);
    backward(call, attention, parts(gradient, call.attributes));
    return { projected: gradient };
  },
});

function attributesOf(width: number, options: AttentionOptions): Attributes {
  const { heads, causal = false, dropout, returnWeights = false } = options;
  const dim = headWidth(width, heads);
  const chosen = dropout && dropout.rate > 0 ? dropout : undefined;
  return { heads, dim, causal, scale: options.scale ?? 1 / Math.sqrt(dim), dropout: chosen, returnWeights };
}

function resultOf([outputs, logs, weights]: readonly tf.Tensor[]): AttentionResult {
  logs!.dispose();
  return { outputs: outputs as tf.Tensor3D, weights: weights as tf.Tensor4D | undefined };
}

function checkShapes(query: tf.Tensor3D, key: tf.Tensor3D, value: tf.Tensor3D): void {
  const [batch, , width] = query.shape;
  const fits = [key, value].every(({ shape }) => shape[0] === batch && shape[2] === width);
  if (fits && key.shape[1] === value.shape[1]) return;
  throw new HindcastError(
    'invalid-input',
    `Attention needs queries, keys and values of one batch size and width, and as many values as keys: given are [${query.shape}], [${key.shape}] and [${value.shape}].`,
  );
}

/**
 * @param query [batch, queries, width], head after head in the width
 * @param key and value: [batch, keys, width]
 * @returns outputs [batch, queries, width]; differentiable in query, key and value
 */
export function attention(
  query: tf.Tensor3D,
  key: tf.Tensor3D,
  value: tf.Tensor3D,
  options: AttentionOptions,
): AttentionResult {
  checkShapes(query, key, value);
  if (!attentionOp.isAvailable()) return attentionComposed(query, key, value, options);
  const inputs = { query, key, value, mask: options.mask };
  return resultOf(attentionOp.run(inputs, attributesOf(query.shape[2], options)));
}

/**
 * Attention of a sequence to itself, with queries, keys and values side by side as one product of the weights makes them.
 * @param projected [batch, time, 3 * width]
 * @returns outputs [batch, time, width]; differentiable in `projected`
 */
export function selfAttention(projected: tf.Tensor3D, options: AttentionOptions): AttentionResult {
  const width = projected.shape[2] / 3;
  if (!selfAttentionOp.isAvailable()) {
    const [query, key, value] = tf.split(projected, 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    return attentionComposed(query, key, value, options);
  }
  const inputs = { projected, mask: options.mask };
  return resultOf(selfAttentionOp.run(inputs, attributesOf(width, options)));
}

function separateCall({ inputs, attributes }: OpCall<SeparateInputs, Attributes>): AttentionCall {
  const whole = (tensor: tf.TensorInfo) => ({ tensor, offset: 0 });
  const { query, key, value, mask } = inputs;
  return { ...attributes, query: whole(query), key: whole(key), value: whole(value), mask };
}

/** The three parts of a row. */
function parts(tensor: tf.TensorInfo, { heads, dim }: Attributes): AttentionParts {
  const part = (index: number) => ({ tensor, offset: index * heads * dim });
  return { query: part(0), key: part(1), value: part(2) };
}

function joinedCall({ inputs, attributes }: OpCall<JoinedInputs, Attributes>): AttentionCall {
  return { ...attributes, ...parts(inputs.projected, attributes), mask: inputs.mask };
}

function forward(
  { backend, attributes }: OpCall<unknown, Attributes>,
  attention: AttentionCall,
): tf.TensorInfo[] {
  const { outputs, logs, weights } = attentionForward(backend, attention, attributes.returnWeights);
  return weights ? [outputs, logs, weights] : [outputs, logs];
}

/** Writes the gradients to `gradients`. */
function backward(
  { backend, outputs: [outputs, logs], incoming: [dOutputs] }: BackwardCall<unknown, Attributes>,
  attention: AttentionCall,
  gradients: AttentionParts,
): void {
  attentionBackward(backend, attention, { outputs: outputs!, logs: logs! }, dOutputs!, gradients);
}
