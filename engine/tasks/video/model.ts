// The model of an experiment for its videos: the same for training, scores, forecasts and exports.
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import { pixelsOfFrame } from '../../data/samples/pictures/frames-in.ts';
import type { PictureState } from '../../data/samples/pictures/patches.ts';
import { createFrameForecaster, type FrameForecaster } from '../../models/frames/frame-forecaster.ts';

export const modelFor = ({ model, task }: VideoExperiment, pictures: PictureState): FrameForecaster =>
  createFrameForecaster(model, {
    cells: pixelsOfFrame(pictures),
    given: task.given,
    ahead: task.ahead,
    embedding: task.embedding,
  });
