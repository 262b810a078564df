// Figures of forecast frames beside the true ones: by window and step, and as means.
import { compareFrames, type FrameFigures, type FrameForm } from '../../evaluation/frames/compare-frames.ts';

/** [windows][steps] */
export type Figures = readonly (readonly FrameFigures[])[];

export const figuresOf = (
  truth: readonly Uint8Array[],
  said: readonly Uint8Array[],
  form: FrameForm,
): FrameFigures[] => truth.map((frame, step) => compareFrames(frame, said[step]!, form));

export function meanOf(all: readonly FrameFigures[]): FrameFigures {
  const mean = (of: (figures: FrameFigures) => number) =>
    all.reduce((sum, figures) => sum + of(figures), 0) / Math.max(1, all.length);
  return { mse: mean(({ mse }) => mse), psnr: mean(({ psnr }) => psnr), ssim: mean(({ ssim }) => ssim) };
}

/** [steps] */
export const byStep = (all: Figures): FrameFigures[] =>
  (all[0] ?? []).map((_, step) => meanOf(all.map((steps) => steps[step]!)));
