// The tfjs export: a trained model as a LayersModel of stock layers, checked before it is handed out. The files are loaded again by
// stock TensorFlow.js on its own backend and must forecast 100 windows of the test part as we do, to 1e-5; else there is no export.
// The scaling goes into the graph where it can be; a model whose scaling cannot, or loses too much there, works in its own units.
import * as tf from '@tensorflow/tfjs-core';
import { model as createLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { HindcastError } from '../../contract/errors.ts';
import type { Experiment } from '../../contract/experiment.ts';
import { prepareForecast } from '../../data/prepare.ts';
import type { PreparedForecast, WindowSet } from '../../data/prepared.ts';
import type { Series } from '../../data/series.ts';
import type { ForecastShape } from '../../models/forecast-model.ts';
import type { NamedArray } from '../../models/parameters.ts';
import { type LayersModelFiles, openLayersModel, saveLayersModel } from './artifacts.ts';
import { modelGraph } from './model-graph.ts';
import { inputNode, lookUp } from './net.ts';
import { type GraphScaling, planScaling, scaledGraph } from './scaling-graph.ts';

export const TOLERANCE = 1e-5;
const MOST_WINDOWS = 100;
const BATCH = 20;

export interface TfjsSource {
  readonly experiment: Experiment;
  readonly series: readonly Series[];
  readonly datasetName: string;
  readonly prepared: PreparedForecast;
  /** Fitted pipeline of the run. */
  readonly fitted: unknown;
  readonly shape: ForecastShape;
  readonly weights: readonly NamedArray[];
  /** Windows of the test part, and our forecasts of them in model units, [windows, horizon, targets]. */
  readonly windows: Int32Array;
  readonly forecasts: Float32Array;
}

export interface TfjsExport {
  readonly files: LayersModelFiles;
  /** What the model takes and gives: the units of the data, or its own behind all steps of the pipeline. */
  readonly units: 'data' | 'model';
  /** Steps of the pipeline to be done in front of the model. */
  readonly outside: readonly string[];
  readonly windows: number;
  /** Largest difference from our forecasts, in standard deviations of the target. */
  readonly largestDifference: number;
}

/** Up to 100 windows, evenly spread. */
export function windowsToCheck({ count }: WindowSet): Int32Array {
  const size = Math.min(MOST_WINDOWS, count);
  return Int32Array.from({ length: size }, (_, index) => Math.floor((index * count) / size));
}

/**
 * The current backend must be a stock one.
 * @throws HindcastError `internal` where the saved model forecasts something else.
 */
export async function exportTfjs(source: TfjsSource): Promise<TfjsExport> {
  const { experiment, prepared, fitted } = source;
  const scaling = planScaling(experiment.pipeline, fitted, prepared.targetNames);
  const inData = scaling && (await attempt(source, scaling));
  if (inData && inData.largestDifference <= TOLERANCE) return inData;
  const inModel = await attempt(source, null);
  if (inModel.largestDifference <= TOLERANCE) return inModel;
  throw refused(inModel.largestDifference, inModel.windows);
}

async function attempt(source: TfjsSource, scaling: GraphScaling | null): Promise<TfjsExport> {
  const { experiment, series, datasetName, prepared, shape, weights, windows } = source;
  const window = inputNode([shape.lookback, shape.inputs], 'window');
  const graph = (x: typeof window) =>
    modelGraph(x, { model: experiment.model, shape, array: lookUp(weights) });
  const outputs = scaling ? scaledGraph(window, scaling, graph) : graph(window);
  const made = createLayersModel({ inputs: window, outputs, name: 'hindcast' });
  const files = await saveLayersModel(made);
  made.dispose();
  const inputs = scaling
    ? prepareForecast({ ...experiment, pipeline: [...scaling.outside] }, series, datasetName)
    : prepared;
  const loaded = await openLayersModel(files);
  const answers = predictWindows(loaded, inputs, windows);
  loaded.dispose();
  const outside = scaling ? scaling.outside : experiment.pipeline;
  return {
    files,
    units: scaling ? 'data' : 'model',
    outside: outside.map(({ step }) => step),
    windows: windows.length,
    largestDifference: scaling
      ? differenceInData(source, answers)
      : largest(answers, source.forecasts, () => 1),
  };
}

/** [windows, horizon, targets] */
export function predictWindows(
  model: LayersModel,
  data: PreparedForecast,
  windows: Int32Array,
): Float32Array {
  const { lookback, horizon, inputNames, targetNames } = data;
  const cells = horizon * targetNames.length;
  const answers = new Float32Array(windows.length * cells);
  const batch = data.createBatch(BATCH);
  for (let first = 0; first < windows.length; first += BATCH) {
    const indices = windows.subarray(first, first + BATCH);
    data.gather(data.windows.test, indices, batch);
    const values = batch.inputs.slice(0, indices.length * lookback * inputNames.length);
    const answer = tf.tidy(
      () => model.predict(tf.tensor3d(values, [indices.length, lookback, inputNames.length])) as tf.Tensor,
    );
    answers.set(answer.dataSync() as Float32Array, first * cells);
    answer.dispose();
  }
  return answers;
}

/** In standard deviations of each target. */
function differenceInData({ prepared, windows, forecasts }: TfjsSource, answers: Float32Array): number {
  const set = prepared.windows.test;
  const ours = prepared.toOriginal(set, windows, forecasts);
  const targets = prepared.targetNames.length;
  const cells = prepared.horizon * targets;
  return largest(answers, ours, (cell) => {
    const series = prepared.series[set.series[windows[Math.floor(cell / cells)]!]!]!;
    return series.trainStd[cell % targets]!;
  });
}

/** Largest |a - e| / max(unit, |e|); NaN counts as infinite. */
function largest(
  answers: ArrayLike<number>,
  expected: ArrayLike<number>,
  unit: (cell: number) => number,
): number {
  let most = 0;
  for (let cell = 0; cell < expected.length; cell++) {
    const wanted = expected[cell]!;
    const difference = Math.abs(answers[cell]! - wanted) / Math.max(unit(cell), Math.abs(wanted));
    most = Math.max(most, Number.isNaN(difference) ? Infinity : difference);
  }
  return most;
}

function refused(difference: number, windows: number): HindcastError {
  const message = `The export was refused: on ${windows} windows stock TensorFlow.js forecasts up to ${difference.toExponential(1)} beside this run, more than ${TOLERANCE}; nothing was written. Please report it with the run's configuration.`;
  return new HindcastError('internal', message, { details: { difference, windows, tolerance: TOLERANCE } });
}
