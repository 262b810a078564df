// Segment embedding (Nie et al. 2023, PatchTST): a linear map turns `length` neighbouring steps into one vector, every `stride`
// steps. A window of T steps becomes (T - length) / stride + 1 segments, so recurrent and attention models after it read
// sequences shorter by that factor. The last segment ends at the origin; steps at the start of the window that fill no segment
// are not read. Under a mask the steps are moved to the end first, and a segment exists if all of its steps do.
import * as tf from '@tensorflow/tfjs-core';
import type { Segment } from '../../contract/experiment/model.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { linear } from '../../ops/linear.ts';
import { glorotUniform } from '../initializers.ts';
import { alignToEnd } from './align.ts';
import type { Reader } from './reader.ts';

interface SegmentShape {
  readonly time: number;
  readonly inputs: number;
  readonly units: number;
}

/** @throws HindcastError `invalid-input` where a segment is longer than the window. */
export function createSegmentReader(segment: Segment, shape: SegmentShape): Reader<tf.Tensor3D> {
  const { time, inputs, units } = shape;
  const width = segment.length * inputs;
  const { segments } = segmentLayout(segment, time);
  return {
    specs: [
      {
        name: 'segments/kernel',
        shape: [width, units],
        initialize: (random) => glorotUniform(random, width, units),
      },
      { name: 'segments/bias', shape: [units], initialize: () => new Float32Array(units) },
    ],
    features: units,
    stepsOf: (steps) => segmentLayout(segment, steps).segments,
    // The segments cut out, and their vectors.
    activationFloats: (batch) => batch * segments * (width + units),
    read({ x, mask }, weight) {
      const layout = segmentLayout(segment, x.shape[1]);
      const given = mask ? alignToEnd(x, mask) : { x, mask };
      const cut = cutSegments(given.x, layout);
      const joined = tf.reshape(cut, [x.shape[0], layout.segments, width]); // steps one after the other, inputs within a step
      const vectors = linear(joined, {
        kernel: weight<tf.Tensor2D>('segments/kernel'),
        bias: weight<tf.Tensor1D>('segments/bias'),
      }) as tf.Tensor3D;
      return { x: vectors, mask: given.mask && firstSteps(given.mask, layout) };
    },
  };
}

export interface SegmentLayout extends Segment {
  readonly segments: number;
  /** Steps at the beginning that no segment reads. */
  readonly skipped: number;
}

/** @throws HindcastError `invalid-input` where a segment is longer than the window. */
export function segmentLayout(segment: Segment, time: number): SegmentLayout {
  const { length, stride } = segment;
  requireRoom(segment, time);
  const segments = Math.floor((time - length) / stride) + 1;
  return { length, stride, segments, skipped: time - length - (segments - 1) * stride };
}

/** [batch, time, inputs] -> [batch, segments * length, inputs]; steps where segments overlap come several times. */
function cutSegments(x: tf.Tensor3D, { segments, skipped, length, stride }: SegmentLayout): tf.Tensor3D {
  if (length === stride) return tf.slice(x, [0, skipped, 0], [-1, segments * length, -1]);
  const steps = Int32Array.from(
    { length: segments * length },
    (_, at) => skipped + Math.floor(at / length) * stride + (at % length),
  );
  return tf.gather(x, tf.tensor1d(steps, 'int32'), 1);
}

/** Mask of the segments. The steps are aligned at the end, so all steps of a segment exist if its first does. */
function firstSteps(mask: tf.Tensor2D, { segments, skipped, stride }: SegmentLayout): tf.Tensor2D {
  const steps = Int32Array.from({ length: segments }, (_, segment) => skipped + segment * stride);
  return tf.gather(mask, tf.tensor1d(steps, 'int32'), 1);
}

function requireRoom({ length }: Segment, time: number): void {
  if (length <= time) return;
  const message = `A segment of ${length} steps does not fit into a look-back of ${time}; lower model.segment.length, or raise task.lookback.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'model.segment.length' } });
}
