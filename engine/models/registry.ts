// Architectures by the `kind` of an experiment's model, as encoders of a window. A new one is a file beside lstm.ts, a line
// here, and its sentence and equation in engine/words/model-descriptions.ts.
import type { EncoderDecoderModel, Model } from '../contract/experiment.ts';
import { createAttentionEncoder } from './attention-encoder.ts';
import type { Encoder } from './encoder.ts';
import { createGruEncoder } from './gru.ts';
import { createLstmEncoder } from './lstm.ts';
import type { WindowShape } from './recurrent-encoder.ts';
import { createRnnEncoder } from './rnn.ts';

export type EncoderModel = Exclude<Model, EncoderDecoderModel>;

/** @throws HindcastError `invalid-input` for options that do not go together. */
export function createEncoder(model: EncoderModel, shape: WindowShape): Encoder {
  switch (model.kind) {
    case 'rnn':
      return createRnnEncoder(model, shape);
    case 'gru':
      return createGruEncoder(model, shape);
    case 'lstm':
      return createLstmEncoder(model, shape);
    case 'attention':
      return createAttentionEncoder(model, shape);
  }
}
