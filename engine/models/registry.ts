// Architectures by the `kind` of an experiment's model. A new one is a file beside lstm.ts and a line here.
import type { Model } from '../contract/experiment.ts';
import type { Encoder } from './encoder.ts';
import { createLstmEncoder } from './lstm.ts';

/** @param inputs number of input columns */
export function createEncoder(model: Model, inputs: number): Encoder {
  switch (model.kind) {
    case 'lstm':
      return createLstmEncoder(model, inputs);
  }
}
