// The translator that an experiment's model names.

import type { Model } from '../../contract/experiment/model.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { createAttentionTranslator } from './attention-translator.ts';
import { createRecurrentTranslator } from './recurrent-translator.ts';
import type { Translator, TranslatorShape } from './translator.ts';

/** @throws HindcastError `invalid-input` for a model that reads without writing */
export function createTranslator(model: Model, shape: TranslatorShape): Translator {
  if (model.kind === 'encoder-decoder') return createRecurrentTranslator(model, shape);
  if (model.kind === 'attention') return createAttentionTranslator(model, shape);
  const message = `A model of the kind "${model.kind}" writes no text of its own; choose "encoder-decoder" or "attention" for model.kind.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'model.kind' } });
}
