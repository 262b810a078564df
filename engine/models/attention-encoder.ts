// Self-attention encoder: steps (or segments) as vectors, position codes, blocks of attention, and a readout.
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionModel } from '../contract/experiment.ts';
import { addPositions, sinePositions } from '../ops/attention/positions.ts';
import { blockSpecs, feedForwardWidth, runBlock } from './attention-block.ts';
import { dense, denseSpecs } from './dense.ts';
import { dropOut } from './dropout.ts';
import type { Encoder } from './encoder.ts';
import { layerNorm, layerNormSpecs } from './layer-norm.ts';
import type { ParameterSpec, WeightLookup } from './parameters.ts';
import type { WindowShape } from './recurrent-encoder.ts';
import { createSegmentEmbedding } from './segments.ts';

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

/** Spread of the first learned position codes. */
const POSITION_LIMIT = 0.02;

/** @throws HindcastError `invalid-input` where a segment is longer than the window. */
export function createAttentionEncoder(model: AttentionModel, shape: WindowShape): Encoder {
  const { units, layers, segment, readout } = model;
  const { inputs, lookback } = shape;
  const segments = segment && createSegmentEmbedding(segment, { time: lookback, inputs, units });
  const steps = segments?.segments ?? lookback;
  const blocks = Array.from({ length: layers }, (_, layer) => layer);
  const position = createPositions(model, steps);
  const isPre = model.normalization === 'pre';
  return {
    specs: [
      ...(segments?.specs ?? denseSpecs('embedding', inputs, units)),
      ...position.specs,
      ...blocks.flatMap((layer) => blockSpecs(model, layer)),
      ...(isPre ? layerNormSpecs('norm', units) : []),
    ],
    units: readout === 'flatten' ? steps * units : units,
    encode(window, weight, pass) {
      const vectors = segments ? segments.embed(window, weight) : dense(window, 'embedding', weight);
      const placed = dropOut(position.add(vectors, weight), model.dropout, pass);
      const out = blocks.reduce((x, layer) => runBlock(model, layer, x, { weight, pass }), placed);
      return read(readout, isPre ? layerNorm(out, 'norm', weight) : out);
    },
    activationFloats: (batch) =>
      batch * steps * floatsOfStep(model) +
      (segments?.activationFloats(batch) ?? 0) +
      batch * lookback * inputs,
  };
}

interface Positions {
  readonly specs: readonly ParameterSpec[];
  add(x: tf.Tensor3D, weight: WeightLookup): tf.Tensor3D;
}

function createPositions({ positions, units }: AttentionModel, steps: number): Positions {
  if (positions === 'none') return { specs: [], add: (x) => x };
  if (positions === 'sine') {
    // Not before it is needed: a model may be made only to be counted.
    let codes: Float32Array | undefined;
    const table = () => {
      codes ??= sinePositions(steps, units);
      return tf.tensor2d(codes.slice(), [steps, units]);
    };
    return { specs: [], add: (x) => addPositions(x, table()) };
  }
  return {
    specs: [
      {
        name: 'positions',
        shape: [steps, units],
        initialize: (random) =>
          Float32Array.from({ length: steps * units }, () => (2 * random.uniform() - 1) * POSITION_LIMIT),
      },
    ],
    add: (x, weight) => addPositions(x, weight('positions')),
  };
}

/** [batch, steps, units] -> [batch, units], or [batch, steps * units] */
function read(readout: AttentionModel['readout'], x: tf.Tensor3D): tf.Tensor2D {
  const [, steps, units] = x.shape;
  if (readout === 'mean') return tf.mean(x, 1) as tf.Tensor2D;
  if (readout === 'flatten') return tf.reshape(x, [-1, steps * units]);
  return tf.reshape(tf.slice(x, [0, steps - 1, 0], [-1, 1, -1]), [-1, units]);
}
