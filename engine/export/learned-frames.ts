// The frames that a run kept of its epochs, for a terminal: how near each is to the true one, and a picture of them to open. Pure.
import { PNG } from 'pngjs';
import type { FramesForm } from '../contract/tasks/sampled-frames.ts';
import { compareFrames, type FrameFigures, mseOf } from '../evaluation/frames/compare-frames.ts';

export interface LearnedFrames {
  readonly form: FramesForm;
  /** [windows, 1 + steps] frames: the last one that is read, then the true ones. */
  readonly truth: Uint8Array;
  readonly epochs: readonly LearnedEpoch[];
}

interface LearnedEpoch {
  readonly epoch: number;
  readonly psnr: FramesForm['copyPsnr'];
  /** [windows, steps] frames. */
  readonly said: Uint8Array;
}

export interface LearnedWindow {
  readonly name: string;
  /** The first frame that is read, from 0. */
  readonly from: number;
  /** The true frames of the steps. */
  readonly truth: readonly Uint8Array[];
  /** The last frame that is read, taken for each step, and what was said after each epoch. */
  readonly lines: readonly LearnedLine[];
}

export interface LearnedLine {
  /** Null of the last frame that is read. */
  readonly epoch: number | null;
  /** [steps] */
  readonly frames: readonly Uint8Array[];
  /** [steps] MSE and PSNR of the whole frames, SSIM of the frames as they are kept, which are smaller where those are large. */
  readonly figures: readonly FrameFigures[];
}

export function learnedWindows({ form, truth, epochs }: LearnedFrames): LearnedWindow[] {
  const { steps, windows, copyPsnr } = form;
  const frameOf = frameIn(form);
  return windows.map(({ name, from }, window) => {
    const first = window * (1 + steps.length);
    const right = steps.map((_, at) => frameOf(truth, first + 1 + at));
    const lineOf = (
      epoch: number | null,
      frames: readonly Uint8Array[],
      psnr: FramesForm['copyPsnr'],
    ): LearnedLine => ({
      epoch,
      frames,
      figures: frames.map((frame, at) => figuresOf(right[at]!, frame, psnr[window]![at]!, form)),
    });
    return {
      name,
      from,
      truth: right,
      lines: [
        lineOf(
          null,
          steps.map(() => frameOf(truth, first)),
          copyPsnr,
        ),
        ...epochs.map(({ epoch, psnr, said }) =>
          lineOf(
            epoch,
            steps.map((_, at) => frameOf(said, window * steps.length + at)),
            psnr,
          ),
        ),
      ],
    };
  });
}

function frameIn({ width, height, channels }: FramesForm) {
  const size = width * height * channels;
  return (bytes: Uint8Array, index: number) => bytes.subarray(index * size, (index + 1) * size);
}

const figuresOf = (truth: Uint8Array, said: Uint8Array, psnr: number, form: FramesForm): FrameFigures => ({
  mse: mseOf(psnr),
  psnr,
  ssim: compareFrames(truth, said, form).ssim,
});

/** Pixels that a side of a frame has at least in the picture. */
const LEAST_SIDE = 96;
/** Pixels between frames. */
const GAP = 4;
const PAPER = 170;
const OPAQUE = 255;

/** A PNG file: a line of frames for the true ones, for the last one that is read, and for each epoch; a column for each step. */
export function pictureOfWindow({ truth, lines }: LearnedWindow, form: FramesForm): Uint8Array {
  const { width, height, channels } = form;
  const scale = Math.max(1, Math.ceil(LEAST_SIDE / Math.max(width, height)));
  const [across, down] = [width * scale + GAP, height * scale + GAP];
  const all = [truth, ...lines.map(({ frames }) => frames)];
  const png = new PNG({ width: truth.length * across + GAP, height: all.length * down + GAP });
  png.data.fill(PAPER);
  for (let at = 3; at < png.data.length; at += 4) png.data[at] = OPAQUE;
  for (const [line, frames] of all.entries())
    for (const [column, frame] of frames.entries())
      for (let y = 0; y < height * scale; y++)
        for (let x = 0; x < width * scale; x++) {
          const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
          const to = 4 * ((GAP + line * down + y) * png.width + GAP + column * across + x);
          for (let colour = 0; colour < 3; colour++)
            png.data[to + colour] = frame[from + (channels === 1 ? 0 : colour)]!;
        }
  return PNG.sync.write(png);
}
