// The forecasting task for the training loop: windows in, `horizon` steps of the targets out; masked loss in model units, metrics
// in the unit of the scores.

import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/errors.ts';
import type { Score } from '../../contract/run.ts';
import type { ForecastTask } from '../../contract/tasks/forecast.ts';
import { countText } from '../../data/count-text.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import type { ForecastModel } from '../../models/forecast-model.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { countKnown, createTruth, type LossChoice, maskedLoss, maskedLossSum } from '../../training/loss.ts';
import type { TaskBatch, TrainingTask, ValidationResult } from '../../training/task.ts';
import { forecastBatches, inputTensor } from './pass.ts';

/** Collects forecasts of one part and scores them (engine/evaluation). */
export interface ForecastScorer {
  /** @param forecasts [indices.length, horizon, targets] in original units */
  add(indices: ArrayLike<number>, forecasts: Float64Array): void;
  finish(subject: string): Score[];
}

export interface ForecastTaskOptions {
  readonly prepared: PreparedForecast;
  readonly model: ForecastModel;
  readonly task: LossChoice & Pick<ForecastTask, 'metrics'>;
  readonly batchSize: number;
  createScorer(part: 'validation' | 'test'): ForecastScorer;
}

/** Small training batches would make a validation slow for nothing. */
const SMALLEST_VALIDATION_BATCH = 32;

export const validationBatchSize = (batchSize: number): number =>
  Math.max(SMALLEST_VALIDATION_BATCH, batchSize);

/** @throws HindcastError `too-few-rows` where the validation part has no known target value. */
export function createForecastTask(options: ForecastTaskOptions): TrainingTask {
  const { prepared, model, task, batchSize } = options;
  const room = prepared.createBatch(batchSize);
  const { horizon, targetNames } = prepared;
  return {
    specs: model.specs,
    trainExamples: prepared.windows.train.count,
    metricNames: task.metrics.map((metric) => `validation${metric[0]!.toUpperCase()}${metric.slice(1)}`),
    loadBatch(indices): TaskBatch {
      prepared.gather(prepared.windows.train, indices, room);
      const size = indices.length * horizon * targetNames.length;
      const cells = { target: room.targets.subarray(0, size), mask: room.mask.subarray(0, size) };
      const truth = createTruth(task, cells, [indices.length, horizon, targetNames.length]);
      const inputs = inputTensor(prepared, room, indices.length);
      return {
        count: countKnown(cells.mask),
        loss: (weight, pass) => maskedLoss(task, model.answer({ x: inputs }, weight, pass), truth),
        dispose: () => tf.dispose([inputs, truth.target, truth.mask]),
      };
    },
    validate: (weight) => validate(options, weight),
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
  for (const batch of forecastBatches({ data: prepared, set, model, weight, size })) {
    const { forecasts: forecast, targets: target, mask } = batch;
    sum += maskedLossSum(task, { forecast, target, mask, classes: prepared.targetNames.length });
    count += countKnown(batch.mask);
    scorer.add(batch.indices, prepared.toOriginal(set, batch.indices, batch.forecasts));
    yield;
  }
  if (count === 0) throw noKnownTarget(set.count);
  const scores = scorer.finish('model').filter(({ target }) => target === null);
  const metrics = task.metrics.map((metric) => scores.find((score) => score.metric === metric)?.value ?? NaN);
  return { loss: sum / count, metrics };
}

function noKnownTarget(windows: number): HindcastError {
  return new HindcastError(
    'too-few-rows',
    `None of the ${countText(windows)} validation windows has a known target value, so no epoch can be judged; choose another split or other targets.`,
  );
}
