// A trained model of samples as files that stock TensorFlow.js loads, checked on up to 100 samples against its own answers.
import * as tf from '@tensorflow/tfjs-core';
import { model as createLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { selectBackend } from '../../backends/select.ts';
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Part } from '../../data/prepared.ts';
import { type LayersModelFiles, openLayersModel, saveLayersModel } from '../../export/tfjs/artifacts.ts';
import { describeWeights } from '../../export/tfjs/card.ts';
import type { ClassifierCard } from '../../export/tfjs/classifier-card.ts';
import { classifierGraph } from '../../export/tfjs/classifier-graph.ts';
import { CARD_FILE, MODEL_FILE, WEIGHTS_FILE } from '../../export/tfjs/file-names.ts';
import { lookUp } from '../../export/tfjs/net.ts';
import { createParameterSet, type NamedArray } from '../../models/parameters.ts';
import type { OutputWriter } from '../../models/sequence-classifier.ts';
import { decodeWeights } from '../../training/weights.ts';
import { fieldOf, lengths } from '../classify/batches.ts';
import type { FittedInput } from '../classify/inputs/input-kind.ts';
import { evenly } from '../evenly.ts';
import type { ModelExport } from '../task-kind.ts';
import type { AnswersOn } from './sample-machine.ts';
import { byOutput, longestOf } from './sample-model.ts';
import type { ReadingTask } from './split-parts.ts';

const MOST_SAMPLES = 100;
const TOLERANCE = 1e-5;

interface Samples {
  readonly input: FittedInput;
  readonly parts: Readonly<Record<Part, Int32Array>>;
}

export interface ExportedSamples<Cut> {
  readonly experiment: ExperimentOf<ReadingTask>;
  readonly samples: Samples;
  readonly outputs: number;
  readonly writer: OutputWriter;
  readonly answersOn: AnswersOn<Cut>;
  /** Answers as the graph gives them. */
  raw(answers: Float64Array): Float64Array;
  /** Of the largest difference, for the card. */
  readonly measure: string;
  /** What the answers mean. */
  card(cut: Cut | undefined): Pick<ClassifierCard, 'output' | 'decision'>;
}

/** @throws HindcastError `conflict` for a model without a graph, and `internal` where the saved model answers something else */
export async function exportSamples<Cut>(
  exported: ExportedSamples<Cut>,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const { experiment, samples, outputs } = exported;
  const weights = decodeWeights(trained.weights);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const { test, cut } = withWeights(weights, exported.answersOn);
  await selectBackend('cpu', { allowFallback: false, threads });
  const steps = oneLength(samples);
  const files = await filesOf(exported, { weights, steps });
  const checked = evenly([...samples.parts.test.keys()], MOST_SAMPLES);
  const model = await openLayersModel(files);
  const largest = largestDifference(model, samples, byOutput(exported.raw(test), outputs), checked);
  model.dispose();
  if (!(largest <= TOLERANCE)) throw refused(largest, checked.length);
  const card = {
    format: 'hindcast-model',
    version: 2,
    ...about,
    input: inputOf(exported, steps),
    ...exported.card(cut),
    fitted: trained.fitted,
    experiment,
    weights: describeWeights(files.weights),
    graph: describeWeights(new TextEncoder().encode(files.json)),
    verified: {
      samples: checked.length,
      largestDifference: largest,
      tolerance: TOLERANCE,
      measure: exported.measure,
    },
  } satisfies ClassifierCard;
  const text = (value: string) => new TextEncoder().encode(value);
  return [
    { name: MODEL_FILE, mediaType: 'application/json', data: text(files.json) },
    { name: WEIGHTS_FILE, mediaType: 'application/octet-stream', data: files.weights },
    { name: CARD_FILE, mediaType: 'application/json', data: text(`${JSON.stringify(card, null, 2)}\n`) },
  ];
}

function inputOf<Cut>(
  { experiment: { task }, samples }: ExportedSamples<Cut>,
  steps: number | null,
): ClassifierCard['input'] {
  const { shape } = samples.input;
  return {
    kind: shape.kind,
    steps,
    channels: shape.kind === 'rows' ? shape.channels : null,
    column: task.input,
    mostSteps: task.mostSteps,
  };
}

function withWeights<Cut>(weights: readonly NamedArray[], answersOn: AnswersOn<Cut>) {
  const specs = weights.map(({ name, shape, values }) => ({ name, shape, initialize: () => values }));
  const parameters = createParameterSet(specs, weights);
  try {
    return answersOn(parameters.weight);
  } finally {
    parameters.dispose();
  }
}

/** Null where samples differ. */
function oneLength({ input, parts }: Samples): number | null {
  const lengthOf = lengths(input);
  const found = new Set(Object.values(parts).flatMap((rows) => Array.from(rows, lengthOf)));
  return found.size === 1 ? [...found][0]! : null;
}

async function filesOf<Cut>(
  { experiment: { model, task }, samples: { input, parts }, writer }: ExportedSamples<Cut>,
  { weights, steps }: { readonly weights: readonly NamedArray[]; readonly steps: number | null },
): Promise<LayersModelFiles> {
  const array = lookUp(weights);
  const graph = classifierGraph({
    model,
    input: input.shape,
    readout: task.readout,
    steps,
    mostSteps: Math.max(task.mostSteps, longestOf(parts, input)),
    array,
    writer,
  });
  const made = createLayersModel({ inputs: graph.input, outputs: graph.output, name: 'hindcast' });
  const files = await saveLayersModel(made);
  made.dispose();
  return files;
}

/**
 * @param answers [outputs][samples of the test part] of our own kernels
 * @param checked indices within the test part; those of one length are answered together
 */
function largestDifference(
  model: LayersModel,
  { input, parts }: Samples,
  answers: readonly Float64Array[],
  checked: readonly number[],
): number {
  const lengthOf = lengths(input);
  let most = 0;
  for (const some of Map.groupBy(checked, (index) => lengthOf(parts.test[index]!)).values()) {
    const rows = some.map((index) => parts.test[index]!);
    const found = tf.tidy(() => (model.predict(fieldOf(input, rows).x) as tf.Tensor).dataSync());
    const outputs = answers.length;
    for (const [at, index] of some.entries())
      for (let one = 0; one < outputs; one++) {
        const difference = Math.abs(found[at * outputs + one]! - answers[one]![index]!);
        most = Math.max(most, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
      }
  }
  return most;
}

function refused(difference: number, samples: number): HindcastError {
  const message = `The export was refused: on ${samples} samples the answers of stock TensorFlow.js differ from this run's by up to ${difference.toExponential(1)}, more than ${TOLERANCE}; nothing was written. Please report it with the run's configuration.`;
  return new HindcastError('internal', message, { details: { difference, samples, tolerance: TOLERANCE } });
}
