// A linear model solved in one step: ridge regression with an intercept on all training windows, in model units. Where the model names
// no ridge, the validation part chooses the best of a few. Windows (or columns of a window) with a missing target are left out.
//
// Products of a batch are float32, their sums over batches and the solution float64, all in a fixed order.
import * as tf from '@tensorflow/tfjs-core';
import type { Loss } from '../../../contract/experiment/losses.ts';
import type { LinearModel } from '../../../contract/experiment/model.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { countText } from '../../../data/count-text.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import {
  createEquations,
  type NormalEquations,
} from '../../../evaluation/baselines/linear/normal-equations.ts';
import {
  interceptMap,
  type LinearMap,
  ridgeMap,
  squaredError,
} from '../../../evaluation/baselines/linear/ridge.ts';
import type { LinearMapOfModel } from '../../../models/forecast-core.ts';
import type { ForecastModel } from '../../../models/forecast-model.ts';
import { HEAD } from '../../../models/writers/writer.ts';
import { isSquaredError } from '../../../training/loss.ts';
import type { Solution } from '../../../training/task.ts';
import { inputTensor } from './pass.ts';

/** Numbers of a window that a map reads at most: the solution takes their number cubed, here some ten seconds. */
const MOST_INPUTS = 2_000;
/** Fewer rows say nothing about a map. */
const FEWEST_ROWS = 20;
/** Ridges that are tried, in mean squares of the inputs summed over the rows. */
const RIDGES = [1e-6, 1e-4, 1e-2, 1e-1, 1];
/** Rows of a batch of sums. */
const BATCH_ROWS = 1_024;

export interface SolvedForecast {
  readonly prepared: PreparedForecast;
  readonly model: ForecastModel;
  readonly ridge: LinearModel['ridge'];
}

/** @throws HindcastError `invalid-input` or `too-few-rows` where no map can be solved; `details.field` names the field. Asked before a run is made. */
export function requireSolvable({ prepared, model }: Omit<SolvedForecast, 'ridge'>, loss: Loss): void {
  const { inputs } = mapOf(model);
  const refuse = (message: string, field: string) => {
    throw new HindcastError('invalid-input', message, { details: { field } });
  };
  if (!isSquaredError({ loss })) {
    const message = `model.fit ridge minimizes squared errors, but task.loss is ${loss}; set model.fit to gradient, or task.loss to mse.`;
    refuse(message, 'model.fit');
  }
  if (inputs > MOST_INPUTS) {
    const message = `A linear map of ${countText(inputs)} numbers is too large to be solved in one step (at most ${countText(MOST_INPUTS)}); set model.fit to gradient, model.channelIndependent to true, or lower task.lookback.`;
    refuse(message, 'model.fit');
  }
  const rows = countRows(prepared, model);
  if (rows >= FEWEST_ROWS) return;
  const message = `Only ${countText(rows)} training windows have all their targets, too few to solve a linear map from; set model.fit to gradient, or move the split.`;
  throw new HindcastError('too-few-rows', message, { details: { field: 'model.fit' } });
}

function mapOf({ linearMap }: ForecastModel): LinearMapOfModel {
  if (linearMap) return linearMap;
  throw new HindcastError('internal', 'a model that is no linear map was to be solved in closed form');
}

/** Solves the model; each `next` adds up a batch or tries a ridge. */
export function* solveForecast(solved: SolvedForecast): Generator<void, Solution, void> {
  const training = yield* sumOver(solved, 'train');
  const map = yield* bestMap(solved, training);
  const { inputs, answers } = mapOf(solved.model);
  return {
    weights: [
      { name: `${HEAD}/kernel`, shape: [inputs, answers], values: Float32Array.from(map.weights) },
      { name: `${HEAD}/bias`, shape: [answers], values: Float32Array.from(map.intercepts) },
    ],
    loss: squaredError(map, training),
    count: training.windows * answers,
  };
}

function* bestMap(solved: SolvedForecast, training: NormalEquations): Generator<void, LinearMap, void> {
  const size = meanDiagonal(training);
  // A constant column: there is nothing that a ridge could weigh.
  if (!(size > 0)) return interceptMap(training);
  if (solved.ridge !== null) {
    const map = ridgeMap(training, solved.ridge * size);
    if (map) return map;
    throw new HindcastError(
      'invalid-input',
      `The linear map has no solution: the ridge ${solved.ridge} is too weak for inputs that follow from each other; raise model.ridge.`,
      { details: { field: 'model.ridge' } },
    );
  }
  const validation = yield* sumOver(solved, 'validation');
  let best: { readonly map: LinearMap; readonly error: number } | null = null;
  for (const ridge of RIDGES) {
    const map = ridgeMap(training, ridge * size);
    yield;
    if (!map) continue;
    const error = squaredError(map, validation);
    if (!best || error < best.error) best = { map, error };
  }
  return best?.map ?? interceptMap(training);
}

function meanDiagonal({ lags, gram }: NormalEquations): number {
  let sum = 0;
  for (let i = 0; i < lags; i += 1) sum += gram[i * lags + i]!;
  return sum / lags;
}

type SummedPart = 'train' | 'validation';

function* sumOver(
  { prepared, model }: SolvedForecast,
  part: SummedPart,
): Generator<void, NormalEquations, void> {
  const map = mapOf(model);
  const sums = createEquations(map.inputs, map.answers);
  for (const { inputs, answers, known } of batchesOf(prepared, map, part)) {
    addBatch(sums, inputs, answers, known);
    inputs.dispose();
    yield;
  }
  return sums;
}

interface RowBatch {
  /** [rows, inputs]; the caller disposes of it. */
  readonly inputs: tf.Tensor2D;
  /** [rows, answers] */
  readonly answers: Float32Array;
  /** [rows] 1 where all answers are known, else 0. */
  readonly known: Float32Array;
}

function* batchesOf(
  prepared: PreparedForecast,
  map: LinearMapOfModel,
  part: SummedPart,
): Generator<RowBatch, void, void> {
  const set = prepared.windows[part];
  const cells = prepared.horizon * prepared.targetNames.length;
  const size = Math.max(1, Math.floor((BATCH_ROWS * map.answers) / cells));
  const batch = prepared.createBatch(size);
  for (let first = 0; first < set.count; first += size) {
    const count = Math.min(size, set.count - first);
    const indices = Int32Array.from({ length: count }, (_, offset) => first + offset);
    prepared.gather(set, indices, batch);
    const mask = map.answersOf(batch.mask.subarray(0, count * cells), count);
    yield {
      inputs: tf.tidy(() => map.rowsOf({ x: inputTensor(prepared, batch, count) })),
      answers: map.answersOf(batch.targets.subarray(0, count * cells), count),
      known: Float32Array.from({ length: mask.length / map.answers }, (_, row) =>
        mask.subarray(row * map.answers, (row + 1) * map.answers).includes(0) ? 0 : 1,
      ),
    };
  }
}

/** Rows with a 0 in `known` add nothing. */
function addBatch(
  sums: NormalEquations,
  rows: tf.Tensor2D,
  answers: Float32Array,
  known: Float32Array,
): void {
  const count = known.length;
  const { horizon } = sums;
  const products = tf.tidy(() => {
    const kept = tf.tensor2d(known.slice(), [count, 1]);
    const x = tf.concat([tf.mul(rows, kept), kept], 1) as tf.Tensor2D; // [rows, inputs + 1]
    const y = tf.mul(tf.tensor2d(answers.slice(), [count, horizon]), kept); // [rows, answers]
    return {
      gram: tf.matMul(x, x, true, false),
      cross: tf.matMul(x, y, true, false),
      squares: tf.sum(tf.square(y), 0),
    };
  });
  const width = sums.lags + 1;
  const gram = products.gram.dataSync();
  const cross = products.cross.dataSync();
  for (let i = 0; i < sums.lags; i += 1) {
    for (let j = 0; j < sums.lags; j += 1) sums.gram[i * sums.lags + j]! += gram[i * width + j]!;
    for (let h = 0; h < horizon; h += 1) sums.cross[i * horizon + h]! += cross[i * horizon + h]!;
    sums.inputSums[i]! += gram[i * width + sums.lags]!;
  }
  const squares = products.squares.dataSync();
  for (let h = 0; h < horizon; h += 1) {
    sums.answerSums[h]! += cross[sums.lags * horizon + h]!;
    sums.answerSquares[h]! += squares[h]!;
  }
  for (const one of known) sums.windows += one;
  tf.dispose(Object.values(products));
}

/** Rows of the training part whose answers are all known, counted up to what is enough. */
function countRows(prepared: PreparedForecast, model: ForecastModel): number {
  const { answers, answersOf } = mapOf(model);
  const set = prepared.windows.train;
  const cells = prepared.horizon * prepared.targetNames.length;
  const batch = prepared.createBatch(1);
  let rows = 0;
  for (let window = 0; window < set.count && rows < FEWEST_ROWS; window += 1) {
    prepared.gather(set, [window], batch);
    const mask = answersOf(batch.mask.subarray(0, cells), 1);
    for (let at = 0; at < mask.length; at += answers)
      if (!mask.subarray(at, at + answers).includes(0)) rows += 1;
  }
  return rows;
}
