// Says the next frames of a video (after Srivastava et al. 2015): a dense layer reads each frame, an encoder takes them in, and a decoder continues
// from its last state, with the vector of the last frame at every step. A dense layer writes each frame.
import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../../contract/experiment/model.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { PLAIN_RECURRENCE } from '../bodies/plain-recurrence.ts';
import { createRecurrentLayers } from '../bodies/recurrent-layers.ts';
import { dense, denseSpecs } from '../dense.ts';
import { dropOut } from '../dropout.ts';
import { countParameters, type ParameterSpec, type WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import { createStepBody } from '../registry.ts';
import { HEAD } from '../writers/writer.ts';

export interface FrameShape {
  /** Numbers of a frame. */
  readonly cells: number;
  readonly given: number;
  readonly ahead: number;
  /** Length of the vector of a frame. */
  readonly embedding: number;
}

export interface FrameForecaster {
  readonly specs: readonly ParameterSpec[];
  readonly parameterCount: number;
  activationFloats(batch: number): number;
  /** x [batch, given, cells] -> [batch, ahead, cells]; differentiable in the weights. */
  answer(x: tf.Tensor3D, weight: WeightLookup, pass: Pass): tf.Tensor3D;
}

const READ = 'frame';

/** @throws HindcastError `invalid-input` for a model that keeps no state, or reads from both ends */
export function createFrameForecaster(model: Model, shape: FrameShape): FrameForecaster {
  const { cells, given, ahead, embedding } = shape;
  if (model.kind !== 'rnn' && model.kind !== 'gru' && model.kind !== 'lstm') throw noState(model.kind);
  const { body: encoder, dropout } = createStepBody(model, { features: embedding, mostSteps: given });
  const decoder = createRecurrentLayers({
    cell: model.kind,
    prefix: 'decoder',
    part: 'decoder',
    inputs: embedding,
    units: model.units,
    layers: model.layers,
    dropout,
    bidirectional: false,
    ...PLAIN_RECURRENCE,
  });
  const specs = [
    ...denseSpecs(READ, cells, embedding),
    ...encoder.specs,
    ...decoder.specs,
    ...denseSpecs(HEAD, model.units, cells),
  ];
  return {
    specs,
    parameterCount: countParameters(specs),
    activationFloats: (batch) =>
      encoder.activationFloats(batch, given) +
      decoder.keptFloats(batch, ahead) +
      decoder.passingFloats(batch, ahead) +
      batch * (given * (cells + 2 * embedding) + ahead * (4 * cells + embedding)),
    answer(x, weight, pass) {
      const read = dense(x, READ, weight, 'relu'); // [batch, given, embedding]
      const { states } = encoder.run({ x: read }, { weight, pass });
      const last = tf.slice(read, [0, given - 1, 0], [-1, 1, -1]);
      const repeated = ahead === 1 ? last : tf.concat(new Array<tf.Tensor3D>(ahead).fill(last), 1);
      const { outputs } = decoder.run({ x: repeated }, { weight, pass, initial: states });
      return dense(dropOut(outputs, dropout, pass), HEAD, weight);
    },
  };
}

function noState(kind: string): HindcastError {
  const message = `A model of the kind "${kind}" keeps no state from frame to frame; choose rnn, gru or lstm for model.kind.`;
  return new HindcastError('invalid-input', message, { details: { field: 'model.kind' } });
}
