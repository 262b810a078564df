// The model of an experiment for its images: the same for training, scores and new images.
import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../../contract/experiment/model.ts';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { PatchLayout } from '../../data/samples/pictures/patches.ts';
import { createTranslator } from '../../models/translation/create-translator.ts';
import type { SourceField, Translator } from '../../models/translation/translator.ts';
import { tokenField } from '../translate/pair-batch.ts';

/** End signs. */
const BESIDE = 2;

export const patchesIn = ({ across, down }: PatchLayout): number => across * down;

/** Most patches, or steps of a text, that the model is made for. */
export const mostStepsOf = ({ task }: Pick<CaptionExperiment, 'task'>, layout: PatchLayout): number =>
  Math.max(patchesIn(layout), task.mostSteps + BESIDE);

export function modelFor(
  { model, task }: CaptionExperiment,
  { layout, tokens }: { readonly layout: PatchLayout; readonly tokens: number },
): Translator {
  if (task.neighbours > 0) requireHints(model, task.embedding);
  else if (task.neighbourShare > 0) throw shareOfNone(task.neighbourShare);
  return createTranslator(model, {
    sourceTokens: 0,
    patchFeatures: layout.features,
    targetTokens: tokens,
    hasHints: task.neighbours > 0,
    embedding: task.embedding,
    bidirectional: task.bidirectional,
    attentionScores: task.attentionScores,
    mostSteps: mostStepsOf({ task }, layout),
  });
}

/** @throws HindcastError `invalid-input` for a model that has no such look */
function requireHints({ kind }: Model, embedding: number): void {
  const field = 'task.neighbours';
  if (kind !== 'encoder-decoder') {
    const message = `A model of the kind "${kind}" reads no captions of similar images; set ${field} to 0, or model.kind to "encoder-decoder".`;
    throw new HindcastError('invalid-input', message, { details: { field } });
  }
  if (embedding % 2 === 0) return;
  const message = `With ${field} the vector of a token is read from both ends, so task.embedding has to be even; it is ${embedding}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.embedding' } });
}

function shareOfNone(share: number): HindcastError {
  const field = 'task.neighbourShare';
  const message = `${field} is ${share}, but task.neighbours is 0, so that there are no captions to choose from; set task.neighbours to 1 or more, or ${field} to 0.`;
  return new HindcastError('invalid-input', message, { details: { field } });
}

/** An image: its patches one after the other, and the captions of its neighbours. */
export interface ReadImage {
  readonly patches: Float32Array;
  readonly hints: Int32Array | undefined;
  /** Of what is read, for batches of alike images. */
  readonly length: number;
}

/** Images as tensors [images, patches, numbers] and [images, tokens]; the caller disposes of them. */
export const imageField =
  (layout: PatchLayout) =>
  (images: readonly ReadImage[]): SourceField => {
    const steps = patchesIn(layout);
    const values = new Float32Array(images.length * steps * layout.features);
    for (const [index, { patches }] of images.entries()) values.set(patches, index * steps * layout.features);
    const hints = images.flatMap((image) => image.hints ?? []);
    return {
      x: tf.tensor3d(values, [images.length, steps, layout.features]),
      ...(hints.length > 0 && { hints: tokenField(hints) }),
    };
  };
