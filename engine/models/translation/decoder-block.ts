// One block of a decoder of attention (Vaswani et al. 2017): causal attention to what was written, attention to what was read, a feed-forward
// network, each with a residual connection; normalised after the sum (post) or before each part (pre).
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionModel } from '../../contract/experiment/model.ts';
import { attention, selfAttention } from '../../ops/attention/attention.ts';
import { linear } from '../../ops/linear.ts';
import { feed, feedForwardWidth, projectionSpecs } from '../bodies/attention-block.ts';
import { dense, denseSpecs } from '../dense.ts';
import { drawDropout, dropOut } from '../dropout.ts';
import { layerNorm, layerNormSpecs } from '../layer-norm.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { TranslatorMemory } from './translator.ts';

/** Names of the decoder's last normalisation and of its learned position codes. */
export const DECODER_NORM = 'decoder/norm';
export const DECODER_POSITIONS = 'decoder/positions';

export const decoderPath = (layer: number): string => `decoder/${layer}`;

export function decoderBlockSpecs(model: AttentionModel, layer: number): ParameterSpec[] {
  const { units } = model;
  const path = decoderPath(layer);
  return [
    ...projectionSpecs(path, units),
    ...denseSpecs(`${path}/output`, units, units),
    ...layerNormSpecs(`${path}/norm1`, units),
    ...denseSpecs(`${path}/read/query`, units, units),
    ...denseSpecs(`${path}/read/key`, units, units),
    ...denseSpecs(`${path}/read/value`, units, units),
    ...denseSpecs(`${path}/read/output`, units, units),
    ...layerNormSpecs(`${path}/norm2`, units),
    ...denseSpecs(`${path}/feedForward1`, units, feedForwardWidth(model)),
    ...denseSpecs(`${path}/feedForward2`, feedForwardWidth(model), units),
    ...layerNormSpecs(`${path}/norm3`, units),
  ];
}

interface Decoding {
  /** [batch, time, units] */
  readonly steps: Tensor3D;
  readonly memory: TranslatorMemory;
}

interface BlockPass {
  readonly weight: WeightLookup;
  readonly pass: Pass;
}

/** The shape of `steps`. */
export function runDecoderBlock(
  model: AttentionModel,
  layer: number,
  { steps, memory }: Decoding,
  options: BlockPass,
): Tensor3D {
  const { weight, pass } = options;
  const path = decoderPath(layer);
  const parts: readonly ((x: Tensor3D) => Tensor3D)[] = [
    (x) => attendWritten(model, path, x, options),
    (x) => attendRead(model, layer, { steps: x, memory }, options),
    (x) => feed(model, path, x, options.weight, options.pass),
  ];
  return parts.reduce((x, part, index) => {
    const norm = `${path}/norm${index + 1}`;
    if (model.normalization === 'pre')
      return tf.add(x, dropOut(part(layerNorm(x, norm, weight)), model.dropout, pass));
    return layerNorm(tf.add(x, dropOut(part(x), model.dropout, pass)), norm, weight);
  }, steps);
}

function attendWritten(
  { heads, dropout }: AttentionModel,
  path: string,
  x: Tensor3D,
  { weight, pass }: BlockPass,
): Tensor3D {
  const projected = linear(x, {
    kernel: weight<Tensor2D>(`${path}/projection/kernel`),
    bias: weight<Tensor1D>(`${path}/projection/bias`),
  }) as Tensor3D;
  const { outputs } = selfAttention(projected, { heads, causal: true, dropout: drawDropout(dropout, pass) });
  return dense(outputs, `${path}/output`, weight);
}

/** Its weights say which tokens of what was read each step looks at. */
function attendRead(
  { heads, dropout }: AttentionModel,
  layer: number,
  { steps, memory }: Decoding,
  { weight, pass }: BlockPass,
): Tensor3D {
  const path = `${decoderPath(layer)}/read`;
  const { outputs, weights } = attention(
    dense(steps, `${path}/query`, weight),
    dense(memory.steps, `${path}/key`, weight),
    dense(memory.steps, `${path}/value`, weight),
    {
      heads,
      mask: memory.mask,
      dropout: drawDropout(dropout, pass),
      returnWeights: pass.onAttention !== undefined,
    },
  );
  if (weights) pass.onAttention?.(layer, weights);
  return dense(outputs, `${path}/output`, weight);
}
