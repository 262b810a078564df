// What the plain network, the GRU and the LSTM have in common as architectures: perhaps segments, layers, and the last hidden
// state (of both directions) as the encoding.
import { HindcastError } from '../contract/errors.ts';
import type { Segment } from '../contract/experiment.ts';
import { dropOut } from './dropout.ts';
import type { Encoder } from './encoder.ts';
import { createRecurrentLayers, type RecurrentSettings } from './recurrent-layers.ts';
import { createSegmentEmbedding } from './segments.ts';
import { lastSteps, stateBefore } from './truncation.ts';

export interface WindowShape {
  /** Input columns, as the model sees them. */
  readonly inputs: number;
  /** Steps of the window. */
  readonly lookback: number;
}

export interface RecurrentEncoderOptions extends Omit<RecurrentSettings, 'inputs' | 'prefix'> {
  readonly segment: Segment | null;
  readonly truncateSteps: number | null;
}

/** @throws HindcastError `invalid-input` for options that exclude each other. */
export function createRecurrentEncoder(options: RecurrentEncoderOptions, shape: WindowShape): Encoder {
  const { cell, units, dropout, segment, truncateSteps } = options;
  requireOneDirection(options);
  const segments =
    segment && createSegmentEmbedding(segment, { time: shape.lookback, inputs: shape.inputs, units });
  const inputs = segments ? units : shape.inputs;
  const layers = createRecurrentLayers({ ...options, prefix: cell, inputs });
  return {
    specs: [...(segments?.specs ?? []), ...layers.specs],
    units: layers.width,
    encode(window, weight, pass) {
      const x = segments ? segments.embed(window, weight) : window;
      const steps = truncateSteps ?? x.shape[1];
      const initial = stateBefore(layers, x, steps, { weight, pass });
      const { finalHidden } = layers.run(lastSteps(x, steps), weight, pass, initial);
      return dropOut(finalHidden, dropout, pass);
    },
    activationFloats(batch, time) {
      const read = segments ? segments.segments : time;
      const learned = Math.min(read, truncateSteps ?? read);
      const ofLayers = layers.keptFloats(batch, learned) + layers.passingFloats(batch, learned);
      const before = layers.forwardFloats(batch, read - learned);
      return Math.max(ofLayers, before) + (segments?.activationFloats(batch) ?? 0);
    },
  };
}

/** The backward direction would begin at the origin, where truncation keeps everything. */
function requireOneDirection({ bidirectional, truncateSteps }: RecurrentEncoderOptions): void {
  if (!bidirectional || truncateSteps === null) return;
  const message =
    'model.truncateSteps cuts the past off, which a bidirectional model reads from both ends; set one of model.truncateSteps and model.bidirectional.';
  throw new HindcastError('invalid-input', message, { details: { field: 'model.truncateSteps' } });
}
