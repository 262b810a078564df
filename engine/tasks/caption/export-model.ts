// A trained writer of captions as files that stock TensorFlow.js loads: its encoder, one step of its decoder, what is to be known of images and
// tokens, and a program that writes with them.
import * as tf from '@tensorflow/tfjs-core';
import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { captionScript } from '../../export/tfjs/caption-script.ts';
import { jsonFile, layersFiles, textFile } from '../../export/tfjs/exported-files.ts';
import type { Translator } from '../../models/translation/translator.ts';
import type { ModelExport } from '../task-kind.ts';
import { CHECKED, exportedModels, vocabularyOf } from '../translate/export-model.ts';
import { imageField, patchesIn } from './model.ts';
import { type PreparedCaption, readImage } from './prepare.ts';

interface OpenCaption {
  readonly experiment: CaptionExperiment;
  readonly prepared: PreparedCaption;
  readonly model: Translator;
}

/** @throws HindcastError `conflict` for attention alone, and `internal` where the files say something else. */
export async function exportCaptioner(
  { experiment, prepared, model }: OpenCaption,
  wanted: ModelExport,
): Promise<ExportedFile[]> {
  const { task } = experiment;
  if (task.neighbours > 0) throw readsNeighbours();
  const { layout, pictures, target, fitted } = prepared;
  const shape: [number, number, number] = [1, patchesIn(layout), layout.features];
  const { encoder, decoder, hasAttention, verified } = await exportedModels(
    {
      experiment,
      model,
      pairs: Array.from(prepared.parts.test.slice(0, CHECKED), (row) => [
        prepared.sourceOf(row).patches,
        prepared.targetOf(row),
      ]),
      fieldOf: (images) => imageField(layout)(images.map((patches) => readImage(patches, undefined))),
      inputOf: (patches) => tf.tensor3d(patches, shape),
      patchFeatures: layout.features,
    },
    wanted,
  );
  const form = {
    pictures,
    patches: task.patches,
    target: vocabularyOf(fitted.target, target.end),
    hasAttention,
    mostSteps: task.mostSteps,
  };
  return [
    ...layersFiles(encoder, 'encoder'),
    ...layersFiles(decoder, 'decoder'),
    jsonFile('form.json', form),
    textFile('caption.js', 'text/javascript', captionScript(fitted.target)),
    jsonFile('about.json', { ...wanted.about, verified, experiment }),
  ];
}

function readsNeighbours(): HindcastError {
  const message =
    'This writer reads the captions of similar training images (task.neighbours), which an export does not hold; train one with task.neighbours 0 to take it away.';
  return new HindcastError('conflict', message, { details: { field: 'task.neighbours' } });
}
