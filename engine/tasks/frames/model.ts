// The model of an experiment for its videos: the same for training, scores, forecasts and exports.
import type { FramesExperiment } from '../../contract/tasks/frames-experiment.ts';
import { pixelsOfFrame } from '../../data/samples/pictures/frames-in.ts';
import type { PictureState } from '../../data/samples/pictures/patches.ts';
import { createFrameForecaster, type FrameForecaster } from '../../models/frames/frame-forecaster.ts';

export const modelFor = ({ model, task }: FramesExperiment, pictures: PictureState): FrameForecaster =>
  createFrameForecaster(model, {
    cells: pixelsOfFrame(pictures),
    given: task.given,
    ahead: task.ahead,
    embedding: task.embedding,
  });
