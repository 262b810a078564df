// A trained labeller as files that stock TensorFlow.js loads: its model, its vocabulary and its classes, and a program that labels with them. The files are loaded again on
// TensorFlow.js's own backend, and must give the probabilities that the run gives.
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../backends/select.ts';
import type { ExportedFile } from '../../contract/processes/jobs/export.ts';
import { mostStepsOf } from '../../contract/tasks/label.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { openLayersModel, saveLayersModel } from '../../export/tfjs/artifacts.ts';
import { jsonFile, largestOf, layersFiles, requireSame, textFile } from '../../export/tfjs/exported-files.ts';
import { labelScript } from '../../export/tfjs/label-script.ts';
import { lookUp } from '../../export/tfjs/net.ts';
import { stepModel } from '../../export/tfjs/step-graph.ts';
import { createParameterSet } from '../../models/parameters.ts';
import type { StepLabeller, StepRead } from '../../models/step-labeller.ts';
import { readValues } from '../../ops/values.ts';
import { decodeWeights } from '../../training/weights.ts';
import type { StepValues } from '../sample-reading.ts';
import type { ModelExport } from '../task-kind.ts';
import { longestOf } from './model.ts';
import type { PreparedLabel } from './prepare.ts';
import { stepField } from './step-batch.ts';

/** Texts of the test part whose probabilities are compared. */
const CHECKED = 20;

export interface OpenLabel {
  readonly experiment: LabelExperiment;
  readonly prepared: PreparedLabel;
  readonly model: StepLabeller;
}

/** @throws HindcastError `conflict` for a model without such a form, and `internal` where the files say something else. */
export async function exportLabeller(
  { experiment, prepared, model }: OpenLabel,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const { encode, parts, fitted, input } = prepared;
  const { read } = input;
  const weights = decodeWeights(trained.weights);
  const texts = Array.from(parts.test.slice(0, CHECKED), encode);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const parameters = createParameterSet(model.specs, weights);
  const ours = texts.map((tokens) =>
    readValues(() => model.predict(stepField(read, [tokens]), parameters.weight)),
  );
  parameters.dispose();
  await selectBackend('cpu', { allowFallback: false, threads });
  const made = stepModel({
    model: experiment.model,
    read,
    mostSteps: longestOf(experiment),
    array: lookUp(weights),
  });
  const files = await saveLayersModel(made);
  made.dispose();
  const loaded = await openLayersModel(files);
  const differences: number[] = [];
  // Texts of one length together: most of the time of a stock layer goes into its kernels, however many texts it reads.
  for (const group of Map.groupBy(texts.keys(), (index) => texts[index]!.length).values()) {
    const said = readValues(() => {
      const inputs = group.map((index) => inputOf(read, texts[index]!));
      return loaded.predict(tf.concat(inputs, 0)) as tf.Tensor;
    });
    const size = said.length / group.length;
    for (const [row, index] of group.entries())
      differences.push(largestOf(ours[index]!, said.slice(row * size, (row + 1) * size)));
  }
  loaded.dispose();
  const verified = { texts: texts.length, ...requireSame(Math.max(0, ...differences)) };
  const { classes, scale } = fitted;
  // By number: the unknown token, then those of the texts; of numbers how each is scaled, (x - mean) / deviation.
  const vocabulary = {
    ...(scale ? { scale } : { tokens: ['', ...fitted.tokens] }),
    classes,
    mostSteps: mostStepsOf(experiment.task),
    cut: experiment.task.tokens,
  };
  return [
    ...layersFiles(files),
    jsonFile('vocabulary.json', vocabulary),
    textFile('label.js', 'text/javascript', labelScript(experiment.task.tokens)),
    jsonFile('about.json', { ...about, verified, experiment }),
  ];
}

const inputOf = (read: StepRead, values: StepValues): tf.Tensor =>
  read.kind === 'rows'
    ? tf.tensor3d(Float32Array.from(values), [1, values.length / read.channels, read.channels])
    : tf.tensor2d(Int32Array.from(values), [1, values.length]);
