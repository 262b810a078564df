// A trained classifier as files that stock TensorFlow.js loads, checked on up to 100 samples against its own probabilities.
import * as tf from '@tensorflow/tfjs-core';
import { model as createLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { selectBackend } from '../../backends/select.ts';
import { HindcastError } from '../../contract/errors.ts';
import type { ExportedFile, ExportedRun } from '../../contract/processes/jobs/export.ts';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { ClassifyFrame } from '../../contract/tasks/classify-frame.ts';
import { type LayersModelFiles, openLayersModel, saveLayersModel } from '../../export/tfjs/artifacts.ts';
import { describeWeights } from '../../export/tfjs/card.ts';
import type { ClassifierCard } from '../../export/tfjs/classifier-card.ts';
import { classifierGraph } from '../../export/tfjs/classifier-graph.ts';
import { CARD_FILE, MODEL_FILE, WEIGHTS_FILE } from '../../export/tfjs/file-names.ts';
import { lookUp } from '../../export/tfjs/net.ts';
import { createParameterSet, type NamedArray, type WeightLookup } from '../../models/parameters.ts';
import { decodeWeights } from '../../training/weights.ts';
import type { ModelExport } from '../task-kind.ts';
import { fieldOf, lengths } from './batches.ts';
import type { PreparedClassify } from './prepare.ts';

const MOST_SAMPLES = 100;
export const TOLERANCE = 1e-5;
const MEASURE = 'largest |theirs - ours| over the probabilities of all classes';

interface Exported {
  readonly experiment: ClassifyExperiment;
  readonly prepared: PreparedClassify;
  /** Of the test part, by the run's own kernels. */
  predict(weight: WeightLookup): Uint8Array<ArrayBuffer>;
}

/** @throws HindcastError `conflict` for a model without a graph, and `internal` where the saved model answers something else */
export async function exportClassifier(
  { experiment, prepared, predict }: Exported,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const weights = decodeWeights(trained.weights);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const frame = answersOf(prepared, weights, predict);
  await selectBackend('cpu', { allowFallback: false, threads });
  const steps = oneLength(prepared);
  const files = await filesOf(experiment, prepared, { weights, steps });
  const checked = evenly(prepared.parts.test.length);
  const model = await openLayersModel(files);
  const difference = largestDifference(model, prepared, frame.columns.probability, checked);
  model.dispose();
  if (!(difference <= TOLERANCE)) throw refused(difference, checked.length);
  const verified = { samples: checked.length, largestDifference: difference };
  const card = cardOf({ experiment, prepared, about, files, steps, frame, fitted: trained.fitted, verified });
  const text = (value: string) => new TextEncoder().encode(value);
  return [
    { name: MODEL_FILE, mediaType: 'application/json', data: text(files.json) },
    { name: WEIGHTS_FILE, mediaType: 'application/octet-stream', data: files.weights },
    { name: CARD_FILE, mediaType: 'application/json', data: text(`${JSON.stringify(card, null, 2)}\n`) },
  ];
}

function answersOf(
  { parts }: PreparedClassify,
  weights: readonly NamedArray[],
  predict: Exported['predict'],
): ClassifyFrame {
  const specs = weights.map(({ name, shape, values }) => ({ name, shape, initialize: () => values }));
  const parameters = createParameterSet(specs, weights);
  try {
    const frame = ClassifyFrame.decode(predict(parameters.weight));
    if (frame.columns.sample.length !== parts.test.length)
      throw new HindcastError('internal', 'The answers of the run have other samples than its test part.');
    return frame;
  } finally {
    parameters.dispose();
  }
}

/** Null where samples differ. */
export function oneLength({ input, parts }: Pick<PreparedClassify, 'input' | 'parts'>): number | null {
  const lengthOf = lengths(input);
  const found = new Set(Object.values(parts).flatMap((rows) => Array.from(rows, lengthOf)));
  return found.size === 1 ? [...found][0]! : null;
}

async function filesOf(
  { model, task }: ClassifyExperiment,
  { input }: PreparedClassify,
  { weights, steps }: { readonly weights: readonly NamedArray[]; readonly steps: number | null },
): Promise<LayersModelFiles> {
  const array = lookUp(weights);
  const graph = classifierGraph({ model, input: input.shape, readout: task.readout, steps, array });
  const made = createLayersModel({ inputs: graph.input, outputs: graph.output, name: 'hindcast' });
  const files = await saveLayersModel(made);
  made.dispose();
  return files;
}

/** Indices of at most 100 samples. */
export const evenly = (count: number): number[] => {
  const size = Math.min(MOST_SAMPLES, count);
  return Array.from({ length: size }, (_, index) => Math.floor((index * count) / size));
};

/**
 * @param answers [outputs][samples of the test part] of our own kernels
 * @param checked indices within the test part; those of one length are answered together
 */
export function largestDifference(
  model: LayersModel,
  { input, parts }: Pick<PreparedClassify, 'input' | 'parts'>,
  answers: readonly Float64Array[],
  checked: readonly number[],
): number {
  const lengthOf = lengths(input);
  let most = 0;
  for (const some of Map.groupBy(checked, (index) => lengthOf(parts.test[index]!)).values()) {
    const rows = some.map((index) => parts.test[index]!);
    const found = tf.tidy(() => (model.predict(fieldOf(input, rows).x) as tf.Tensor).dataSync());
    const classes = answers.length;
    for (const [at, index] of some.entries())
      for (let one = 0; one < classes; one++) {
        const difference = Math.abs(found[at * classes + one]! - answers[one]![index]!);
        most = Math.max(most, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
      }
  }
  return most;
}

interface CardSource {
  readonly experiment: ClassifyExperiment;
  readonly prepared: PreparedClassify;
  readonly about: ExportedRun;
  readonly files: LayersModelFiles;
  readonly steps: number | null;
  readonly frame: ClassifyFrame;
  readonly fitted: unknown;
  readonly verified: { readonly samples: number; readonly largestDifference: number };
}

function cardOf({ experiment, prepared, about, files, steps, frame, fitted, verified }: CardSource) {
  const { task } = experiment;
  const { shape } = prepared.input;
  const { decision } = frame.header;
  return {
    format: 'hindcast-model',
    version: 2,
    ...about,
    input: {
      kind: shape.kind,
      steps,
      channels: shape.kind === 'rows' ? shape.channels : null,
      column: task.input,
      mostSteps: task.mostSteps,
    },
    output: { classes: [...prepared.classes], label: task.label },
    ...(decision && { decision }),
    fitted,
    experiment,
    weights: describeWeights(files.weights),
    graph: describeWeights(new TextEncoder().encode(files.json)),
    verified: { ...verified, tolerance: TOLERANCE, measure: MEASURE },
  } satisfies ClassifierCard;
}

export function refused(difference: number, samples: number): HindcastError {
  const message = `The export was refused: on ${samples} samples stock TensorFlow.js answers with probabilities up to ${difference.toExponential(1)} beside this run's, more than ${TOLERANCE}; nothing was written. Please report it with the run's configuration.`;
  return new HindcastError('internal', message, { details: { difference, samples, tolerance: TOLERANCE } });
}
