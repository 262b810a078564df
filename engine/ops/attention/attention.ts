// Scaled dot-product attention of several heads (Vaswani et al. 2017): for every head
//   outputs = softmax(scale Q K^T) V, where a query may be barred from keys by padding and by time.
// The simd backend never holds the matrix of weights (Dao et al., FlashAttention, 2022); elsewhere stock ops do.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../backends/simd/backend.ts';
import {
  type AttentionCall,
  attentionBackward,
  attentionForward,
} from '../../backends/simd/kernels/attention.ts';
import { overrideKernel } from '../../backends/simd/register.ts';
import { HindcastError } from '../../contract/errors.ts';
import {
  computed,
  type FusedAttributes,
  gradientsByPosition,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
} from '../fused.ts';
import { attentionComposed } from './attention-composed.ts';
import { type AttentionOptions, type AttentionResult, headWidth } from './attention-types.ts';

export type { AttentionOptions, AttentionResult } from './attention-types.ts';

const ATTENTION_KERNEL = 'HindcastAttention';
const SELF_ATTENTION_KERNEL = 'HindcastSelfAttention';

type CallAttributes = Pick<AttentionCall, 'heads' | 'dim' | 'causal' | 'scale' | 'dropout'>;
type Attributes = FusedAttributes & CallAttributes & { readonly returnWeights: boolean };
type Inputs = Parameters<typeof namedInputs<tf.TensorInfo>>[0];

function attributesOf(width: number, options: AttentionOptions): Omit<Attributes, 'names'> {
  const { heads, causal = false, dropout, returnWeights = false } = options;
  const dim = headWidth(width, heads);
  const chosen = dropout && dropout.rate > 0 ? dropout : undefined;
  return { heads, dim, causal, scale: options.scale ?? 1 / Math.sqrt(dim), dropout: chosen, returnWeights };
}

function runAttention(
  kernelName: string,
  inputs: Record<string, tf.Tensor | undefined>,
  attributes: Omit<Attributes, 'names'>,
): AttentionResult {
  const [outputs, logs, weights] = runFused(kernelName, inputs, attributes);
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
  if (!hasKernel(ATTENTION_KERNEL)) return attentionComposed(query, key, value, options);
  const inputs = { query, key, value, mask: options.mask };
  return runAttention(ATTENTION_KERNEL, inputs, attributesOf(query.shape[2], options));
}

/**
 * Attention of a sequence to itself, with queries, keys and values side by side as one product of the weights makes them.
 * @param projected [batch, time, 3 * width]
 * @returns outputs [batch, time, width]; differentiable in `projected`
 */
export function selfAttention(projected: tf.Tensor3D, options: AttentionOptions): AttentionResult {
  const width = projected.shape[2] / 3;
  if (!hasKernel(SELF_ATTENTION_KERNEL)) {
    const [query, key, value] = tf.split(projected, 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    return attentionComposed(query, key, value, options);
  }
  const inputs = { projected, mask: options.mask };
  return runAttention(SELF_ATTENTION_KERNEL, inputs, attributesOf(width, options));
}

function separateCall(tensors: Inputs, attributes: Attributes): AttentionCall {
  const { query, key, value, mask } = namedInputs(tensors, attributes.names);
  const whole = (tensor: tf.TensorInfo | undefined) => ({ tensor: tensor!, offset: 0 });
  return { ...attributes, query: whole(query), key: whole(key), value: whole(value), mask };
}

/** The three parts of a row. */
function parts(tensor: tf.TensorInfo, { heads, dim }: Attributes) {
  const at = (place: number) => ({ tensor, offset: place * heads * dim });
  return { query: at(0), key: at(1), value: at(2) };
}

function joinedCall(tensors: Inputs, attributes: Attributes): AttentionCall {
  const { projected, mask } = namedInputs(tensors, attributes.names);
  return { ...attributes, ...parts(projected!, attributes), mask };
}

function forward(backend: SimdBackend, call: AttentionCall, { returnWeights }: Attributes): tf.TensorInfo[] {
  const { outputs, logs, weights } = attentionForward(backend, call, returnWeights);
  return weights ? [outputs, logs, weights] : [outputs, logs];
}

overrideKernel(ATTENTION_KERNEL, ({ inputs, attrs, backend }) => {
  const attributes = attrs as unknown as Attributes;
  return forward(backend, separateCall(inputs, attributes), attributes);
});

overrideKernel(SELF_ATTENTION_KERNEL, ({ inputs, attrs, backend }) => {
  const attributes = attrs as unknown as Attributes;
  return forward(backend, joinedCall(inputs, attributes), attributes);
});

registerFusedGradient({
  kernelName: ATTENTION_KERNEL,
  outputsToSave: [true, true, false],
  gradFunc: (dys, saved, attrs) => {
    const attributes = attrs as unknown as Attributes;
    const backend = tf.backend() as SimdBackend;
    const call = separateCall(saved, attributes);
    const [outputs, logs] = saved.slice(attributes.names.length) as [tf.Tensor, tf.Tensor];
    const like = ({ tensor }: { tensor: tf.TensorInfo }) => ({
      tensor: backend.allocate(tensor.shape),
      offset: 0,
    });
    const gradients = { query: like(call.query), key: like(call.key), value: like(call.value) };
    attentionBackward(backend, call, { outputs, logs }, dys[0]!, gradients);
    return gradientsByPosition(attributes.names, {
      query: computed(gradients.query.tensor),
      key: computed(gradients.key.tensor),
      value: computed(gradients.value.tensor),
    });
  },
});

registerFusedGradient({
  kernelName: SELF_ATTENTION_KERNEL,
  outputsToSave: [true, true, false],
  gradFunc: (dys, saved, attrs) => {
    const attributes = attrs as unknown as Attributes;
    const backend = tf.backend() as SimdBackend;
    const call = joinedCall(saved, attributes);
    const [outputs, logs] = saved.slice(attributes.names.length) as [tf.Tensor, tf.Tensor];
    const gradient = backend.allocate(call.query.tensor.shape);
    attentionBackward(backend, call, { outputs, logs }, dys[0]!, parts(gradient, attributes));
    return gradientsByPosition(attributes.names, { projected: computed(gradient) });
  },
});
