// Figures of forecast frames beside the true ones: by window and step, and as means.
import {
  compareFrames,
  type FrameFigures,
  type FrameForm,
  meanOf,
} from '../../evaluation/frames/compare-frames.ts';

/** [windows][steps] */
export type Figures = readonly (readonly FrameFigures[])[];

export const figuresOf = (
  truth: readonly Uint8Array[],
  said: readonly Uint8Array[],
  form: FrameForm,
): FrameFigures[] => truth.map((frame, step) => compareFrames(frame, said[step]!, form));

/** [steps] */
export const byStep = (all: Figures): FrameFigures[] =>
  (all[0] ?? []).map((_, step) => meanOf(all.map((steps) => steps[step]!)));
