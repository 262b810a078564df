// Frames of a few validation windows that are kept after every epoch, so that a run shows how it learns: always the same windows and steps, and
// few and small enough that a run keeps some megabytes at the most. Pure.
import type { SampledFrames } from '../../contract/tasks/sampled-frames.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import { fitInto } from '../../data/samples/pictures/reduce.ts';
import { compareFrames } from '../../evaluation/frames/compare-frames.ts';
import type { FrameForecast } from './forecasts.ts';
import type { FrameWindow, PreparedVideo } from './prepare.ts';
import type { Figures } from './scored.ts';

const WINDOWS = 3;
const STEPS = 4;
/** Pixels; larger frames are kept in this size. */
const MOST_SIDE = 48;

interface Validated {
  readonly prepared: Pick<PreparedVideo, 'table' | 'pictures' | 'givenOf' | 'aheadOf'>;
  /** Of the validation part. */
  readonly windows: readonly FrameWindow[];
  readonly forecasts: readonly FrameForecast[];
  readonly figures: Figures;
}

export function sampledFrames({ prepared, windows, forecasts, figures }: Validated): SampledFrames {
  const { pictures, table } = prepared;
  const chosen = spacedIndices(windows.length, WINDOWS);
  const steps = spacedIndices(figures[0]!.length, STEPS);
  const small = (pixels: Uint8Array) => smallOf({ ...pictures, pixels });
  const shown = chosen.map((index) => {
    const window = windows[index]!;
    const truth = prepared.aheadOf(window);
    return {
      name: table.names[window.row]!,
      from: window.from,
      last: prepared.givenOf(window).at(-1)!,
      truth: steps.map((step) => truth[step]!),
      said: steps.map((step) => forecasts[index]!.frames[step]!),
      psnr: steps.map((step) => figures[index]![step]!.psnr),
    };
  });
  const { width, height, channels } = small(shown[0]!.last);
  const bytesOf = (frames: readonly Uint8Array[]) => joined(frames.map((frame) => small(frame).pixels));
  return {
    form: {
      width,
      height,
      channels,
      steps: steps.map((step) => step + 1),
      windows: shown.map(({ name, from }) => ({ name, from })),
      copyPsnr: shown.map(({ last, truth }) =>
        truth.map((frame) => compareFrames(frame, last, pictures).psnr),
      ),
    },
    truth: bytesOf(shown.flatMap(({ last, truth }) => [last, ...truth])),
    said: bytesOf(shown.flatMap(({ said }) => said)),
    psnr: shown.map(({ psnr }) => psnr),
  };
}

function smallOf(still: Parameters<typeof fitInto>[0]) {
  return Math.max(still.width, still.height) > MOST_SIDE ? fitInto(still, MOST_SIDE) : still;
}

function joined(all: readonly Uint8Array[]): Uint8Array {
  const size = all[0]!.length;
  const bytes = new Uint8Array(all.length * size);
  for (const [index, one] of all.entries()) bytes.set(one, index * size);
  return bytes;
}
