// The forecasting task for the training loop: windows in, `horizon` steps of the targets out; masked loss in model units, metrics
// in the unit of the scores.

import * as tf from '@tensorflow/tfjs-core';
import type { Score } from '../../../contract/runs/run.ts';
import type { ForecastTask, IntervalChoice } from '../../../contract/tasks/forecast.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { completeWindows, spacedIndices } from '../../../data/complete-windows.ts';
import { countText } from '../../../data/count-text.ts';
import type { Batch, Part, PreparedForecast } from '../../../data/prepared.ts';
import type { Quantiles } from '../../../evaluation/score-keeper.ts';
import type { ForecastModel } from '../../../models/forecast-model.ts';
import type { WeightLookup } from '../../../models/parameters.ts';
import {
  countKnown,
  createTruth,
  type LossChoice,
  maskedLoss,
  maskedLossSum,
} from '../../../training/loss.ts';
import type { ProbedExamples, TaskBatch, TrainingTask, ValidationResult } from '../../../training/task.ts';
import { epochMetrics } from './epoch-metrics.ts';
import { forecastBatches, inputTensor } from './pass.ts';
import { createJudgingMask } from './unjudged.ts';

/** Collects forecasts of one part and scores them (engine/evaluation). */
export interface ForecastScorer {
  /** @param forecasts [indices.length, horizon, targets] in original units; `quantiles`: likewise, by level */
  add(indices: ArrayLike<number>, forecasts: Float64Array, quantiles?: Quantiles | null): void;
  finish(subject: string): Score[];
}

export interface ForecastTaskOptions {
  readonly prepared: PreparedForecast;
  readonly model: ForecastModel;
  readonly task: LossChoice & Pick<ForecastTask, 'metrics'> & IntervalChoice;
  readonly batchSize: number;
  createScorer(part: 'validation' | 'test'): ForecastScorer;
  /** Of a model that is solved in one step. */
  readonly solve?: TrainingTask['solve'];
}

/** Small training batches would make a validation slow for nothing. */
const SMALLEST_VALIDATION_BATCH = 32;

export const validationBatchSize = (batchSize: number): number =>
  Math.max(SMALLEST_VALIDATION_BATCH, batchSize);

/** @throws HindcastError `too-few-rows` where the validation part has no known target value. */
export function createForecastTask(options: ForecastTaskOptions): TrainingTask {
  const { prepared, model, task, batchSize } = options;
  const room = prepared.createBatch(batchSize);
  return {
    specs: model.specs,
    trainExamples: prepared.windows.train.count,
    metricNames: epochMetrics(task).map(
      (metric) => `validation${metric[0]!.toUpperCase()}${metric.slice(1)}`,
    ),
    loadBatch: (indices) => load(options, { part: 'train', indices, room }),
    ...(options.solve && { solve: options.solve }),
    probed: probedExamples(options),
    validate: (weight) => validate(options, weight),
  };
}

interface Loading {
  readonly part: Part;
  readonly indices: ArrayLike<number>;
  readonly room: Batch;
}

function load({ prepared, model, task }: ForecastTaskOptions, { part, indices, room }: Loading): TaskBatch {
  const { horizon, targetNames } = prepared;
  prepared.gather(prepared.windows[part], indices, room);
  const size = indices.length * horizon * targetNames.length;
  const cells = { target: room.targets.subarray(0, size), mask: room.mask.subarray(0, size) };
  const truth = createTruth(task, cells, [indices.length, horizon, targetNames.length]);
  const inputs = inputTensor(prepared, room, indices.length);
  return {
    count: countKnown(cells.mask),
    loss: (weight, pass) => maskedLoss(task, model.answer({ x: inputs }, weight, pass), truth),
    dispose: () => tf.dispose([inputs, truth.target, truth.mask]),
  };
}

function probedExamples(options: ForecastTaskOptions): ProbedExamples {
  const { prepared } = options;
  const { lookback, horizon, inputNames } = prepared;
  let known: readonly number[] = [];
  return {
    count(most) {
      known = completeWindows(prepared, 'validation', most);
      return known.length;
    },
    load(count) {
      const indices = spacedIndices(known.length, count).map((index) => known[index]!);
      return load(options, { part: 'validation', indices, room: prepared.createBatch(indices.length) });
    },
    size: { inputs: inputNames.length, lookback, horizon },
  };
}

function* validate(
  { prepared, model, task, batchSize, createScorer }: ForecastTaskOptions,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const set = prepared.windows.validation;
  const scorer = createScorer('validation');
  let sum = 0;
  let count = 0;
  const size = validationBatchSize(batchSize);
  const classes = prepared.targetNames.length;
  const leaveOutUnjudged = createJudgingMask(prepared);
  for (const batch of forecastBatches({ data: prepared, set, model, weight, size })) {
    const { forecasts: forecast, targets: target, mask, answers } = batch;
    leaveOutUnjudged(set, batch.indices, mask);
    sum += maskedLossSum(task, { forecast, answers, target, mask, classes });
    count += countKnown(mask);
    const own = batch.quantiles?.map((level) => prepared.toOriginal(set, batch.indices, level));
    scorer.add(batch.indices, prepared.toOriginal(set, batch.indices, batch.forecasts), own);
    yield;
  }
  if (count === 0) throw noKnownTarget(set.count);
  const scores = scorer.finish('model').filter(({ target }) => target === null);
  const metrics = epochMetrics(task).map(
    (metric) => scores.find((score) => score.metric === metric)?.value ?? NaN,
  );
  return { loss: sum / count, metrics };
}

function noKnownTarget(windows: number): HindcastError {
  return new HindcastError(
    'too-few-rows',
    `None of the ${countText(windows)} validation windows has a known target value, so no epoch can be judged; choose another split or other targets.`,
  );
}
