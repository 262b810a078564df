// A trained writer of captions as files that stock TensorFlow.js loads: its encoder, one step of its decoder, what is to be known of images and
// tokens, and a program that writes with them.
import * as tf from '@tensorflow/tfjs-core';
import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import type { CaptionExperiment } from '../../contract/tasks/caption-experiment.ts';
import { captionScript } from '../../export/tfjs/caption-script.ts';
import { jsonFile, layersFiles, textFile } from '../../export/tfjs/exported-files.ts';
import type { Translator } from '../../models/translation/translator.ts';
import type { ModelExport } from '../task-kind.ts';
import { CHECKED, exportedModels, vocabularyOf } from '../translate/export-model.ts';
import { imageField, mostStepsOf, patchesIn } from './model.ts';
import type { RecordedImages } from './neighbours.ts';
import type { PreparedCaption } from './prepare.ts';

interface OpenCaption {
  readonly experiment: CaptionExperiment;
  readonly prepared: PreparedCaption;
  readonly model: Translator;
}

/** @throws HindcastError `internal` where the files say something else. */
export async function exportCaptioner(
  { experiment, prepared, model }: OpenCaption,
  wanted: ModelExport,
): Promise<ExportedFile[]> {
  const { task } = experiment;
  const { layout, pictures, target, fitted } = prepared;
  const { known } = fitted;
  const shape: [number, number, number] = [1, patchesIn(layout), layout.features];
  const {
    encoder,
    decoder,
    form: written,
    verified,
  } = await exportedModels(
    {
      experiment,
      model,
      pairs: Array.from(prepared.parts.test.slice(0, CHECKED), (row) => [
        prepared.sourceOf(row),
        prepared.targetOf(row),
      ]),
      fieldOf: imageField(layout),
      inputsOf: ({ patches, hints }) => [
        tf.tensor3d(patches, shape),
        ...(hints ? [tf.tensor2d(hints, [1, hints.length])] : []),
      ],
      patchFeatures: layout.features,
      hasHints: known !== undefined,
      mostSteps: mostStepsOf(experiment, layout),
    },
    wanted,
  );
  const form = {
    pictures,
    patches: task.patches,
    target: vocabularyOf(fitted.target, target.end),
    ...written,
    mostSteps: task.mostSteps,
    ...(known && {
      neighbours: neighboursOf(known, task.neighbours, { channels: pictures.channels, end: target.end }),
    }),
  };
  return [
    ...layersFiles(encoder, 'encoder'),
    ...layersFiles(decoder, 'decoder'),
    jsonFile('form.json', form),
    textFile('caption.js', 'text/javascript', captionScript(fitted.target, known !== undefined)),
    ...(known
      ? [
          {
            name: 'known.bin',
            mediaType: 'application/octet-stream',
            data: Buffer.from(known.pixels, 'base64'),
          },
        ]
      : []),
    jsonFile('about.json', { ...wanted.about, verified, experiment }),
  ];
}

/** The captions of training images with the sign that stands behind each; their pixels are in a file of their own. */
function neighboursOf(
  { bytesOfEach, captions }: RecordedImages,
  count: number,
  { channels, end }: { readonly channels: number; readonly end: number },
) {
  const side = Math.round(Math.sqrt(bytesOfEach / channels));
  return { count, side, captions: captions.map((tokens) => [...tokens, end]) };
}
