// What the plain network, the GRU and the LSTM share as bodies: layers in one or both directions, and truncated gradients.
import { HindcastError } from '../../contract/values/errors.ts';
import type { WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { Encoded, Sequence } from '../sequence.ts';
import type { Body } from './body.ts';
import {
  createRecurrentLayers,
  type LayerState,
  type RecurrentLayers,
  type RecurrentSettings,
} from './recurrent-layers.ts';
import { lastSteps, stateBefore } from './truncation.ts';

export interface RecurrentBodyOptions extends RecurrentSettings {
  /** The gradient reaches this many of the last steps; null: all. */
  readonly truncateSteps: number | null;
}

export interface RecurrentEncoded extends Encoded {
  /** After the last step, layer by layer; of the forward direction. */
  readonly states: readonly LayerState[];
}

export interface RecurrentBody extends Body {
  readonly layers: RecurrentLayers;
  encode(sequence: Sequence, weight: WeightLookup, pass: Pass): RecurrentEncoded;
}

/** @throws HindcastError `invalid-input` for options that exclude each other. */
export function createRecurrentBody(options: RecurrentBodyOptions): RecurrentBody {
  const { truncateSteps } = options;
  requireOneDirection(options);
  const layers = createRecurrentLayers(options);
  return {
    layers,
    specs: layers.specs,
    units: layers.width,
    encode(sequence, weight, pass) {
      const steps = truncateSteps ?? sequence.x.shape[1];
      const initial = stateBefore(layers, sequence, steps, { weight, pass });
      const learned = lastSteps(sequence, steps);
      const { outputs, finalHidden, states } = layers.run(learned, { weight, pass, initial });
      return { steps: outputs, last: finalHidden, mask: learned.mask, states };
    },
    activationFloats(batch, steps) {
      const learned = Math.min(steps, truncateSteps ?? steps);
      const ofLayers = layers.keptFloats(batch, learned) + layers.passingFloats(batch, learned);
      return Math.max(ofLayers, layers.forwardFloats(batch, steps - learned));
    },
  };
}

/** The backward direction would begin at the origin, where truncation keeps everything. */
function requireOneDirection({ bidirectional, truncateSteps }: RecurrentBodyOptions): void {
  if (!bidirectional || truncateSteps === null) return;
  const message =
    'model.truncateSteps cuts the past off, which a bidirectional model reads from both ends; set one of model.truncateSteps and model.bidirectional.';
  throw new HindcastError('invalid-input', message, { details: { field: 'model.truncateSteps' } });
}
