// Segment embedding (Nie et al. 2023, PatchTST): `length` neighbouring steps become one vector by a linear map, every `stride`
// steps. A window of T steps becomes (T - length) / stride + 1 segments: recurrent and attention models behind it are as many
// times shorter. The last segment ends at the origin; steps at the window's beginning that fill no segment are not read.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../contract/errors.ts';
import type { Segment } from '../contract/experiment.ts';
import { linear } from '../ops/linear.ts';
import { glorotUniform } from './initializers.ts';
import type { ParameterSpec, WeightLookup } from './parameters.ts';

export interface SegmentEmbedding {
  readonly specs: readonly ParameterSpec[];
  readonly segments: number;
  /** Steps at the beginning that no segment reads. */
  readonly skipped: number;
  /** For the memory estimate: the segments cut out, and their vectors. */
  activationFloats(batch: number): number;
  /** [batch, time, inputs] -> [batch, segments, units] */
  embed(x: tf.Tensor3D, weight: WeightLookup): tf.Tensor3D;
}

interface SegmentShape {
  readonly time: number;
  readonly inputs: number;
  readonly units: number;
}

/** @throws HindcastError `invalid-input` where a segment is longer than the window. */
export function createSegmentEmbedding(segment: Segment, shape: SegmentShape): SegmentEmbedding {
  const { length, stride } = segment;
  const { time, inputs, units } = shape;
  requireRoom(segment, time);
  const segments = Math.floor((time - length) / stride) + 1;
  const skipped = time - length - (segments - 1) * stride;
  const width = length * inputs;
  return {
    specs: [
      {
        name: 'segments/kernel',
        shape: [width, units],
        initialize: (random) => glorotUniform(random, width, units),
      },
      { name: 'segments/bias', shape: [units], initialize: () => new Float32Array(units) },
    ],
    segments,
    skipped,
    activationFloats: (batch) => batch * segments * (width + units),
    embed(x, weight) {
      const cut = cutSegments(x, { segments, skipped, length, stride });
      const joined = tf.reshape(cut, [x.shape[0], segments, width]); // steps one after the other, inputs within a step
      return linear(joined, {
        kernel: weight<tf.Tensor2D>('segments/kernel'),
        bias: weight<tf.Tensor1D>('segments/bias'),
      }) as tf.Tensor3D;
    },
  };
}

interface Cut extends Segment {
  readonly segments: number;
  readonly skipped: number;
}

/** [batch, time, inputs] -> [batch, segments * length, inputs]; steps where segments overlap come several times. */
function cutSegments(x: tf.Tensor3D, { segments, skipped, length, stride }: Cut): tf.Tensor3D {
  if (length === stride) return tf.slice(x, [0, skipped, 0], [-1, segments * length, -1]);
  const steps = Int32Array.from(
    { length: segments * length },
    (_, at) => skipped + Math.floor(at / length) * stride + (at % length),
  );
  return tf.gather(x, tf.tensor1d(steps, 'int32'), 1);
}

function requireRoom({ length }: Segment, time: number): void {
  if (length <= time) return;
  const message = `A segment of ${length} steps does not fit into a look-back of ${time}; lower model.segment.length, or raise task.lookback.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'model.segment.length' } });
}
