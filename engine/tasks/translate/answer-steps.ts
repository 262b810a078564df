// The shares of what a translator writes next, at every step of what it was given, with its looks told apart by layer.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../../contract/experiment/model.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { Pass } from '../../models/pass.ts';
import type { SourceField, Translator } from '../../models/translation/translator.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';

interface Given {
  readonly translator: Translator;
  readonly model: Model;
  /** What is read, and the tokens that are written after it [batch, time]. */
  readonly read: SourceField;
  readonly written: Tensor2D;
  /** Steps of what is read, and tokens that can be written. */
  readonly steps: number;
  readonly tokens: number;
}

/** [batch, steps + time, tokens] logarithms; 0 at the steps that are read, which are not answered. */
export function answerSteps(given: Given, weight: WeightLookup, pass: Pass): Tensor3D {
  const { translator, model, read, written, steps, tokens } = given;
  // Layers that look at what was read come first, then those of the encoder among themselves.
  const decoderLayers = model.kind === 'attention' ? model.layers : 1;
  const { onAttention } = pass;
  const reading: Pass = {
    ...pass,
    onAttention: onAttention && ((layer, weights) => onAttention(decoderLayers + layer, weights)),
  };
  const memory = translator.encode(read, weight, reading);
  const { logits } = translator.decode(written, memory, { weight, pass });
  const unanswered = tf.zeros([logits.shape[0], steps, tokens]);
  return tf.concat([unanswered, logSoftmax(logits)], 1) as Tensor3D;
}
