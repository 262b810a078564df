// Self-attention over a sequence: positions, blocks of attention, and, where the blocks normalise before their parts, a final
// normalisation.
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionModel } from '../../contract/experiment.ts';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';
import { dropOut } from '../dropout.ts';
import { layerNorm, layerNormSpecs } from '../layer-norm.ts';
import { blockSpecs, feedForwardWidth, runBlock } from './attention-block.ts';
import type { Body } from './body.ts';
import { createPositions } from './positions.ts';

/**
 * Floats that one step of a window takes at the peak, for the memory estimate, measured: what every block keeps for the backward pass,
 * and what that of one block needs for a while.
 */
function floatsOfStep(model: AttentionModel): number {
  const isDropping = model.dropout > 0;
  const width = feedForwardWidth(model);
  // The feed-forward part's value, and its derivative or what dropout left of it.
  const copies = model.activation === 'gelu' || isDropping ? 2 : 1;
  const ofBlock = (isDropping ? 10.9 : 9) * model.units + copies * width;
  return model.layers * ofBlock + 2 * model.units + width;
}

/** @param maxSteps most steps that a sequence has beside its padding */
export function createAttentionBody(model: AttentionModel, maxSteps: number): Body {
  const { units, layers, dropout } = model;
  const blocks = Array.from({ length: layers }, (_, layer) => layer);
  const positions = createPositions(model, maxSteps);
  const isPre = model.normalization === 'pre';
  return {
    specs: [
      ...positions.specs,
      ...blocks.flatMap((layer) => blockSpecs(model, layer)),
      ...(isPre ? layerNormSpecs('norm', units) : []),
    ],
    units,
    encode(sequence, weight, pass) {
      const { mask } = sequence;
      const start = dropOut(positions.add(sequence, weight), dropout, pass);
      const out = blocks.reduce((x, layer) => runBlock(model, layer, { x, mask }, { weight, pass }), start);
      const steps = isPre ? layerNorm(out, 'norm', weight) : out;
      return {
        steps,
        mask,
        // Only where a readout asks for it.
        get last() {
          return lastOf(steps, mask);
        },
      };
    },
    activationFloats: (batch, steps) => batch * steps * floatsOfStep(model),
  };
}

/** [batch, time, units] -> the vector of the last step that exists, [batch, units]; 0 where there is none. */
function lastOf(x: tf.Tensor3D, mask: tf.Tensor2D | undefined): tf.Tensor2D {
  const [batch, time, units] = x.shape;
  if (!mask) return tf.reshape(tf.slice(x, [0, time - 1, 0], [-1, 1, -1]), [-1, units]);
  const values = mask.dataSync() as Float32Array;
  const isLast = new Float32Array(batch * time);
  for (let entry = 0; entry < batch; entry++) {
    const row = values.subarray(entry * time, (entry + 1) * time);
    const last = row.findLastIndex((value) => value !== 0);
    if (last >= 0) isLast[entry * time + last] = 1;
  }
  return tf.sum(maskSteps(x, tf.tensor2d(isLast, [batch, time])), 1);
}
