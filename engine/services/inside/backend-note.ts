// The note on a run of another backend: how far its forecasts are from those that the views show.

import type { BackendName } from '../../contract/experiment/experiment.ts';
import type { InsideDifference } from '../../contract/inside/difference.ts';
import { HindcastError } from '../../contract/values/errors.ts';

/** @param compare computes on both backends; its answer is kept by the caller */
export async function backendNote(
  backend: BackendName,
  compare: () => Promise<InsideDifference>,
): Promise<string> {
  const start = `This run was trained on ${backend}, and the views are computed on simd`;
  try {
    const { part, windows, largest, relative } = await compare();
    const over = `${windows} windows of the ${part === 'train' ? 'training' : part} part`;
    return largest === 0
      ? `${start}: over ${over} both forecast the same.`
      : `${start}: over ${over} the largest difference of a forecast is ${largest.toPrecision(2)}, ${(100 * relative).toPrecision(2)} % of the largest forecast.`;
  } catch (error) {
    if (!(error instanceof HindcastError) || error.code === 'cancelled') throw error;
    return `${start}, whose last bits may differ. They could not be compared: ${error.message}`;
  }
}
