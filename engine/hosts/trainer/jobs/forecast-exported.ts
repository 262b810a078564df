// The job `forecast-exported`: an exported model forecasts what comes after the last rows of new data, computed by stock
// TensorFlow.js.
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import type { NewSeries } from '../../../contract/processes/jobs/version.ts';
import { ForecastFrame } from '../../../contract/results/forecast.ts';
import { asForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { MEDIAN } from '../../../contract/tasks/quantiles.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { openLayersModel } from '../../../export/tfjs/artifacts.ts';
import type { Card } from '../../../export/tfjs/card.ts';
import { notesOn } from '../../../export/tfjs/describe-card.ts';
import type { AnswerReader } from '../../../models/heads/head.ts';
import type { Sequence } from '../../../models/sequence.ts';
import { type FutureWindows, onNewData, prepareFuture } from '../../../tasks/forecast/ahead/future.ts';
import { intervalsAhead, withoutIntervalsNote } from '../../../tasks/forecast/ahead/future-intervals.ts';
import {
  type Beside,
  forecastFrame,
  futureSubject,
  MOST_ROWS,
} from '../../../tasks/forecast/exports/predictions.ts';
import { quantileMaker } from '../../../tasks/forecast/intervals.ts';
import type { PredictingModel } from '../../../tasks/forecast/training/pass.ts';
import { validationBatchSize } from '../../../tasks/forecast/training/training.ts';
import { type ExportedFiles, readExported } from '../exported-model/read-exported.ts';
import type { Job } from './job.ts';

/** The limit of a job counts from one batch to the next: a small one. */
const MOST_WINDOWS = 32;

export const exportedForecastJob: Job<Jobs['forecast-exported']> = {
  async run({ folder, series }, { progress }) {
    const files = await readExported(folder);
    progress();
    return forecastExported({ files, series, progress });
  },
};

export interface ExportedForecast {
  readonly files: ExportedFiles;
  readonly series: readonly NewSeries[];
  /** Called before each batch. */
  progress(): void;
}

/** @throws HindcastError for data that does not suit it and for files that are no such model. */
export async function forecastExported({ files, series, progress }: ExportedForecast): Promise<Uint8Array> {
  const { card, json, weights } = files;
  requireRoomFor(card, series.length);
  await selectBackend('cpu', { allowFallback: false, threads: 1 });
  const loaded = await openLayersModel({ json, weights });
  try {
    requireSameShapes(card, loaded);
    progress();
    const future = prepareFuture(
      onNewData(asForecastExperiment(card.experiment)),
      stepsOutside(card),
      series,
    );
    requireSameInputs(card, future.inputNames);
    const beside = besideOf(card, future);
    const pass = {
      model: modelOf(card, ({ x }) => predict(loaded, x, progress)),
      weight: () => {
        throw new HindcastError('internal', 'An exported model keeps its weights to itself.');
      },
      size: Math.min(MOST_WINDOWS, validationBatchSize(1)),
    };
    const frame = forecastFrame(futureSubject(future), 'future', pass, beside);
    requireFinite(frame);
    const notes = card.intervals ? withoutIntervalsNote(card.intervals, future) : [];
    return ForecastFrame.encode(withNotes(frame, [...notesOn(card), ...notes]));
  } finally {
    loaded.dispose();
  }
}

/** Quantiles of the model, moved as the card says. */
function besideOf({ intervals, output }: Card, future: FutureWindows): Beside {
  const levels = output.levels ?? intervals?.levels;
  const maker = intervals ? intervalsAhead(intervals, future) : null;
  const quantiles = levels && { levels, of: quantileMaker(future, future.windows, maker) };
  return { baselines: [], reasons: [], quantiles };
}

function modelOf({ output: { levels } }: Card, predict: (window: Sequence) => tf.Tensor3D): PredictingModel {
  return levels ? { predict, answer: predict, head: quantileReader(levels) } : { predict };
}

/** Of an answer that is quantiles already. */
function quantileReader(levels: readonly number[]): AnswerReader {
  const count = levels.length;
  return {
    width: count,
    point: levels.indexOf(MEDIAN),
    levels: count,
    quantiles(numbers, out) {
      out.set(numbers);
      // The 32-bit sums of the graph may cross by their last digit.
      out.sort();
    },
  };
}

function predict(loaded: LayersModel, x: tf.Tensor3D, progress: () => void): tf.Tensor3D {
  progress();
  try {
    return loaded.predict(x) as tf.Tensor3D;
  } catch (cause) {
    throw unreadable(`The graph of the model cannot be computed: ${textOf(cause)}`, cause);
  }
}

function withNotes(frame: ForecastFrame, notes: readonly string[]): ForecastFrame {
  return { ...frame, header: { ...frame.header, notes: [...notes, ...(frame.header.notes ?? [])] } };
}

/** Before any table of that size is made. */
function requireRoomFor({ output }: Card, series: number): void {
  const [horizon = 0, targets = 0] = output.shape;
  const rows = horizon * targets * series;
  if (rows > MOST_ROWS) {
    const message = `Forecasts of ${count(horizon)} steps for ${count(series)} series are ${count(rows)} rows, more than the ${count(MOST_ROWS)} that fit in one answer; give fewer series, or a model with a shorter horizon.`;
    throw new HindcastError('invalid-input', message, { details: { rows, mostRows: MOST_ROWS } });
  }
}

/** @throws HindcastError `file-unreadable` where the graph takes or gives something else than its card says. */
function requireSameShapes({ input, output }: Card, model: LayersModel): void {
  const takes = sizesOf(model.inputs);
  const gives = sizesOf(model.outputs);
  const says = [input.shape, output.shape].map(asText);
  if (says[0] === takes && says[1] === gives) return;
  throw unreadable(
    `Card and graph of the model disagree: the card says ${says[0]} to ${says[1]}, the graph ${takes} to ${gives}`,
  );
}

/** Without the batch; a model of several inputs or outputs is like no card. */
const sizesOf = (tensors: readonly { readonly shape: readonly (number | null)[] }[]): string =>
  tensors.map(({ shape }) => asText(shape.slice(1))).join(' and ');

const asText = (shape: readonly (number | null)[]): string => shape.map((size) => size ?? 'any').join(' x ');

/** @throws HindcastError `file-unreadable` where the steps in front of the model make other inputs than the card says. */
function requireSameInputs({ input }: Card, names: readonly string[]): void {
  if (names.length === input.names.length && names.every((name, at) => name === input.names[at])) return;
  throw unreadable(
    `The card of the model contradicts itself: its steps make ${names.join(', ')} of this data, but its inputs have other names`,
  );
}

/** @throws HindcastError `file-unreadable` where the model makes no numbers at all. */
function requireFinite({ columns }: { readonly columns: { readonly forecast: Float64Array } }): void {
  const { forecast } = columns;
  if (forecast.length === 0 || forecast.some((value) => Number.isFinite(value))) return;
  throw new HindcastError(
    'file-unreadable',
    'The model makes no finite forecast of this data: its graph or weights were changed, or the data holds no numbers where it needs them.',
  );
}

const unreadable = (fault: string, cause?: unknown): HindcastError =>
  new HindcastError('file-unreadable', `${fault}; give the folder of one export, as it was written.`, {
    cause,
  });

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
const count = (value: number): string => value.toLocaleString('en-US');

/** The fitted pipeline without the steps that the graph itself does. */
function stepsOutside({ fitted, units, stepsBefore }: Card): unknown {
  if (units === 'model') return fitted;
  const pipeline = fitted as { readonly steps: readonly unknown[] };
  return { ...pipeline, steps: pipeline.steps.slice(0, stepsBefore.length) };
}
