// The tfjs export: a trained model as a LayersModel of stock layers, checked before it is handed out. Stock TensorFlow.js loads
// the files on its own backend, and its forecasts must agree with ours (verification.ts), or the export is refused. Scaling is
// part of the graph where possible; a model whose scaling cannot be part of it, or would lose too much precision there, works in
// its own units.
import * as tf from '@tensorflow/tfjs-core';
import { model as createLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { Experiment } from '../../contract/experiment/experiment.ts';
import type { CardIntervals } from '../../contract/runs/export.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import type { ForecastShape } from '../../models/forecast-core.ts';
import type { NamedArray } from '../../models/parameters.ts';
import { type LayersModelFiles, openLayersModel, saveLayersModel } from './artifacts.ts';
import { modelGraph } from './model-graph.ts';
import { inputNode, lookUp } from './net.ts';
import { type GraphScaling, planScaling, scaledGraph } from './scaling-graph.ts';
import { allOf, type CheckedWindows, largestDifference, TOLERANCE } from './verification.ts';

const BATCH = 20;

export interface TfjsSource {
  readonly experiment: Experiment;
  readonly prepared: PreparedForecast;
  /** The same data behind other steps. */
  prepareWith(pipeline: Experiment['pipeline']): PreparedForecast;
  /** Fitted pipeline of the run. */
  readonly fitted: unknown;
  readonly shape: ForecastShape;
  readonly weights: readonly NamedArray[];
  readonly windows: CheckedWindows;
  /** Levels of the quantiles that the model answers with; null: it answers with the forecast alone. */
  readonly levels: readonly number[] | null;
  /** Ours of these windows in model units, [windows, horizon, targets]: the forecast, or its quantiles by level. */
  readonly forecasts: readonly Float32Array[];
  /** For the card; null: the run has none. */
  readonly intervals: CardIntervals | null;
}

export interface TfjsExport {
  readonly files: LayersModelFiles;
  /** What the model takes and gives: the units of the data, or its own behind all steps of the pipeline. */
  readonly units: 'data' | 'model';
  /** Why it is not the units of the data; null where it is. */
  readonly whyModelUnits: string | null;
  /** Steps of the pipeline to be done in front of the model. */
  readonly outside: readonly string[];
  readonly largestDifference: number;
}

/**
 * The current backend must be a stock one.
 * @throws HindcastError `internal` where the saved model forecasts something else.
 */
export async function exportTfjs(source: TfjsSource): Promise<TfjsExport> {
  const { experiment, fitted } = source;
  const plan = planScaling(experiment.pipeline, fitted, outputTargets(source));
  const inData = 'impossible' in plan ? null : await attempt(source, plan);
  if (inData && inData.largestDifference <= TOLERANCE) return inData;
  const inModel = await attempt(source, null);
  if (inModel.largestDifference > TOLERANCE) throw refused(source, inModel.largestDifference);
  const whyModelUnits = 'impossible' in plan ? plan.impossible : tooCoarse(inData!.largestDifference);
  return { ...inModel, whyModelUnits };
}

async function attempt(source: TfjsSource, scaling: GraphScaling | null): Promise<TfjsExport> {
  const { experiment, prepared, windows } = source;
  const files = await filesOf(source, scaling);
  const inputs = scaling ? source.prepareWith([...scaling.outside]) : prepared;
  const loaded = await openLayersModel(files);
  const answers = predictWindows(loaded, inputs, source);
  loaded.dispose();
  const toData = (forecasts: Float32Array) => prepared.toOriginal(windows, allOf(windows), forecasts);
  const differences = answers.map((answer, column) =>
    largestDifference(
      prepared,
      windows,
      scaling ? answer : toData(answer),
      toData(source.forecasts[column]!),
    ),
  );
  const outside = scaling ? scaling.outside : experiment.pipeline;
  return {
    files,
    units: scaling ? 'data' : 'model',
    whyModelUnits: null,
    outside: outside.map(({ step }) => step),
    largestDifference: Math.max(...differences),
  };
}

async function filesOf(
  { experiment, shape, weights }: TfjsSource,
  scaling: GraphScaling | null,
): Promise<LayersModelFiles> {
  const window = inputNode([shape.lookback, shape.inputs], 'window');
  const graph = (x: typeof window) =>
    modelGraph(x, { model: experiment.model, shape, array: lookUp(weights) });
  const outputs = scaling ? scaledGraph(window, scaling, graph) : graph(window);
  const made = createLayersModel({ inputs: window, outputs, name: 'hindcast' });
  const files = await saveLayersModel(made);
  made.dispose();
  return files;
}

/** The target of each column of the answer. */
export const outputTargets = ({ prepared, levels }: Pick<TfjsSource, 'prepared' | 'levels'>): string[] =>
  prepared.targetNames.flatMap((target) => (levels ?? [null]).map(() => target));

/** Laid out as `forecasts`, in the model's units. */
function predictWindows(
  model: LayersModel,
  data: PreparedForecast,
  { windows, levels }: Pick<TfjsSource, 'windows' | 'levels'>,
): Float32Array[] {
  const { lookback, horizon, inputNames, targetNames } = data;
  const width = levels?.length ?? 1;
  const cells = horizon * targetNames.length;
  const answers = Array.from({ length: width }, () => new Float32Array(windows.count * cells));
  const batch = data.createBatch(BATCH);
  const all = allOf(windows);
  for (let first = 0; first < windows.count; first += BATCH) {
    const indices = all.subarray(first, first + BATCH);
    data.gather(windows, indices, batch);
    const values = batch.inputs.slice(0, indices.length * lookback * inputNames.length);
    const answer = tf.tidy(
      () => model.predict(tf.tensor3d(values, [indices.length, lookback, inputNames.length])) as tf.Tensor,
    );
    const numbers = answer.dataSync();
    answer.dispose();
    answers.forEach((column, level) => {
      for (let cell = 0; cell < indices.length * cells; cell += 1)
        column[first * cells + cell] = numbers[cell * width + level]!;
    });
  }
  return answers;
}

const tooCoarse = (difference: number): string =>
  `in the units of the data its 32-bit numbers are too coarse: forecasts would differ by ${difference.toExponential(1)} of the target's spread`;

function refused({ windows: { count } }: TfjsSource, difference: number): HindcastError {
  const message = `The export was refused: on ${count} windows stock TensorFlow.js forecasts up to ${difference.toExponential(1)} of the target's spread beside this run, more than ${TOLERANCE}; nothing was written. Please report it with the run's configuration.`;
  const details = { difference, windows: count, tolerance: TOLERANCE };
  return new HindcastError('internal', message, { details });
}
