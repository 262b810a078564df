// A trained model of samples as files that stock TensorFlow.js loads, checked on up to 100 samples against its own answers.
import { model as createLayersModel } from '@tensorflow/tfjs-layers';
import { selectBackend } from '../../backends/select.ts';
import type { ExperimentOf } from '../../contract/experiment.ts';
import type { ExportedFile, ExportedRun } from '../../contract/processes/jobs/export.ts';
import { type LayersModelFiles, openLayersModel, saveLayersModel } from '../../export/tfjs/artifacts.ts';
import { describeWeights } from '../../export/tfjs/card.ts';
import type { ClassifierCard } from '../../export/tfjs/classifier-card.ts';
import { classifierGraph } from '../../export/tfjs/classifier-graph.ts';
import { CARD_FILE, MODEL_FILE, WEIGHTS_FILE } from '../../export/tfjs/file-names.ts';
import { lookUp } from '../../export/tfjs/net.ts';
import { createParameterSet, type NamedArray, type WeightLookup } from '../../models/parameters.ts';
import { decodeWeights } from '../../training/weights.ts';
import { evenly, largestDifference, oneLength, refused, TOLERANCE } from '../classify/export-classifier.ts';
import type { ModelExport } from '../task-kind.ts';
import type { PreparedAnswers, ReadingTask } from './prepare.ts';

const MEASURE = 'largest |theirs - ours| over all answers, as the graph gives them';

interface Exported {
  readonly experiment: ExperimentOf<ReadingTask>;
  readonly prepared: PreparedAnswers;
  /** By the run's own kernels: [samples, outputs] of the test part, and what is decided by. */
  answersOn(weight: WeightLookup): Answers;
}

interface Answers {
  readonly test: Float64Array;
  readonly thresholds: readonly number[] | undefined;
}

/** @throws HindcastError `conflict` for a model without a graph, and `internal` where the saved model answers something else */
export async function exportAnswers(
  { experiment, prepared, answersOn }: Exported,
  { trained, about, threads }: ModelExport,
): Promise<ExportedFile[]> {
  const weights = decodeWeights(trained.weights);
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const { test, thresholds } = withWeights(weights, answersOn);
  await selectBackend('cpu', { allowFallback: false, threads });
  const steps = oneLength(prepared);
  const files = await filesOf(experiment, prepared, { weights, steps });
  const checked = evenly(prepared.parts.test.length);
  const model = await openLayersModel(files);
  const largest = largestDifference(model, prepared, byOutput(prepared, test), checked);
  model.dispose();
  if (!(largest <= TOLERANCE)) throw refused(largest, checked.length);
  const verified = { samples: checked.length, largestDifference: largest };
  const card = cardOf({
    experiment,
    prepared,
    about,
    files,
    steps,
    thresholds,
    fitted: trained.fitted,
    verified,
  });
  const text = (value: string) => new TextEncoder().encode(value);
  return [
    { name: MODEL_FILE, mediaType: 'application/json', data: text(files.json) },
    { name: WEIGHTS_FILE, mediaType: 'application/octet-stream', data: files.weights },
    { name: CARD_FILE, mediaType: 'application/json', data: text(`${JSON.stringify(card, null, 2)}\n`) },
  ];
}

function withWeights(weights: readonly NamedArray[], answersOn: Exported['answersOn']): Answers {
  const specs = weights.map(({ name, shape, values }) => ({ name, shape, initialize: () => values }));
  const parameters = createParameterSet(specs, weights);
  try {
    return answersOn(parameters.weight);
  } finally {
    parameters.dispose();
  }
}

/** As the graph gives them. */
function byOutput({ outcome, parts }: PreparedAnswers, answers: Float64Array): Float64Array[] {
  const width = outcome.outputs.length;
  const raw = outcome.raw(answers);
  return outcome.outputs.map((_, output) =>
    Float64Array.from({ length: parts.test.length }, (_row, row) => raw[row * width + output]!),
  );
}

async function filesOf(
  { model, task }: ExperimentOf<ReadingTask>,
  { input, outcome }: PreparedAnswers,
  { weights, steps }: { readonly weights: readonly NamedArray[]; readonly steps: number | null },
): Promise<LayersModelFiles> {
  const { writer } = outcome;
  const array = lookUp(weights);
  const graph = classifierGraph({ model, input: input.shape, readout: task.readout, steps, array, writer });
  const made = createLayersModel({ inputs: graph.input, outputs: graph.output, name: 'hindcast' });
  const files = await saveLayersModel(made);
  made.dispose();
  return files;
}

interface CardSource {
  readonly experiment: ExperimentOf<ReadingTask>;
  readonly prepared: PreparedAnswers;
  readonly about: ExportedRun;
  readonly files: LayersModelFiles;
  readonly steps: number | null;
  readonly thresholds: readonly number[] | undefined;
  readonly fitted: unknown;
  readonly verified: { readonly samples: number; readonly largestDifference: number };
}

function cardOf(source: CardSource) {
  const { experiment, prepared, about, files, steps, thresholds, fitted, verified } = source;
  const { task } = experiment;
  const { input, outcome } = prepared;
  const { shape } = input;
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
    output: {
      kind: outcome.writer,
      classes: [...outcome.outputs],
      label: outcome.column,
      ...(thresholds && { thresholds: [...thresholds] }),
    },
    fitted,
    experiment,
    weights: describeWeights(files.weights),
    graph: describeWeights(new TextEncoder().encode(files.json)),
    verified: { ...verified, tolerance: TOLERANCE, measure: MEASURE },
  } satisfies ClassifierCard;
}
