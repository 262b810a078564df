// One block of a self-attention encoder (Vaswani et al. 2017): attention of several heads, then a feed-forward network, each with
// a residual connection. Normalised after the sum (post, as published) or before each part (pre, Xiong et al. 2020).
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionModel } from '../../contract/experiment/model.ts';
import { selfAttention } from '../../ops/attention/attention.ts';
import { linear } from '../../ops/linear.ts';
import { dense, denseSpecs } from '../dense.ts';
import { drawDropout, dropOut } from '../dropout.ts';
import { glorotUniform } from '../initializers.ts';
import { addLayerNorm, layerNorm, layerNormSpecs } from '../layer-norm.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { Sequence } from '../sequence.ts';

export const feedForwardWidth = ({ feedForward, units }: AttentionModel): number => feedForward ?? 4 * units;

export const blockPath = (layer: number): string => `attention/${layer}`;

/** Queries, keys and values side by side as one product: [units, 3 * units], each a third initialised on its own. */
export function projectionSpecs(path: string, units: number): ParameterSpec[] {
  return [
    {
      name: `${path}/projection/kernel`,
      shape: [units, 3 * units],
      initialize(random) {
        const values = new Float32Array(3 * units * units);
        for (let part = 0; part < 3; part++) {
          const square = glorotUniform(random, units, units);
          for (let row = 0; row < units; row++) {
            values.set(square.subarray(row * units, (row + 1) * units), (3 * row + part) * units);
          }
        }
        return values;
      },
    },
    { name: `${path}/projection/bias`, shape: [3 * units], initialize: () => new Float32Array(3 * units) },
  ];
}

export function blockSpecs(model: AttentionModel, layer: number): ParameterSpec[] {
  const { units } = model;
  const path = blockPath(layer);
  return [
    ...projectionSpecs(path, units),
    ...denseSpecs(`${path}/output`, units, units),
    ...layerNormSpecs(`${path}/norm1`, units),
    ...denseSpecs(`${path}/feedForward1`, units, feedForwardWidth(model)),
    ...denseSpecs(`${path}/feedForward2`, feedForwardWidth(model), units),
    ...layerNormSpecs(`${path}/norm2`, units),
  ];
}

/** x [batch, time, units]; the same shape. Steps that are padding have no influence on others. */
export function runBlock(
  model: AttentionModel,
  layer: number,
  { x, mask }: Sequence,
  { weight, pass }: { readonly weight: WeightLookup; readonly pass: Pass },
): Tensor3D {
  const path = blockPath(layer);
  const addNorm = (y: Tensor3D, addend: Tensor3D, name: string) =>
    addLayerNorm(y, addend, `${path}/${name}`, weight);
  const attended = (y: Tensor3D) =>
    dropOut(attend(model, layer, { x: y, mask }, weight, pass), model.dropout, pass);
  const fed = (y: Tensor3D) => dropOut(feed(model, path, y, weight, pass), model.dropout, pass);
  if (model.normalization === 'pre') {
    const { sum, normal } = addNorm(x, attended(layerNorm(x, `${path}/norm1`, weight)), 'norm2');
    return tf.add(sum, fed(normal)) as Tensor3D;
  }
  const y = addNorm(x, attended(x), 'norm1').normal;
  return addNorm(y, fed(y), 'norm2').normal;
}

function attend(
  { heads, causal, dropout }: AttentionModel,
  layer: number,
  { x, mask }: Sequence,
  weight: WeightLookup,
  pass: Pass,
): Tensor3D {
  const path = blockPath(layer);
  const projected = linear(x, {
    kernel: weight<Tensor2D>(`${path}/projection/kernel`),
    bias: weight<Tensor1D>(`${path}/projection/bias`),
  }) as Tensor3D;
  if (pass.onProjections) {
    const [query, key, value] = tf.split(projected, 3, 2) as [Tensor3D, Tensor3D, Tensor3D];
    pass.onProjections(layer, x, { query, key, value });
  }
  const { outputs, weights } = selfAttention(projected, {
    heads,
    causal,
    mask,
    dropout: drawDropout(dropout, pass),
    returnWeights: pass.onAttention !== undefined,
  });
  if (weights) pass.onAttention?.(layer, weights);
  return dense(outputs, `${path}/output`, weight);
}

/** The two layers that each step goes through by itself. */
export function feed(
  { activation, dropout }: AttentionModel,
  path: string,
  x: Tensor3D,
  weight: WeightLookup,
  pass: Pass,
): Tensor3D {
  const hidden = dense(x, `${path}/feedForward1`, weight, activation);
  return dense(dropOut(hidden, dropout, pass), `${path}/feedForward2`, weight);
}
