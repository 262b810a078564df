// The frames that a model says of windows.
import type { VideoExperiment } from '../../contract/tasks/video-experiment.ts';
import type { FrameForecaster } from '../../models/frames/frame-forecaster.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { readValues } from '../../ops/values.ts';
import { aheadTensor, framesOf, givenTensor } from './frame-batch.ts';
import type { FrameWindow, PreparedVideo } from './prepare.ts';

export interface FrameForecast {
  readonly frames: readonly Uint8Array[];
  /** Mean of (answer - truth)^2 before values become bytes: what training makes small. */
  readonly loss: number;
}

interface Asked {
  readonly experiment: Pick<VideoExperiment, 'task'>;
  readonly prepared: Pick<PreparedVideo, 'givenOf' | 'aheadOf' | 'pictures'>;
  readonly model: FrameForecaster;
  readonly windows: readonly FrameWindow[];
}

const AT_ONCE = 32;

/** In the order of the windows; each `next` does a batch. */
export function* forecastsFor(
  { experiment, prepared, model, windows }: Asked,
  weight: WeightLookup,
): Generator<void, FrameForecast[], void> {
  const { task } = experiment;
  const result: FrameForecast[] = [];
  for (let from = 0; from < windows.length; from += AT_ONCE) {
    const some = windows.slice(from, from + AT_ONCE);
    const given = some.map(prepared.givenOf);
    const lasts = given.map((frames) => frames.at(-1)!);
    const answers = Float32Array.from(
      readValues(() => model.answer(givenTensor(given, prepared.pictures), weight, {})),
    );
    const truths = Float32Array.from(
      readValues(() => aheadTensor(some.map(prepared.aheadOf), lasts, task.relative)),
    );
    const size = answers.length / some.length;
    for (const [index, last] of lasts.entries()) {
      const answer = answers.subarray(index * size, (index + 1) * size);
      const truth = truths.subarray(index * size, (index + 1) * size);
      result.push({ frames: framesOf(answer, last, task), loss: meanSquare(answer, truth) });
    }
    yield;
  }
  return result;
}

function meanSquare(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const difference = a[at]! - b[at]!;
    sum += difference * difference;
  }
  return sum / a.length;
}
