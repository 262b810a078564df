// A forecaster of frames for prepared videos: trains, scores and forecasts. The half of the task that needs TensorFlow.js.

import * as tf from '@tensorflow/tfjs-core';
import type { Score } from '../../contract/runs/run.ts';
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import { VideoFrame } from '../../contract/tasks/video-frame.ts';
import { FRAME_BASELINES } from '../../evaluation/frames/baselines/registry.ts';
import type { FrameFigures } from '../../evaluation/frames/compare-frames.ts';
import { meanOf } from '../../evaluation/frames/compare-frames.ts';
import type { FrameForecaster } from '../../models/frames/frame-forecaster.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { meanSquaredError } from '../../ops/losses/mse.ts';
import type { TrainingTask, ValidationResult } from '../../training/task.ts';
import { finished } from '../finished.ts';
import { partScores } from '../part-scores.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { type FrameForecast, forecastsFor } from './forecasts.ts';
import { aheadTensor, givenTensor } from './frame-batch.ts';
import { modelFor } from './model.ts';
import { type FrameWindow, findFrameMetric, type PreparedVideo } from './prepare.ts';
import { sampledFrames } from './sampled.ts';
import { type Figures, figuresOf } from './scored.ts';

/** @throws HindcastError `invalid-input` for a model that keeps no state */
export function openVideo(experiment: VideoExperiment, prepared: PreparedVideo): TaskMachine {
  const { task } = experiment;
  const { parts, aheadOf, givenOf, pictures } = prepared;
  const model = modelFor(experiment, pictures);
  const forecasts = (weight: WeightLookup, part: ScoredPart) =>
    forecastsFor({ experiment, prepared, model, windows: parts[part] }, weight);
  const scoresOf = (part: ScoredPart, subject: string, figures: FrameFigures): Score[] =>
    partScores({ part, subject, metrics: task.metrics, count: parts[part].length }, (metric) =>
      findFrameMetric(metric).value(figures),
    );
  const measured = (windows: readonly FrameWindow[], all: readonly FrameForecast[]) =>
    windows.map((window, index) => figuresOf(aheadOf(window), all[index]!.frames, pictures));
  return {
    model: {
      specs: model.specs,
      parameterCount: model.parameterCount,
      activationFloats: model.activationFloats,
    },
    training: () => videoTraining({ experiment, prepared, model }),
    *score(weight, part) {
      const found = yield* forecasts(weight, part);
      return scoresOf(part, 'model', meanOf(measured(parts[part], found).flat()));
    },
    *scoreBaselines(part) {
      const scores: Score[] = [];
      for (const { subject, forecast } of FRAME_BASELINES) {
        const all: FrameFigures[] = [];
        for (const window of parts[part]) {
          const said = forecast(givenOf(window));
          const truth = aheadOf(window);
          all.push(
            ...figuresOf(
              truth,
              truth.map(() => said),
              pictures,
            ),
          );
          yield;
        }
        scores.push(...scoresOf(part, subject, meanOf(all)));
      }
      return scores;
    },
    predict(weight, part) {
      const found = finished(forecasts(weight, part));
      const figures = measured(parts[part], found);
      return VideoFrame.encode(frameOf({ experiment, prepared, part, figures }, found));
    },
    exportModel: async (wanted) =>
      (await import('./export-model.ts')).exportVideo({ experiment, prepared, model }, wanted),
  };
}

interface Trained {
  readonly experiment: VideoExperiment;
  readonly prepared: PreparedVideo;
  readonly model: FrameForecaster;
}

function videoTraining(given: Trained): TrainingTask {
  const { experiment, prepared, model } = given;
  const { task } = experiment;
  const { train } = prepared.parts;
  return {
    specs: model.specs,
    trainExamples: train.length,
    metricNames: task.metrics.map((metric) => `validation${metric[0]!.toUpperCase()}${metric.slice(1)}`),
    loadBatch(indices) {
      const windows = Array.from(indices, (index) => train[index]!);
      const read = windows.map(prepared.givenOf);
      const lasts = read.map((frames) => frames.at(-1)!);
      const x = givenTensor(read, prepared.pictures);
      const y = aheadTensor(windows.map(prepared.aheadOf), lasts, task.relative);
      return {
        count: windows.length,
        loss: (weight, pass) => meanSquaredError(model.answer(x, weight, pass), y),
        dispose: () => tf.dispose([x, y]),
      };
    },
    validate: (weight) => validate(given, weight),
  };
}

function* validate(
  { experiment, prepared, model }: Trained,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const windows = prepared.parts.validation;
  const found = yield* forecastsFor({ experiment, prepared, model, windows }, weight);
  const figures = windows.map((window, index) =>
    figuresOf(prepared.aheadOf(window), found[index]!.frames, prepared.pictures),
  );
  const mean = meanOf(figures.flat());
  return {
    loss: found.reduce((sum, { loss }) => sum + loss, 0) / found.length,
    metrics: experiment.task.metrics.map((metric) => findFrameMetric(metric).value(mean)),
    frames: sampledFrames({ prepared, windows, forecasts: found, figures }),
  };
}

interface Framed {
  readonly experiment: VideoExperiment;
  readonly prepared: PreparedVideo;
  readonly part: ScoredPart;
  readonly figures: Figures;
}

function frameOf(
  { experiment: { task }, prepared, part, figures }: Framed,
  forecasts: readonly FrameForecast[],
): VideoFrame {
  const { pictures, parts, table } = prepared;
  const { width, height, channels } = pictures;
  const windows = parts[part];
  const rows = windows.flatMap((window, index) =>
    Array.from({ length: task.ahead }, (_, step) => ({ ...window, index, step })),
  );
  const all = figures.flat();
  const cells = width * height * channels;
  return {
    header: {
      part,
      width,
      height,
      channels,
      given: task.given,
      ahead: task.ahead,
      names: windows.map(({ row }) => table.names[row]!),
      cells: Array.from({ length: cells }, (_, cell) => cell),
    },
    columns: {
      window: Int32Array.from(rows, ({ index }) => index),
      sample: Int32Array.from(rows, ({ row }) => row),
      from: Int32Array.from(rows, ({ from }) => from),
      step: Int32Array.from(rows, ({ step }) => step + 1),
      mse: Float64Array.from(all, ({ mse }) => mse),
      psnr: Float64Array.from(all, ({ psnr }) => psnr),
      ssim: Float64Array.from(all, ({ ssim }) => ssim),
      forecast: Array.from({ length: cells }, (_, cell) =>
        Uint8Array.from(rows, ({ index, step }) => forecasts[index]!.frames[step]![cell]!),
      ),
    },
  };
}
