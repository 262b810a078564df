// How near a frame is to the true one: mean squared error, PSNR and SSIM, of values from 0 to 1.
//
// SSIM: Wang and others 2004, a Gaussian of 11 x 11 with a deviation of 1.5, C1 = 0.01^2, C2 = 0.03^2; the mean over the positions where the
// window lies inside of the frame, and over the colours: as scikit-image with gaussian_weights and without use_sample_covariance. Frames
// smaller than the window get one as large as fits.
import { deterministicExp, deterministicLog } from '../../numerics/deterministic-math.ts';

export interface FrameForm {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export interface FrameFigures {
  readonly mse: number;
  readonly psnr: number;
  readonly ssim: number;
}

/** Bytes [height, width, channels] each. */
export function compareFrames(truth: Uint8Array, said: Uint8Array, form: FrameForm): FrameFigures {
  const mse = squaredError(truth, said);
  return { mse, psnr: psnrOf(mse), ssim: ssimOf(truth, said, form) };
}

/** Of each figure by itself; of nothing zeros. */
export function meanOf(all: readonly FrameFigures[]): FrameFigures {
  const mean = (of: (figures: FrameFigures) => number) =>
    all.reduce((sum, figures) => sum + of(figures), 0) / Math.max(1, all.length);
  return { mse: mean(({ mse }) => mse), psnr: mean(({ psnr }) => psnr), ssim: mean(({ ssim }) => ssim) };
}

function squaredError(truth: Uint8Array, said: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < truth.length; at++) {
    const difference = truth[at]! - said[at]!;
    sum += difference * difference;
  }
  return sum / (255 * 255 * truth.length);
}

/** Of equal frames, whose PSNR has no bound. */
const MOST_PSNR = 100;
const LN_10 = deterministicLog(10);

export const psnrOf = (mse: number): number =>
  mse === 0 ? MOST_PSNR : Math.min(MOST_PSNR, (-10 * deterministicLog(mse)) / LN_10);

/** The other way round. */
export const mseOf = (psnr: number): number =>
  psnr >= MOST_PSNR ? 0 : deterministicExp((-psnr * LN_10) / 10);

const WINDOW = 11;
const SPREAD = 1.5;
const C1 = 0.01 * 0.01;
const C2 = 0.03 * 0.03;

function ssimOf(truth: Uint8Array, said: Uint8Array, { width, height, channels }: FrameForm): number {
  const size = Math.min(WINDOW, odd(width), odd(height));
  const weights = gaussian(size);
  const [across, down] = [width - size + 1, height - size + 1];
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    const at = (values: Uint8Array) => (pixel: number) => values[pixel * channels + channel]! / 255;
    const [a, b] = [at(truth), at(said)];
    const blurred = (of: (pixel: number) => number) => blur(of, { width, height, weights });
    const [meanA, meanB] = [blurred(a), blurred(b)];
    const squareA = blurred((pixel) => a(pixel) * a(pixel));
    const squareB = blurred((pixel) => b(pixel) * b(pixel));
    const product = blurred((pixel) => a(pixel) * b(pixel));
    for (let index = 0; index < across * down; index++) {
      const [mA, mB] = [meanA[index]!, meanB[index]!];
      const [vA, vB] = [squareA[index]! - mA * mA, squareB[index]! - mB * mB];
      const common = product[index]! - mA * mB;
      sum += ((2 * mA * mB + C1) * (2 * common + C2)) / ((mA * mA + mB * mB + C1) * (vA + vB + C2));
    }
  }
  return sum / (across * down * channels);
}

const odd = (length: number): number => (length % 2 === 1 ? length : length - 1) || 1;

const kept = new Map<number, Float64Array>();

function gaussian(size: number): Float64Array {
  const known = kept.get(size);
  if (known) return known;
  const middle = (size - 1) / 2;
  const raw = Float64Array.from({ length: size }, (_, at) =>
    deterministicExp(-((at - middle) * (at - middle)) / (2 * SPREAD * SPREAD)),
  );
  const sum = raw.reduce((total, value) => total + value, 0);
  const weights = raw.map((value) => value / sum);
  kept.set(size, weights);
  return weights;
}

interface Blurring {
  readonly width: number;
  readonly height: number;
  readonly weights: Float64Array;
}

/** [height - size + 1, width - size + 1] */
function blur(of: (pixel: number) => number, { width, height, weights }: Blurring): Float64Array {
  const size = weights.length;
  const [across, down] = [width - size + 1, height - size + 1];
  const values = new Float64Array(height * width);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = of(pixel);
  const rows = new Float64Array(height * across);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < across; x++) {
      let sum = 0;
      for (let at = 0; at < size; at++) sum += weights[at]! * values[y * width + x + at]!;
      rows[y * across + x] = sum;
    }
  const result = new Float64Array(down * across);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      let sum = 0;
      for (let at = 0; at < size; at++) sum += weights[at]! * rows[(y + at) * across + x]!;
      result[y * across + x] = sum;
    }
  return result;
}
