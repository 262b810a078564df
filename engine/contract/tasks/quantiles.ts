// What a forecast says of its uncertainty: the levels of its quantiles, and the part of the validation that calibrates them.
import { z } from 'zod';

/** `none`: as the model answers. `conformal`: moved by quantiles of its errors on rows held back. `adaptive`: these moves follow the errors as they become known. */
export const IntervalsSchema = z.enum(['none', 'conformal', 'adaptive']);
export type Intervals = z.infer<typeof IntervalsSchema>;

/** Levels of quantiles, rising, with the median among them. */
export const QuantilesSchema = z
  .array(z.number().gt(0).lt(1))
  .min(3)
  .max(99)
  .superRefine((levels, context) => {
    const at = levels.findIndex((level, index) => index > 0 && level <= levels[index - 1]!);
    if (at > 0) {
      const message = `levels of quantiles rise, but ${levels[at]} stands behind ${levels[at - 1]}`;
      context.addIssue({ code: 'custom', path: [at], message });
    }
    if (!levels.includes(MEDIAN))
      context.addIssue({ code: 'custom', message: 'the levels must have 0.5, the median, among them' });
  });

export const MEDIAN = 0.5;

/** Where task.quantiles is left out: intervals of 90, 80, 60, 40 and 20 %. */
export const DEFAULT_QUANTILES: readonly number[] = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Where task.calibrationShare is left out. */
export const CALIBRATION_SHARE = 0.5;

/** A central interval by the indices of its levels. */
export interface Band {
  readonly low: number;
  readonly high: number;
  /** Share of the true values that it should hold. */
  readonly nominal: number;
}

/** The outermost first: the lowest level with the highest one, and so on inwards. */
export function bandsOf(levels: readonly number[]): Band[] {
  const bands = Array.from({ length: Math.floor(levels.length / 2) }, (_, low) => {
    const high = levels.length - 1 - low;
    // Of sums such as 0.95 - 0.05 the last digits are noise.
    return { low, high, nominal: Number((levels[high]! - levels[low]!).toFixed(9)) };
  });
  return bands.filter(({ low, high }) => levels[low]! < MEDIAN && levels[high]! > MEDIAN);
}
