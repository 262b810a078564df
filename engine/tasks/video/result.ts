// Forecast frames at a glance: means by step, windows by their errors, and the frames of one window. Pure.

import type { VideoResult } from '../../contract/results/video.ts';
import type { VideoFrame } from '../../contract/tasks/video-frame.ts';
import { copyLast } from '../../evaluation/frames/baselines/copy-last.ts';
import { FRAME_BASELINES } from '../../evaluation/frames/baselines/registry.ts';
import type { FrameFigures } from '../../evaluation/frames/compare-frames.ts';
import { meanOf } from '../../evaluation/frames/compare-frames.ts';
import type { FrameWindow, PreparedVideo } from './prepare.ts';
import { byStep, type Figures, figuresOf } from './scored.ts';

/** [windows][steps] of the model. */
export function figuresIn({ header, columns }: VideoFrame): FrameFigures[][] {
  return header.names.map((_, window) =>
    Array.from({ length: header.ahead }, (_step, step) => {
      const row = window * header.ahead + step;
      return { mse: columns.mse[row]!, psnr: columns.psnr[row]!, ssim: columns.ssim[row]! };
    }),
  );
}

/** [frames] of a window. */
export function forecastIn({ header, columns }: VideoFrame, window: number): Uint8Array[] {
  return Array.from({ length: header.ahead }, (_, step) =>
    Uint8Array.from(columns.forecast, (cell) => cell[window * header.ahead + step]!),
  );
}

export type PartVideos = Omit<VideoResult, 'verdict'>;

export function resultOf(frame: VideoFrame, prepared: PreparedVideo, most: number): PartVideos {
  const { part, given, ahead, names } = frame.header;
  const model = figuresIn(frame);
  const ofBaseline = FRAME_BASELINES.map(({ subject, forecast }) => ({
    subject,
    figures: prepared.parts[part].map((window) =>
      repeated(forecast(prepared.givenOf(window)), window, prepared),
    ),
  }));
  const copies = ofBaseline.find(({ subject }) => subject === copyLast.subject)!.figures;
  const mseOf = (figures: Figures, window: number) => meanOf(figures[window]!).mse;
  return {
    part,
    given,
    ahead,
    steps: [{ subject: 'model', figures: model }, ...ofBaseline].map(({ subject, figures }) => ({
      subject,
      figures: byStep(figures),
    })),
    windows: prepared.parts[part]
      .map(({ row, from }, window) => ({
        window,
        sample: row,
        from,
        name: names[window]!,
        mse: mseOf(model, window),
        copyMse: mseOf(copies, window),
      }))
      .toSorted((a, b) => b.mse - a.mse || a.window - b.window)
      .slice(0, most),
  };
}

function repeated(said: Uint8Array, window: FrameWindow, prepared: PreparedVideo): FrameFigures[] {
  const truth = prepared.aheadOf(window);
  return figuresOf(
    truth,
    truth.map(() => said),
    prepared.pictures,
  );
}
