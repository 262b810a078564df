// A trained forecaster of frames as files that stock TensorFlow.js loads: its encoder, one step of its decoder, and a program that forecasts
// with them. The files are loaded again on TensorFlow.js's own backend, and must give the frames that the run gives.
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../backends/select.ts';
import type { Model } from '../../contract/experiment/model.ts';
import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { type LayersModelFiles, openLayersModel, saveLayersModel } from '../../export/tfjs/artifacts.ts';
import { jsonFile, largestOf, layersFiles, requireSame, textFile } from '../../export/tfjs/exported-files.ts';
import { lookUp } from '../../export/tfjs/net.ts';
import { videoModels } from '../../export/tfjs/video-graph.ts';
import { VIDEO_SCRIPT } from '../../export/tfjs/video-script.ts';
import type { FrameForecaster } from '../../models/frames/frame-forecaster.ts';
import { createParameterSet, type NamedArray } from '../../models/parameters.ts';
import { readValues } from '../../ops/values.ts';
import { decodeWeights } from '../../training/weights.ts';
import type { ModelExport } from '../task-kind.ts';
import { givenTensor } from './frame-batch.ts';
import type { PreparedVideo } from './prepare.ts';

/** Windows of the test part whose frames are compared. */
const CHECKED = 20;

export interface OpenVideo {
  readonly experiment: VideoExperiment;
  readonly prepared: PreparedVideo;
  readonly model: FrameForecaster;
}

/** @throws HindcastError `internal` where the files say something else. */
export async function exportVideo(
  { experiment, prepared, model }: OpenVideo,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const { task } = experiment;
  const weights = decodeWeights(trained.weights);
  const windows = prepared.parts.test.slice(0, CHECKED).map(prepared.givenOf);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const ours = windows.map((given) => answerOf(model, weights, given, prepared));
  await selectBackend('cpu', { allowFallback: false, threads });
  const made = videoModels({ ...cellOf(experiment.model), given: task.given, array: lookUp(weights) });
  const encoder = await saveLayersModel(made.encoder);
  const decoder = await saveLayersModel(made.decoder);
  made.encoder.dispose();
  made.decoder.dispose();
  const difference = await compared({ encoder, decoder, windows, ours, prepared, ahead: task.ahead });
  const verified = { windows: windows.length, ...requireSame(difference, 'pixels') };
  const { given, ahead, relative } = task;
  return [
    ...layersFiles(encoder, 'encoder'),
    ...layersFiles(decoder, 'decoder'),
    jsonFile('form.json', { ...prepared.pictures, given, ahead, relative }),
    textFile('forecast.js', 'text/javascript', VIDEO_SCRIPT),
    jsonFile('about.json', { ...about, verified, experiment }),
  ];
}

const sizeOf = ({ units, layers }: { readonly units: number; readonly layers: number }) => ({
  units,
  layers,
});

function cellOf(model: Model) {
  switch (model.kind) {
    case 'rnn':
      return { ...sizeOf(model), cell: model.kind, bias: model.bias, activation: model.activation };
    case 'gru':
    case 'lstm':
      return { ...sizeOf(model), cell: model.kind, bias: true, activation: 'tanh' as const };
    default:
      throw new HindcastError('internal', `A forecaster of frames cannot be of the kind "${model.kind}".`);
  }
}

function answerOf(
  model: FrameForecaster,
  weights: readonly NamedArray[],
  given: readonly Uint8Array[],
  { pictures }: PreparedVideo,
): Float32Array {
  const parameters = createParameterSet(model.specs, weights);
  try {
    return readValues(() => model.answer(givenTensor([given], pictures), parameters.weight, {}));
  } finally {
    parameters.dispose();
  }
}

interface Compared {
  readonly encoder: LayersModelFiles;
  readonly decoder: LayersModelFiles;
  readonly windows: readonly (readonly Uint8Array[])[];
  readonly ours: readonly Float32Array[];
  readonly prepared: PreparedVideo;
  readonly ahead: number;
}

/** The largest difference of a number of a frame, step by step with the states that the step before gave; all windows together. */
async function compared({ windows, ours, prepared, ahead, ...files }: Compared): Promise<number> {
  const encoder = await openLayersModel(files.encoder);
  const decoder = await openLayersModel(files.decoder);
  let largest = 0;
  tf.tidy(() => {
    const [vector, ...first] = encoder.predict(givenTensor(windows, prepared.pictures)) as tf.Tensor[];
    let states = first;
    for (let step = 0; step < ahead; step++) {
      const [frames, ...after] = decoder.predict([vector!, ...states]) as tf.Tensor[];
      const theirs = frames!.dataSync();
      const cells = theirs.length / windows.length;
      for (const [index, frame] of ours.entries()) {
        const wanted = frame.subarray(step * cells, (step + 1) * cells);
        largest = Math.max(largest, largestOf(wanted, theirs.slice(index * cells, (index + 1) * cells)));
      }
      states = after;
    }
  });
  encoder.dispose();
  decoder.dispose();
  return largest;
}
