// Writes a caption for a new image with a trained model: from its weights and what it learned, without its data.

import { z } from 'zod';
import type { TrainedModel } from '../../contract/processes/jobs/version.ts';
import type { Caption } from '../../contract/results/captioning.ts';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { cutPatches, PictureStateSchema, patchLayout } from '../../data/samples/pictures/patches.ts';
import { inForm, type Still } from '../../data/samples/pictures/reduce.ts';
import { smallPixels } from '../../evaluation/classes/baselines/pixels.ts';
import { createParameterSet } from '../../models/parameters.ts';
import { deterministicExp } from '../../numerics/deterministic-math.ts';
import { decodeWeights } from '../../training/weights.ts';
import { finished } from '../finished.ts';
import { readFitted } from '../read-fitted.ts';
import { createPairCoder } from '../translate/pair-coder.ts';
import { writeTexts } from '../translate/writer.ts';
import { chooserFor } from './choose-caption.ts';
import { imageField, modelFor } from './model.ts';
import { captionsOf, KnownImagesSchema, knownImages, nearestImages } from './neighbours.ts';
import { readImage } from './prepare.ts';

const FittedSchema = z.object({
  version: z.literal(1),
  pictures: PictureStateSchema,
  known: KnownImagesSchema.optional(),
  target: z.object({
    by: z.enum(['characters', 'words', 'pieces', 'items']),
    lowerCase: z.boolean(),
    merges: z.array(z.tuple([z.string(), z.string()])).optional(),
    tokens: z.array(z.string()),
    letters: z.int(),
  }),
});

/** On the current backend. @throws HindcastError `invalid-input` for damaged weights */
export function writeCaption(
  experiment: CaptionExperiment,
  { fitted, weights }: TrainedModel,
  still: Still,
  beam: number,
): Caption {
  const { task } = experiment;
  const { pictures, target: tokens, known } = readFitted(FittedSchema, fitted, 'images');
  const target = createPairCoder(tokens);
  const layout = patchLayout(task.patches, pictures);
  const model = modelFor(experiment, { layout, tokens: target.size });
  const image = inForm([still], { side: pictures.width, channels: pictures.channels });
  const images = known && knownImages(known, target.end);
  const near = images && nearestImages(smallPixels(image), images, task.neighbours);
  const read = readImage(cutPatches(image, task.patches, pictures), near && captionsOf(near, images));
  const parameters = createParameterSet(model.specs, decodeWeights(weights));
  try {
    const written = finished(
      writeTexts(model, parameters.weight, [read], {
        width: beam,
        lengthPenalty: task.lengthPenalty,
        most: task.mostSteps,
        end: target.end,
        fieldOf: imageField(layout),
      }),
    );
    const found = written[0] ?? [];
    const choose = chooserFor(task, target);
    return {
      text: target.textOf(choose ? choose(read, found) : (found[0]?.tokens ?? [])),
      alternatives: found.slice(0, beam).map((one) => ({
        text: target.textOf(one.tokens),
        probability: deterministicExp(one.logProbability),
      })),
    };
  } finally {
    parameters.dispose();
  }
}
