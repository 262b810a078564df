// The model of an experiment for its images: the same for training, scores and new images.
import * as tf from '@tensorflow/tfjs-core';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import type { PatchLayout } from '../../data/samples/pictures/patches.ts';
import type { Field } from '../../models/readers/reader.ts';
import { createTranslator } from '../../models/translation/create-translator.ts';
import type { Translator } from '../../models/translation/translator.ts';

/** End signs. */
const BESIDE = 2;

export const patchesIn = ({ across, down }: PatchLayout): number => across * down;

export function modelFor(
  { model, task }: CaptionExperiment,
  { layout, tokens }: { readonly layout: PatchLayout; readonly tokens: number },
): Translator {
  return createTranslator(model, {
    sourceTokens: 0,
    patchFeatures: layout.features,
    targetTokens: tokens,
    embedding: task.embedding,
    bidirectional: task.bidirectional,
    attentionScores: task.attentionScores,
    mostSteps: Math.max(patchesIn(layout), task.mostSteps + BESIDE),
  });
}

/** Patches of images as one tensor [images, patches, numbers]; the caller disposes of it. */
export const patchField =
  (layout: PatchLayout) =>
  (images: readonly Float32Array[]): Field<tf.Tensor> => {
    const steps = patchesIn(layout);
    const values = new Float32Array(images.length * steps * layout.features);
    for (const [index, patches] of images.entries()) values.set(patches, index * steps * layout.features);
    return { x: tf.tensor3d(values, [images.length, steps, layout.features]) };
  };
